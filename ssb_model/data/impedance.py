"""Tables to spectra: Z = Z' + jZ'', frequency falling, every doubt noted or refused.

Where a file holds both Z', Z'' and |Z|, phase, they are held against each other: a wrong sign, a
wrong unit and a damaged digit all show there.
"""

from collections.abc import Container, Mapping
from typing import TypeAlias

import numpy as np
from jaxtyping import Complex, Float, Int

from ssb_model.data.datasets import ImpedanceData
from ssb_model.data.format import Format
from ssb_model.data.quantities import IMPEDANCE, Declaration
from ssb_model.data.sweeps import split_sweeps, strictly_falling
from ssb_model.data.text import Source, Table, decimal_marks, si_values
from ssb_model.errors import InputError

Points: TypeAlias = Float[np.ndarray, " points"]
Impedances: TypeAlias = Complex[np.ndarray, " points"]
DISAGREEMENT = 0.02  # of |Z|: more than the digits that instruments print, less than any mistake


def spectra(
    form: Format, source: Source, table: Table, declaration: Declaration
) -> list[ImpedanceData]:
    """The spectra of one table. Raises InputError if any of its numbers is in doubt."""
    columns = [column for column in table.columns if column.quantity in IMPEDANCE]
    _require(table, {column.quantity for column in columns})
    marks = decimal_marks(table, columns)
    values = {c.quantity: si_values(table, c, declaration.units.get(c.quantity)) for c in columns}
    _refuse_impossible_phase(table, values)
    frequency, z = values["frequency"], _impedance(table, values)
    if not form.settled_imaginary:
        _refuse_uncertain_sign(table, values, declaration)
    kept, waiting = _with_frequency(table, frequency, z)
    about = {
        "name": source.path.stem,
        "path": source.path,
        "sha256": source.sha256,
        "metadata": {"format": form.name, "columns": {c.quantity: c.header for c in columns}},
    }
    found = []
    for rows in split_sweeps(frequency, values.get("cycle"), kept):
        rows, said = strictly_falling(table, frequency, z, rows)
        notes = (*table.notes, *marks, *waiting, *said)
        found.append(
            ImpedanceData(**about, notes=notes, frequency=frequency[rows], impedance=z[rows])
        )
    return found


def _require(table: Table, given: set[str]) -> None:
    """Refuse a table without a frequency, or without two columns that make an impedance."""
    missing = "" if "frequency" in given else "frequency"
    example = missing or "minus imaginary"
    if not _cartesian(given) and not _polar(given):
        parts = "real and imaginary (or modulus and phase)"
        missing = f"{missing} and no {parts}" if missing else parts
    table.require(missing, example)


def _cartesian(given: Container[str]) -> bool:
    return "real" in given and ("imaginary" in given or "minus imaginary" in given)


def _polar(given: Container[str]) -> bool:
    return "modulus" in given and ("phase" in given or "minus phase" in given)


def _impedance(table: Table, values: Mapping[str, Points]) -> Impedances:
    if not _cartesian(values):
        return _from_polar(values)
    imaginary = values["imaginary"] if "imaginary" in values else -values["minus imaginary"]
    z = values["real"] + 1j * imaginary
    if _polar(values):
        _hold_against(table, z, _from_polar(values))
    return z


def _from_polar(values: Mapping[str, Points]) -> Impedances:
    phase = values["phase"] if "phase" in values else -values["minus phase"]
    return values["modulus"] * np.exp(1j * phase)


def _refuse_impossible_phase(table: Table, values: Mapping[str, Points]) -> None:
    """Degrees called radians show as more than a full turn."""
    for quantity in {"phase", "minus phase"} & values.keys():
        turned = np.flatnonzero(np.abs(values[quantity]) > 2 * np.pi)
        if turned.size:
            raise InputError(
                f"{table.path}, line {table.lines[int(turned[0])]}: the phase is more than a full "
                f"turn: declare its unit, units={{'{quantity}': 'deg'}}, or correct the line."
            )


def _hold_against(table: Table, z: Impedances, polar: Impedances) -> None:
    apart = np.flatnonzero(np.abs(z - polar) > DISAGREEMENT * np.maximum(np.abs(z), np.abs(polar)))
    if apart.size:
        row = int(apart[0])
        raise InputError(
            f"{table.path}, line {table.lines[row]}: real and imaginary part give {z[row]:.4g} ohm "
            f"but modulus and phase give {polar[row]:.4g} ohm: correct the line, or declare which "
            "columns, signs and units are right."
        )


def _refuse_uncertain_sign(
    table: Table, values: Mapping[str, Points], declaration: Declaration
) -> None:
    """Z'' is a capacitor's negative part, or its size, by the exporter's habit: ask if in doubt."""
    for quantity in ("imaginary", "phase"):
        column = table.column(quantity)
        if column is None or quantity in declaration.columns or declaration.order:
            continue
        if np.count_nonzero(values[quantity] > 0) > np.count_nonzero(values[quantity] < 0):
            raise InputError(
                f"{table.path}, line {table.line}: column '{column.header}' is mostly positive, as "
                f"of an inductor or of minus its name: declare columns={{'minus {quantity}': "
                f'"{column.header}"}} or columns={{\'{quantity}\': "{column.header}"}}.'
            )


def _with_frequency(
    table: Table, frequency: Points, z: Impedances
) -> tuple[Int[np.ndarray, " points"], tuple[str, ...]]:
    """Rows that are points of a spectrum: those at frequency 0 without impedance are waiting."""
    waiting = (frequency == 0) & (z == 0)
    for wrong, what in ((frequency < 0, "negative"), ((frequency == 0) & ~waiting, "zero")):
        if wrong.any():
            line = table.lines[int(np.flatnonzero(wrong)[0])]
            raise InputError(
                f"{table.path}, line {line}: the frequency is {what}: correct or delete that line."
            )
    if waiting.all():
        raise InputError(
            f"{table.path}, line {table.line}: no row has a frequency, so this is no spectrum: "
            "export the impedance step."
        )
    count = np.count_nonzero(waiting)
    notes = (f"{count} rows at frequency 0, without impedance, were left out",) if count else ()
    return np.flatnonzero(~waiting), notes
