"""Tables in the text of a file: the header decides what a column is.

A header is a line that holds at least two columns which the reader understands.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import Column
from ssb_model.data.text.cells import SEPARATORS, begins_with_number, fitted, is_number, split
from ssb_model.data.text.header import held, rows_above, without_gaps
from ssb_model.data.text.rows import rows_below
from ssb_model.errors import InputError

#: text, or a number from a binary file
Cell: TypeAlias = str | float
#: line's index, names, separator and columns
Header: TypeAlias = tuple[int, Sequence[str], str, tuple[Column, ...]]
Understand = Callable[[Sequence[str]], tuple[Column, ...]]


@dataclass(frozen=True)
class Layout:
    """Where a format keeps its tables.

    `begins`: the line before a header, where only such tables count; `header`: the form of the
    header's line, its group `names` being the names; `ends`: the first line after the rows.
    """

    begins: re.Pattern[str] | None = None
    header: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Table:
    """One table: its header's `line`, its `rows` of cells as text (or numbers, from a binary file)
    and their `lines`; `fault` is the sentence about a row that does not fit, "" if all do; `named`
    is whether a header names the columns, or else the caller."""

    path: Path
    line: int
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]] | Float[np.ndarray, "rows columns"] = field(repr=False)
    lines: Sequence[int] = field(repr=False)
    notes: tuple[str, ...] = ()
    fault: str = ""
    named: bool = True

    def require(self, missing: str, example: str) -> None:
        """Raise InputError if a column is `missing`, there are no rows, or a row does not fit."""
        if missing and not self.named:
            raise InputError(
                f"{self.path}: the order {', '.join(self.headers)} has no {missing}: name every "
                "column of the file in order, - for one that is not needed."
            )
        if missing:
            raise Undeclared(
                f"{self.path}, line {self.line} names no {missing} column among "
                f"{', '.join(filter(None, self.headers))}: if one of them is it, declare it, for "
                "example ",
                Declaration({example: "its header"}),
                "; if not, export the file with it.",
            )
        if self.fault:
            raise InputError(self.fault)
        if not len(self.rows):
            raise InputError(
                f"{self.path} has no row of numbers below its header in line {self.line}: "
                "export the measurement again."
            )

    def column(self, quantity: str) -> Column | None:
        """The column of a quantity, or None."""
        return next((c for c in self.columns if c.quantity == quantity), None)


def tables_of(
    path: Path, lines: Sequence[str], layout: Layout, understand: Understand
) -> list[Table]:
    """The tables in `lines`, in order; none if no line names columns that are understood."""
    headers = list(_headers(lines, layout, understand))
    ends = [first for first, *_ in headers[1:]] + [len(lines)]
    tables = [_table(path, lines, layout, *pair) for pair in zip(headers, ends, strict=False)]
    tables[:1] = [
        replace(one, notes=(*one.notes, *rows_above(lines, *headers[0][:3]))) for one in tables[:1]
    ]
    # A sentence that happens to name two quantities is no header if another line has the rows.
    return [table for table in tables if table.rows] or tables[:1]


def headerless_table(
    path: Path, lines: Sequence[str], names: Sequence[str], columns: tuple[Column, ...]
) -> Table:
    """The table of a file without a header, whose columns the caller names in order.

    Text above the first line that begins with a number is passed over, and noted.
    """
    first = next((i for i, line in enumerate(lines) if begins_with_number(line)), 0)
    above = [line for line in lines[:first] if line.strip()]
    lines = [""] * first + list(lines[first:])
    table = _table(path, lines, Layout(), (-1, names, "\t", columns), len(lines))
    note = f"{len(above)} lines of text above the numbers were passed over"
    return replace(
        table, named=False, line=first + 1, notes=(*table.notes, *([note] if above else []))
    )


def _headers(lines: Sequence[str], layout: Layout, understand: Understand) -> Iterator[Header]:
    """Yield (index, names, separator, columns) of each line that names columns."""
    armed = layout.begins is None
    for index, line in enumerate(lines):
        if layout.begins and layout.begins.match(line):
            armed = True
        elif armed and not begins_with_number(line):
            found = _header(line, layout, understand)
            if found:
                armed = layout.begins is None
                yield index, *found


def _header(
    line: str, layout: Layout, understand: Understand
) -> tuple[Sequence[str], str, tuple[Column, ...]] | None:
    """Names, separator and columns of a header's line, by the separator that explains most."""
    if layout.header:
        match = layout.header.match(line)
        line = match["names"] if match else ""
    best = None
    line = line.lstrip("#% ") if line.startswith(("#", "%")) else line
    text = line.strip().strip('"') if line.count('"') == 2 and line.strip()[:1] == '"' else line
    for separator in SEPARATORS:
        if separator.strip(" ") and separator not in text:
            continue
        names = fitted(split(text, separator), 1)
        columns = () if any(map(is_number, names)) else understand(names)
        prose = separator == " " and len(columns) < len(names) / 2
        if len(columns) >= 2 and not prose and (best is None or len(columns) > len(best[2])):
            best = names, separator, columns
    return best


def _table(path: Path, lines: Sequence[str], layout: Layout, header: Header, end: int) -> Table:
    first, names, separator, columns = header
    below = lines[first + 1] if first + 1 < end else ""
    names, unheld = held(names, below, separator)
    columns = tuple(column for column in columns if column.index < len(names))
    names, columns = without_gaps(names, columns, below, separator)
    if first >= 0 and first + 1 < end:
        columns = _with_units(columns, split(below, separator))
    rows = rows_below(path, lines, first, end, len(names), separator, layout.ends)
    names = tuple(names)
    notes = (*unheld, *rows.notes)
    return Table(path, first + 1, names, columns, rows.cells, rows.lines, notes, rows.fault)


def _with_units(columns: tuple[Column, ...], below: list[str]) -> tuple[Column, ...]:
    """Units from the line below the header, where it holds words and the header tells none."""
    if any(map(is_number, below)):
        return columns
    below = below + [""] * (1 + max(column.index for column in columns))
    return tuple(replace(c, unit=c.unit or below[c.index].strip("[]()")) for c in columns)
