"""Tables in the text of a file: the header decides what a column is.

A header is a line that holds at least two columns which the reader understands.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import Column
from ssb_model.data.text.cells import SEPARATORS, fitted, is_number, split
from ssb_model.data.text.header import held, rows_above, without_gaps
from ssb_model.data.text.lines import Lines
from ssb_model.data.text.rows import rows_below
from ssb_model.data.text.streamed import Streamed
from ssb_model.errors import InputError

#: text, or a number from a binary file
Cell: TypeAlias = str | float
#: line's index, names, separator and columns
Header: TypeAlias = tuple[int, Sequence[str], str, tuple[Column, ...]]
Understand = Callable[[Sequence[str]], tuple[Column, ...]]

WIDEST = 10_000  # columns
MOST_SENTENCES = 50_000  # different lines that may be headers
MOST_TABLES = 10_000
ABOVE = 10_000  # lines above a header that are looked at


@dataclass(frozen=True)
class Layout:
    """Where a format keeps its tables.

    `begins`: the line before a header, where only such tables count; `header`: the form of the
    header's line, its group `names` being the names; `ends`: the first line after the rows. None
    of them begins with a number, which rows alone do.
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
    rows: Sequence[Sequence[Cell]] | Float[np.ndarray, "rows columns"] | Streamed = field(
        repr=False
    )
    lines: Sequence[int] | Int[np.ndarray, " rows"] = field(repr=False)
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

    def cells(self, column: Column) -> Iterable[Cell]:
        """The cells of a column, one after the other."""
        if isinstance(self.rows, Streamed):
            return (
                cell for _, texts in self.rows.texts(column.index) for cell in texts.to_pylist()
            )
        return (row[column.index] for row in self.rows)

    def told(self, column: Column, meaning: Callable[[Cell], int]) -> Int[np.ndarray, " rows"]:
        """What each cell of a column of words means."""
        if isinstance(self.rows, Streamed):
            return self.rows.told(column.index, meaning)
        return np.fromiter(map(meaning, self.cells(column)), int)

    def chosen(self, kept: Bool[np.ndarray, " rows"], columns: tuple[Column, ...]) -> "Table":
        """The table of some of its rows and columns."""
        if isinstance(self.rows, Streamed):
            rows = self.rows.chosen(kept)
        else:
            rows = [row for row, one in zip(self.rows, kept, strict=True) if one]
        return replace(self, rows=rows, lines=np.asarray(self.lines)[kept], columns=columns)


def tables_of(lines: Lines, layout: Layout, understand: Understand) -> list[Table]:
    """The tables in `lines`, in order; none if no line names columns that are understood.

    Raises InputError if there are more than `MOST_TABLES`, or a header than `WIDEST` columns.
    """
    headers = list(islice(_headers(lines, layout, understand), MOST_TABLES + 1))
    if len(headers) > MOST_TABLES:
        raise InputError(
            f"{lines.path} names its columns in more than {MOST_TABLES} lines: split the file."
        )
    if not headers:
        _refuse_width(lines)
    ends = [first for first, *_ in headers[1:]] + [len(lines)]
    tables = [_table(lines, layout, *pair) for pair in zip(headers, ends, strict=False)]
    tables[:1] = [
        replace(one, notes=(*one.notes, *rows_above(lines, *headers[0][:3], ABOVE)))
        for one in tables[:1]
    ]
    # A sentence that happens to name two quantities is no header if another line has the rows.
    return [table for table in tables if table.rows] or tables[:1]


def headerless_table(lines: Lines, names: Sequence[str], columns: tuple[Column, ...]) -> Table:
    """The table of a file without a header, whose columns the caller names in order.

    Text above the first line that begins with a number is passed over, and noted.
    """
    first = int(np.argmax(lines.begin_with_number))
    above = sum(bool(lines[k].strip()) for k in lines.others[lines.others < first].tolist())
    table = _table(lines, Layout(), (-1, names, "\t", columns), len(lines), first)
    note = f"{above} lines of text above the numbers were passed over"
    return replace(
        table, named=False, line=first + 1, notes=(*table.notes, *([note] if above else []))
    )


