"""A recorded rate test as C-rates and capacities of the weighed active material."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.constants import TO_MG
from ssb_model.data import CyclingData, Undeclared, read_cycling
from ssb_model.data.records import CyclesReading, rates_of, read_cycles
from ssb_model.errors import InputError
from ssb_model.measurements import one_c_current

if TYPE_CHECKING:
    from ssb_model.study.kinds.rate import RateTable
    from ssb_model.study.kinds.source import Source

DIGITS = 3  # of a C-rate: a current is not set better
APART = 0.05  # of the loading: the cell and the record are not of one electrode


class RecordedRates(NamedTuple):
    """C-rates by the cell's own 1C, capacities [A.h.kg-1], the file's SHA-256, notes."""

    c_rate: Float[np.ndarray, " numbers"]
    capacity: Float[np.ndarray, " numbers"]
    files: dict[str, str]
    notes: tuple[str, ...]
    synthetic: bool


def recorded_rates(table: RateTable, source: Source) -> RecordedRates:
    """Mean discharge capacity of the whole cycles at each current of a file."""
    file = str(table.file_name)
    where = f"{source.where}: {file}"
    [record] = source.measured(table, partial(_read, table))
    one_c, model_mass = one_c_current(source.cell.values)
    mass, notes = _mass(table, source, model_mass, where)
    try:
        reading = read_cycles(record, mass=mass)
        read_off = rates_of(reading, one_c / model_mass * mass)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    whole = [rate for rate in read_off.rates if rate.cycles]
    if not whole:
        raise InputError(f"{where} has no whole cycle: no capacity can be read off it.")
    c_rate = [float(f"{r.current / mass / (one_c / model_mass):.{DIGITS}g}") for r in whole]
    capacity = np.array([rate.capacity / mass for rate in whole])
    notes += _told(reading, where)
    files = {file: record.sha256}
    return RecordedRates(np.array(c_rate), capacity, files, notes, record.synthetic)


def _read(table: RateTable, path: Path, area: str | None = None, **said: Any) -> CyclingData:
    """The file's record; the area is for columns per area, where it has them, too."""
    read = partial(read_cycling, path, current_positive_on=table.current_positive_on, **said)
    try:
        return read()
    except Undeclared as error:
        if area is None or not any(getattr(part, "area", "") for part in error.parts):
            raise
        return read(area=area)


def _told(reading: CyclesReading, where: str) -> tuple[str, ...]:
    """What matters of the reading's notes to the capacities."""
    return tuple(f"{where}: {note}" for note in reading.notes if "resistance" not in note)


def _mass(
    table: RateTable, source: Source, model_mass: float, where: str
) -> tuple[float, tuple[str, ...]]:
    """Mass of active material in the record [kg], stated or of the cell's loading on an area."""
    if (table.mass is None) == (table.area is None):
        raise InputError(
            f"{where}: give the active material's mass or the electrode's area (which the cell's "
            'areal loading makes a mass), such as mass = "2.356 mg".'
        )
    if table.area is not None:
        loading = model_mass / source.cell.area
        return loading * source.positive(table.area, "m2", "area"), ()
    mass = source.positive(str(table.mass), "kg", "mass")
    if abs(mass / model_mass - 1) <= APART:
        return mass, ()
    said = (
        f"{where}: the cell has {TO_MG * model_mass:.4g} mg of active material and the record "
        f"{TO_MG * mass:.4g} mg: currents are compared per mass; give the cell the record's areal "
        "loading and area for the same current per area."
    )
    return mass, (said,)
