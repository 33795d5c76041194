"""Cells to numbers: one decimal mark a table, and no cell that is not a finite number.

A refusal names file, line and column. "nan", "inf", empty cells, thousands separators and numbers
with both marks are refused: a measured table has none of them.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from jaxtyping import Float

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import EXAMPLE_UNITS, WHOLE, Column, in_si, is_per_area
from ssb_model.data.text.cells import is_number, value
from ssb_model.data.text.clock import clock_seconds, is_clock
from ssb_model.data.text.refusal import refusal
from ssb_model.data.text.streamed import Streamed
from ssb_model.data.text.table import Cell, Table
from ssb_model.errors import InputError

NOTHING = Declaration()
WHOLE_TO = 1e-6  # what is left of a count that an instrument writes as a floating number


def si_values(
    table: Table, column: Column, declaration: Declaration = NOTHING
) -> Float[np.ndarray, " points"]:
    """The numbers of one column in SI; a declared unit overrides the one that the header tells.

    Raises InputError if a cell is not a finite number, or the unit missing, unknown or of another
    dimension.
    """
    unit, area = declaration.units.get(column.quantity), declaration.area_in_si
    if unit is None and is_clock(table, column):
        return clock_seconds(table, column)
    refuse_without_unit(table, [column], declaration.units)
    values, unit = _numbers(table, column), unit or column.unit or "-"
    if column.quantity in WHOLE:
        _refuse_fraction(table, column, values)
    try:
        converted = in_si(values, unit, column.quantity, area)
    except InputError as error:
        told = f"{table.path}, line {table.line}: column '{column.header}': {error}"
        if is_per_area(unit, column.quantity):
            cell = Declaration(area="1 cm2")
            raise Undeclared(
                f"{told} It is per area: declare that of the cell, ", cell, "."
            ) from None
        if column.quantity not in EXAMPLE_UNITS:
            raise InputError(told) from None
        example = Declaration(units={column.quantity: EXAMPLE_UNITS[column.quantity]})
        raise Undeclared(f"{told} If that is not its unit, declare ", example, ".") from None
    return _finite(table, column, converted)


def refuse_without_unit(table: Table, columns: Iterable[Column], units: Mapping[str, str]) -> None:
    """Ask at once for every unit that neither header nor caller tells."""
    open_ = [column for column in columns if _asks_for_unit(table, column, units)]
    if open_:
        names = ", ".join(f"'{column.header}'" for column in open_)
        asked = Declaration(units={c.quantity: EXAMPLE_UNITS[c.quantity] for c in open_})
        one = len(open_) == 1
        raise Undeclared(
            f"{table.path}, line {table.line}: column{'' if one else 's'} {names} "
            f"tell{'s' if one else ''} no unit: declare {'it' if one else 'them'}, for example ",
            asked,
            ".",
        )


def _asks_for_unit(table: Table, column: Column, units: Mapping[str, str]) -> bool:
    told = column.unit or column.quantity in units or column.quantity in WHOLE
    return not told and not is_clock(table, column)


def decimal_marks(table: Table, columns: Iterable[Column]) -> tuple[str, ...]:
    """A note if commas are read as decimal marks; InputError if there are points as well."""
    columns = tuple(columns)
    comma = _first_line_with(",", table, columns)
    point = comma and _first_line_with(".", table, columns)
    if point:
        raise InputError(
            f"{table.path} writes decimals with a point in line {point} and with a comma in line "
            f"{comma}: export it again with one decimal mark."
        )
    return ("commas were read as decimal marks",) if comma else ()


def _first_line_with(mark: str, table: Table, columns: Iterable[Column]) -> int:
    """The first line in which a number has this decimal mark, 0 if none has."""
    rows = (_first_row_with(mark, table, column) for column in columns)
    found = [row for row in rows if row is not None]
    return int(table.lines[min(found)]) if found else 0


def _first_row_with(mark: str, table: Table, column: Column) -> int | None:
    if isinstance(table.rows, Streamed):
        return table.rows.first_with(mark, column.index)
    return next(
        (
            row
            for row, cell in enumerate(table.cells(column))
            if isinstance(cell, str) and mark in cell and is_number(cell)
        ),
        None,
    )


def _numbers(table: Table, column: Column) -> Float[np.ndarray, " points"]:
    if isinstance(table.rows, Streamed):
        values = table.rows.numbers(
            column.index, lambda row, cells: _exactly(table, column, cells, row)
        )
        return _finite(table, column, values)
    if isinstance(table.rows, np.ndarray):
        return _finite(table, column, table.rows[:, column.index].astype(float))
    return _finite(table, column, _exactly(table, column, list(table.cells(column))))


def _exactly(
    table: Table, column: Column, cells: Sequence[Cell], first: int = 0
) -> Float[np.ndarray, " points"]:
    """The numbers in the cells from row `first` on, one by one."""
    if cells and not isinstance(cells[0], str):
        return np.asarray(cells, dtype=float)
    for row, cell in enumerate(cells, first):
        if not is_number(str(cell)):
            raise refusal(table, column, table.lines[row], cell)
    return np.array([value(str(cell)) for cell in cells], dtype=float)


def _finite(
    table: Table, column: Column, values: Float[np.ndarray, " points"]
) -> Float[np.ndarray, " points"]:
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        index = int(bad[0])
        cell = table.rows[index][column.index]
        raise refusal(table, column, table.lines[index], cell)
    return values


def _refuse_fraction(table: Table, column: Column, values: Float[np.ndarray, " points"]) -> None:
    """Cycles and steps are counted."""
    apart = np.flatnonzero(np.abs(values - np.round(values)) > WHOLE_TO)
    if apart.size:
        row = int(apart[0])
        cell = table.rows[row][column.index]
        raise refusal(table, column, table.lines[row], cell, "a whole number")
