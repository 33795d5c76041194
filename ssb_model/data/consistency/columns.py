"""Columns of a file in SI, and where each of their numbers stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.data.text import Cell, Table

Points: TypeAlias = Float[np.ndarray, " points"]
Flags: TypeAlias = Bool[np.ndarray, " points"]
Places: TypeAlias = Int[np.ndarray, " found"]

RARE = 1e-4  # of all rows: what more of them do is the record's way, no damage
PIECE = 1_000_000  # rows
FAR = 5.0  # times the others
FEW = 3  # rows that are told in any record


@dataclass(frozen=True)
class Columns:
    """The tables of a file, which follow one another, and their columns in SI by quantity."""

    tables: Sequence[Table]
    values: Mapping[str, Points]

    def line(self, row: int) -> int:
        """The line of the file in which a row stands."""
        table, row = self._at(row)
        return table.lines[row]

    def header(self, quantity: str) -> str:
        """What the file calls a quantity."""
        column = self.tables[0].column(quantity)
        return column.header if column else quantity

    def holds(self, row: int, quantity: str) -> str:
        """'line 7, column "I/mA" holds "2.0"': the beginning of a sentence."""
        table, at = self._at(row)
        column = table.column(quantity)
        cell: Cell = table.rows[at][column.index] if column else ""
        return f"line {table.lines[at]}, column '{self.header(quantity)}' holds '{cell!s:.40}'"

    def _at(self, row: int) -> tuple[Table, int]:
        for table in self.tables:
            if row < len(table.rows):
                return table, row
            row -= len(table.rows)
        raise IndexError(row)


def pieces(count: int) -> Iterator[slice]:
    """Rows of a long column that are looked at together, so that it is in memory once."""
    return (slice(first, min(first + PIECE, count)) for first in range(0, count, PIECE))


def few(found: Places, of: int) -> Places:
    """What was found, where it is little enough to be damage."""
    return found if found.size <= max(FEW, RARE * of) else found[:0]


def rare(flags: Flags) -> Places:
    """The rows that are flagged, where they are few enough to be damaged."""
    return few(np.flatnonzero(flags), len(flags))


def outstanding(sizes: Points, of: int = 0) -> Places:
    """Which sizes are above zero, where those are few or stand far out of the many; `of` so many
    rows, if not all of them have a size."""
    allowed = int(max(FEW, RARE * (of or len(sizes))))
    found = np.flatnonzero(sizes > 0)
    if found.size <= allowed:
        return found
    usual = np.sort(sizes[found])[-allowed - 1]
    return found[sizes[found] > FAR * usual]


def and_more(found: Places) -> str:
    """How many rows there are beside the first."""
    return f" (and {found.size - 1} more rows)" if found.size > 1 else ""