def _refuse_width(lines: Lines) -> None:
    """A line with too many columns is no header; where there is no other, that is why."""
    for index in lines.others[:ABOVE].tolist():
        most = max(lines[index].count(separator) for separator in SEPARATORS)
        if most >= WIDEST:
            raise InputError(
                f"{lines.path}, line {index + 1} has {most + 1} columns, more than the {WIDEST} "
                "that are read: export fewer columns."
            )


def _headers(lines: Lines, layout: Layout, understand: Understand) -> Iterator[Header]:
    """Yield (index, names, separator, columns) of each line that names columns."""
    armed = layout.begins is None
    others = lines.others
    if not layout.begins and not layout.header:
        others = others[lines.by_shape(_has_numbers) == 0]
    header = cache(lambda line: _header(line, layout, understand))
    for index in others.tolist():
        line = lines[index]
        if layout.begins and layout.begins.match(line):
            armed = True
        elif armed:
            found = header(line)
            if found:
                armed = layout.begins is None
                yield index, *found
            if header.cache_info().currsize > MOST_SENTENCES:
                raise InputError(
                    f"{lines.path} has more than {MOST_SENTENCES} different lines of words: "
                    "export the measurement alone, as a table."
                )


def _header(
    line: str, layout: Layout, understand: Understand
) -> tuple[Sequence[str], str, tuple[Column, ...]] | None:
    """Names, separator and columns of a header's line, by the separator that explains most."""
    if layout.header:
        match = layout.header.match(line)
        line = match["names"] if match else ""
    best = None
    for names, separator in _parted(line):
        columns = () if any(map(is_number, names)) else understand(names)
        prose = separator == " " and len(columns) < len(names) / 2
        if len(columns) >= 2 and not prose and (best is None or len(columns) > len(best[2])):
            best = names, separator, columns
    return best


def _parted(line: str) -> Iterator[tuple[list[str], str]]:
    """The names in a line by each separator that parts it, and the separator."""
    line = line.lstrip("#% ") if line.startswith(("#", "%")) else line
    text = line.strip().strip('"') if line.count('"') == 2 and line.strip()[:1] == '"' else line
    for separator in SEPARATORS:
        count = text.count(separator)
        if count < WIDEST and (count or not separator.strip(" ")):
            names = fitted(split(text, separator), 1)
            if len(names) > 1:
                yield names, separator


def _has_numbers(line: str) -> int:
    """Whether a number is among the names, whatever separates them: then it is no header."""
    return all(any(map(is_number, names)) for names, _ in _parted(line))


def _table(
    lines: Lines, layout: Layout, header: Header, end: int, begin: int | None = None
) -> Table:
    """The table below a header; without one, that from line `begin` on."""
    first, names, separator, columns = header
    below = lines[first + 1] if first + 1 < end else ""
    names, unheld = held(names, below, separator)
    columns = tuple(column for column in columns if column.index < len(names))
    names, columns = without_gaps(names, columns, below, separator)
    if first >= 0 and first + 1 < end:
        columns = _with_units(columns, split(below, separator))
    wanted = {column.index for column in columns}
    rows = rows_below(lines, first, end, len(names), separator, layout.ends, wanted, begin)
    names = tuple(names)
    notes = (*unheld, *rows.notes)
    return Table(lines.path, first + 1, names, columns, rows.cells, rows.lines, notes, rows.fault)


def _with_units(columns: tuple[Column, ...], below: list[str]) -> tuple[Column, ...]:
    """Units from the line below the header, where it holds words and the header tells none."""
    if any(map(is_number, below)):
        return columns
    below = below + [""] * (1 + max(column.index for column in columns))
    return tuple(replace(c, unit=c.unit or below[c.index].strip("[]()")) for c in columns)
