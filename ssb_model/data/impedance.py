"""Tables to spectra: Z = Z' + jZ'', frequency falling, every doubt told or refused.

Where a file holds both Z', Z'' and |Z|, phase, they are held against each other: a wrong sign, a
wrong unit and a damaged digit all show there.
"""

import numpy as np

from ssb_model.data.datasets import ImpedanceData
from ssb_model.data.format import Format
from ssb_model.data.quantities import IMPEDANCE, Declaration
from ssb_model.data.sweeps import split_sweeps, strictly_falling
from ssb_model.data.text import Source, Table, decimal_marks, si_values
from ssb_model.errors import InputError

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


def _require(table: Table, told: set[str]) -> None:
    """Refuse a table without a frequency, or without two columns that make an impedance."""
    missing = "" if "frequency" in told else "frequency"
    example = missing or "minus imaginary"
    if not _cartesian(told) and not _polar(told):
        parts = "real and imaginary (or modulus and phase)"
        missing = f"{missing} and no {parts}" if missing else parts
    table.require(missing, example)


def _cartesian(told) -> bool:
    return "real" in told and ("imaginary" in told or "minus imaginary" in told)


def _polar(told) -> bool:
    return "modulus" in told and ("phase" in told or "minus phase" in told)


def _impedance(table: Table, values: dict[str, np.ndarray]) -> np.ndarray:
    phase = values.get("phase", -values["minus phase"] if "minus phase" in values else None)
    polar = values["modulus"] * np.exp(1j * phase) if _polar(values) else None
    if not _cartesian(values):
        return polar
    imaginary = values["imaginary"] if "imaginary" in values else -values["minus imaginary"]
    z = values["real"] + 1j * imaginary
    if polar is not None:
        _hold_against(table, z, polar)
    return z


def _refuse_impossible_phase(table: Table, values: dict[str, np.ndarray]) -> None:
    """Degrees called radians show as more than a full turn."""
    for quantity in {"phase", "minus phase"} & values.keys():
        turned = np.flatnonzero(np.abs(values[quantity]) > 2 * np.pi)
        if turned.size:
            raise InputError(
                f"{table.path}, line {table.lines[int(turned[0])]}: the phase is more than a full "
                f"turn: declare its unit, units={{'{quantity}': 'deg'}}, or correct the line."
            )


def _hold_against(table: Table, z: np.ndarray, polar: np.ndarray) -> None:
    apart = np.flatnonzero(np.abs(z - polar) > DISAGREEMENT * np.maximum(np.abs(z), np.abs(polar)))
    if apart.size:
        row = int(apart[0])
        raise InputError(
            f"{table.path}, line {table.lines[row]}: real and imaginary part give {z[row]:.4g} ohm "
            f"but modulus and phase give {polar[row]:.4g} ohm: correct the line, or declare which "
            "columns, signs and units are right."
        )


def _refuse_uncertain_sign(table: Table, values, declaration: Declaration) -> None:
    """Z'' is a capacitor's negative part, or its size, by the exporter's habit: ask if in doubt."""
    for quantity in ("imaginary", "phase"):
        column = table.column(quantity)
        if quantity not in values or quantity in declaration.columns or declaration.order:
            continue
        if np.count_nonzero(values[quantity] > 0) > np.count_nonzero(values[quantity] < 0):
            raise InputError(
                f"{table.path}, line {table.line}: column '{column.header}' is mostly positive, as "
                f"of an inductor or of minus its name: declare columns={{'minus {quantity}': "
                f'"{column.header}"}} or columns={{\'{quantity}\': "{column.header}"}}.'
            )


def _with_frequency(table: Table, frequency: np.ndarray, z: np.ndarray):
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
