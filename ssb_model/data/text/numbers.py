"""Cells to numbers: one decimal mark a table, and no cell that is not a finite number.

A refusal names file, line and column. "nan", "inf", empty cells, thousands separators and numbers
with both marks are refused: a measured table has none of them.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from jaxtyping import Float

from ssb_model.constants import HOUR, MINUTE
from ssb_model.data.quantities import CLOCK, Column, in_si
from ssb_model.data.text.cells import is_number
from ssb_model.data.text.table import Cell, Table
from ssb_model.errors import InputError

_CLOCK = re.compile(r"([0-9]{1,6}):([0-5]?[0-9]):([0-5]?[0-9](?:[.,][0-9]*)?)")


def si_values(
    table: Table, column: Column, unit: str | None = None
) -> Float[np.ndarray, " points"]:
    """The numbers of one column in SI; `unit` overrides the one that the header tells.

    Raises InputError if a cell is not a finite number, or the unit missing, unknown or of another
    dimension.
    """
    cells = [row[column.index] for row in table.rows]
    if unit is None and column.quantity == "time" and cells and ":" in str(cells[0]):
        return np.array([_seconds(table, column, i, cell) for i, cell in enumerate(cells)])
    values, unit = _numbers(table, column, cells), unit or _unit(table, column)
    try:
        converted = in_si(values, unit, column.quantity)
    except InputError as error:
        raise InputError(
            f"{table.path}, line {table.line}: column '{column.header}': {error}"
        ) from None
    return _finite(table, column, converted)


def _unit(table: Table, column: Column) -> str:
    if column.unit or column.quantity in ("cycle", "step"):
        return column.unit or "-"
    raise InputError(
        f"{table.path}, line {table.line}: column '{column.header}' tells no unit: "
        f"declare it, units={{'{column.quantity}': '{_EXAMPLE[column.quantity]}'}}."
    )


_EXAMPLE = {
    "frequency": "Hz",
    "real": "ohm",
    "imaginary": "ohm",
    "minus imaginary": "ohm",
    "modulus": "ohm",
    "phase": "deg",
    "minus phase": "deg",
    "time": "s",
    "current": "mA",
    "voltage": "V",
    "capacity": "mAh",
    "charge capacity": "mAh",
    "discharge capacity": "mAh",
    "temperature": "degC",
}


def decimal_marks(table: Table, columns: Iterable[Column]) -> tuple[str, ...]:
    """A note if commas are read as decimal marks; InputError if there are points as well."""
    comma, point = (_first_line_with(mark, table, columns) for mark in ",.")
    if comma and point:
        raise InputError(
            f"{table.path} writes decimals with a point in line {point} and with a comma in line "
            f"{comma}: export it again with one decimal mark."
        )
    return ("commas were read as decimal marks",) if comma else ()


def _first_line_with(mark: str, table: Table, columns: Iterable[Column]) -> int:
    """The first line in which a number has this decimal mark, 0 if none has."""
    indices = [column.index for column in columns]
    for line, row in zip(table.lines, table.rows, strict=True):
        for index in indices:
            cell = row[index]
            if isinstance(cell, str) and mark in cell and is_number(cell):
                return line
    return 0


def _numbers(table: Table, column: Column, cells: Sequence[Cell]) -> Float[np.ndarray, " points"]:
    if cells and not isinstance(cells[0], str):
        return _finite(table, column, np.asarray(cells, dtype=float))
    for line, cell in zip(table.lines, cells, strict=True):
        if not is_number(str(cell)):
            raise _refusal(table, column, line, cell)
    plain = [str(cell).replace(",", ".").replace("D", "E").replace("d", "e") for cell in cells]
    return _finite(table, column, np.array(plain, dtype=float))


def _finite(
    table: Table, column: Column, values: Float[np.ndarray, " points"]
) -> Float[np.ndarray, " points"]:
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        index = int(bad[0])
        cell = table.rows[index][column.index]
        raise _refusal(table, column, table.lines[index], cell)
    return values


def _seconds(table: Table, column: Column, index: int, cell: Cell) -> float:
    """ "1:02:03.5" in seconds."""
    match = _CLOCK.fullmatch(str(cell))
    if match is None:
        raise _refusal(table, column, table.lines[index], cell, f"a time in {CLOCK}")
    hours, minutes, seconds = match.groups()
    return HOUR * int(hours) + MINUTE * int(minutes) + float(seconds.replace(",", "."))


def _refusal(
    table: Table, column: Column, line: int, cell: Cell, wanted: str = "a finite number"
) -> InputError:
    held = f"'{str(cell)[:40]}'" if str(cell) else "nothing"
    return InputError(
        f"{table.path}, line {line}, column '{column.header}' holds {held}, which is not {wanted}: "
        "correct or delete that line."
    )
