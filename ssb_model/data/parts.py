"""Spectra and a record of cycling in one table, as EC-Lab's Modulo Bat writes them.

Rows at frequency 0 without an impedance are the cell between spectra: where such a table also has
time, current and voltage, they are its record, and each spectrum says where it lies in it.
"""

from dataclasses import replace
from itertools import compress

import numpy as np

from ssb_model.data.quantities import CYCLING, OF_IMPEDANCE
from ssb_model.data.text import Cell, Table, is_number, value

RECORD = ("time", "current", "voltage")


def is_impedance(table: Table) -> bool:
    """Whether a table names a part of an impedance."""
    return any(column.quantity in OF_IMPEDANCE for column in table.columns)


def parted(table: Table) -> tuple[Table | None, Table | None]:
    """The table of spectra and the table of cycling that a table holds."""
    if not is_impedance(table):
        return None, table
    if table.fault or any(table.column(name) is None for name in (*RECORD, "frequency")):
        return table, None
    waiting = _without_impedance(table)
    if np.count_nonzero(waiting) < 2 or not _is_a_record(table, waiting):
        return table, None
    record = table.chosen(waiting, tuple(c for c in table.columns if c.quantity in CYCLING))
    if waiting.all():
        return None, record
    note = f"{len(record.rows)} rows at frequency 0, without impedance, are its record of cycling"
    spectra = replace(table.chosen(~waiting, table.columns), notes=(*table.notes, note))
    return spectra, replace(record, notes=(*record.notes, "spectra were measured in between"))


def _without_impedance(table: Table) -> np.ndarray:
    """Rows (n,) at frequency 0 in which every part of an impedance is 0."""
    used = [c.index for c in table.columns if c.quantity in OF_IMPEDANCE - {"phase", "minus phase"}]
    frequency = next(c.index for c in table.columns if c.quantity == "frequency")
    columns = [c for c in table.columns if c.index in (frequency, *used)]
    return np.all([np.fromiter(map(_is_zero, table.cells(c)), bool) for c in columns], axis=0)


def _is_zero(cell: Cell) -> bool:
    if isinstance(cell, str):
        return is_number(cell) and value(cell) == 0
    return cell == 0


def _is_a_record(table: Table, waiting: np.ndarray) -> bool:
    """Whether time passes in those rows: a column that is not filled in holds zeros."""
    time = next(c for c in table.columns if c.quantity == "time")
    return len(set(compress(table.cells(time), waiting))) > 1
