"""Tables to spectra: Z = Z' + jZ'', frequency falling, every doubt noted or refused.

Where a file holds both Z', Z'' and |Z|, phase, they are held against each other: a wrong sign, a
wrong unit and a damaged digit all show there.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from jaxtyping import Complex, Float, Int

from ssb_model.data.consistency import (
    Columns,
    doubts_of_spectrum,
    missing_rows,
    refuse_impossible,
)
from ssb_model.data.datasets import TIMES, ImpedanceData
from ssb_model.data.declaration import Declaration
from ssb_model.data.doubts import (
    hold_against,
    refuse_impossible_phase,
    refuse_uncertain_sign,
    refuse_what_no_cell_has,
)
from ssb_model.data.format import Format
from ssb_model.data.quantities import CARTESIAN, IMPEDANCE, POLAR, Column
from ssb_model.data.sweeps import split_sweeps, strictly_falling
from ssb_model.data.text import Source, Table, decimal_marks, refuse_without_unit, si_values
from ssb_model.errors import InputError

Points: TypeAlias = Float[np.ndarray, " points"]
Impedances: TypeAlias = Complex[np.ndarray, " points"]


def spectra(
    form: Format, source: Source, table: Table, declaration: Declaration
) -> list[ImpedanceData]:
    """The spectra of one table. Raises InputError if any of its numbers is in doubt."""
    columns = _that_count(table, declaration)
    _require(table, {column.quantity for column in columns})
    marks = decimal_marks(table, columns)
    refuse_without_unit(table, columns, declaration.units)
    values = {c.quantity: si_values(table, c, declaration) for c in columns}
    for column in columns:
        refuse_impossible(table, column, values[column.quantity], declaration)
    values, unfilled = _filled(values)
    refuse_impossible_phase(table, values)
    frequency, z = values["frequency"], _impedance(table, values)
    if not form.settled_imaginary:
        refuse_uncertain_sign(table, values, declaration)
    kept, waiting = _with_frequency(table, frequency, z)
    refuse_what_no_cell_has(table, z[kept], declaration)
    about = {
        "name": source.path.stem,
        "path": source.path,
        "sha256": source.sha256,
        "metadata": {
            "format": form.name,
            "columns": {c.quantity: c.header for c in columns if c.quantity in values},
        },
    }
    found, time, counted = [], _time(table), missing_rows(table)
    file = Columns([table], values)
    for rows in split_sweeps(frequency, values.get("cycle"), kept):
        rows, said = strictly_falling(table, frequency, z, rows)
        said += tuple(doubts_of_spectrum(file, rows, z[rows]))
        notes = (*table.notes, *counted, *marks, *unfilled, *waiting, *said)
        numbers = {"notes": notes, "frequency": frequency[rows], "impedance": z[rows]}
        data = ImpedanceData(**about, **numbers)
        if time is not None:
            when = float(time[rows].min()), float(time[rows].max())
            data = replace(data, metadata={**data.metadata, TIMES: when})
        found.append(data)
    return found


def _time(table: Table) -> Points | None:
    """When each point was measured [s], where the file says it with its unit."""
    column = table.column("time")
    if column is None:
        return None
    try:
        time = si_values(table, column)
    except InputError:  # a spectrum needs no time
        return None
    return time if time.any() else None


def _that_count(table: Table, declaration: Declaration) -> list[Column]:
    """Columns of an impedance; where the caller declares one pair, not the other pair's."""
    columns = [column for column in table.columns if column.quantity in IMPEDANCE]
    said = declaration.quantities
    pairs = {CARTESIAN: _cartesian(said), POLAR: _polar(said)}
    if sum(pairs.values()) != 1:
        return columns
    other = next(quantities for quantities, declared in pairs.items() if not declared)
    return [c for c in columns if c.quantity not in other - said]


def _filled(values: dict[str, Points]) -> tuple[dict[str, Points], tuple[str, ...]]:
    """What is left without a pair that holds zeros alone, where the other pair holds numbers."""
    if not _cartesian(values) or not _polar(values):
        return values, ()
    for pair, whole in ((POLAR, "modulus"), (CARTESIAN, "real")):
        zeros = [quantity for quantity in pair & values.keys() if not values[quantity].any()]
        if whole in zeros or len(zeros) == 2:
            left = {q: v for q, v in values.items() if q not in pair}
            note = f"the columns of {' and '.join(sorted(pair & values.keys()))} are not filled in"
            return left, (f"{note} and were left out",)
    return values, ()


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
        hold_against(table, z, _from_polar(values))
    return z


def _from_polar(values: Mapping[str, Points]) -> Impedances:
    phase = values["phase"] if "phase" in values else -values["minus phase"]
    return values["modulus"] * np.exp(1j * phase)


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
