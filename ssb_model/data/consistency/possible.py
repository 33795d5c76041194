"""Values that no cell and no instrument has: another unit, or a damaged number.

What the caller declares is taken, but for a temperature below absolute zero.
"""

from typing import NoReturn

import numpy as np

from ssb_model.constants import DAY
from ssb_model.data.consistency.columns import Points
from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import EXAMPLE_UNITS, Column
from ssb_model.data.text import Table
from ssb_model.errors import InputError

YEAR = 365.25 * DAY
LONGEST = 30 * YEAR  # s: longer than any cell has been tested
#: the smallest and the largest size of a quantity, in SI, beside zero, and what has it
SIZES = {
    "current": (0.0, 1e4, "cell"),
    "voltage": (0.0, 100.0, "cell"),
    "frequency": (1e-7, 1e10, "instrument"),
    "real": (0.0, 1e15, "instrument"),
    "imaginary": (0.0, 1e15, "instrument"),
    "minus imaginary": (0.0, 1e15, "instrument"),
    "modulus": (0.0, 1e15, "instrument"),
    "capacity": (0.0, 1e6, "cell"),
    "charge capacity": (0.0, 1e6, "cell"),
    "discharge capacity": (0.0, 1e6, "cell"),
}
COLDEST, HOTTEST = 50.0, 1800.0  # K: a cell in helium's vapour, a garnet as it is sintered


def refuse_impossible(
    table: Table, column: Column, values: Points, declaration: Declaration
) -> None:
    """Raise `Undeclared` with the row that holds what cannot be; `values` are in SI."""
    quantity = column.quantity
    if quantity == "temperature" and (values < 0).any():
        row = int(np.argmax(values < 0))
        raise InputError(f"{_holds(table, column, row)}, which is below absolute zero.")
    if quantity in declaration.units or not len(values):
        return
    if quantity == "time":
        _refuse_years(table, column, values)
    elif quantity == "temperature":
        odd = (values < COLDEST) | (values > HOTTEST)
        if odd.any():
            row = int(np.argmax(odd))
            _ask(table, column, row, f"{values[row]:.4g} K, at which no cell is measured")
    elif quantity in SIZES:
        least, most, what = SIZES[quantity]
        sizes = np.abs(values)
        odd = (sizes > most) | ((sizes < least) & (sizes > 0))
        if odd.any():
            row = int(np.argmax(np.where(odd, sizes, -1)))
            _ask(table, column, row, f"beyond any {what}")


def _refuse_years(table: Table, column: Column, time: Points) -> None:
    passed = time - time[0]
    if passed[-1] > LONGEST:
        jump = int(np.argmax(np.diff(time))) + 1
        _ask(table, column, jump, f"so that the record lasts {passed[-1] / YEAR:.3g} years")


def _ask(table: Table, column: Column, row: int, says: str) -> NoReturn:
    unit = Declaration(units={column.quantity: EXAMPLE_UNITS[column.quantity]})
    raise Undeclared(
        f"{_holds(table, column, row)}, {says}: correct it, or declare the unit, for example ",
        unit,
        ".",
    )


def _holds(table: Table, column: Column, row: int) -> str:
    cell = str(table.rows[row][column.index])
    return f"{table.path}, line {table.lines[row]}, column '{column.header}' holds '{cell:.40}'"
