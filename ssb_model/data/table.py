"""Tables in the text of a file: the line that names the columns, and the rows of numbers below it.

The header decides: a line of it holds at least two columns that the reader understands. Rows must
have its number of cells; a last row cut short is left out and noted; text among numbers, a
separator that does not fit and rows without a header are refused with their line.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ssb_model.data.quantities import Column
from ssb_model.errors import InputError

SEPARATORS = ("\t", ";", ",", "  ", " ")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eEdD][-+]?[0-9]+)?")
_COMMENT = ("#", "%")

Understand = Callable[[Sequence[str]], tuple[Column, ...]]


@dataclass(frozen=True)
class Layout:
    """Where a format keeps its tables.

    `begins`: the line before a header, where only such tables count; `header`: the form of the
    header's line, its group `names` being the names; `ends`: the first line after the rows.
    """

    begins: re.Pattern | None = None
    header: re.Pattern | None = None
    ends: re.Pattern | None = None


@dataclass(frozen=True)
class Table:
    """One table: its header's `line`, its `rows` of cells as text (or numbers, from a binary file)
    and their `lines`; `fault` is the sentence about a row that does not fit, "" if all do."""

    path: Path
    line: int
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence] = field(repr=False)
    lines: Sequence[int] = field(repr=False)
    notes: tuple[str, ...] = ()
    fault: str = ""

    def require(self, missing: str, example: str) -> None:
        """Raise InputError if a column is `missing`, there are no rows, or a row does not fit."""
        if missing:
            raise InputError(
                f"{self.path}, line {self.line} names no {missing} column among "
                f"{', '.join(filter(None, self.headers))}: if one of them is it, declare it, for "
                f"example columns={{'{example}': 'its header'}}; if not, export the file with it."
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


def is_number(cell: str) -> bool:
    """Whether a cell is a decimal number, with a point or a comma.

    >>> is_number("-1,5E+003"), is_number("1_000"), is_number("nan")
    (True, False, False)
    """
    return _NUMBER.fullmatch(cell) is not None


def split(line: str, separator: str) -> list[str]:
    """Cells of a line, stripped of spaces and quotes; "  " parts at two spaces or more."""
    if separator == " ":
        cells = line.split()
    elif separator == "  ":
        cells = re.split(r"\s{2,}", line.strip())
    elif '"' in line:
        cells = next(csv.reader([line], delimiter=separator), [])
    else:
        cells = line.split(separator)
    return [cell.strip().strip('"').strip() for cell in cells]


def tables_of(
    path: Path, lines: Sequence[str], layout: Layout, understand: Understand
) -> list[Table]:
    """The tables in `lines`, in order; none if no line names columns that are understood."""
    headers = list(_headers(lines, layout, understand))
    ends = [first for first, *_ in headers[1:]] + [len(lines)]
    tables = [_table(path, lines, layout, *pair) for pair in zip(headers, ends, strict=False)]
    # A sentence that happens to name two quantities is no header if another line has the rows.
    return [table for table in tables if table.rows] or tables[:1]


def headerless_table(
    path: Path, lines: Sequence[str], names: Sequence[str], columns: tuple[Column, ...]
) -> Table:
    """The table of a file without a header, whose columns the caller names in order."""
    return _table(path, lines, Layout(), (-1, names, "\t", columns), len(lines))


def _headers(lines: Sequence[str], layout: Layout, understand: Understand):
    """Yield (index, names, separator, columns) of each line that names columns."""
    armed = layout.begins is None
    for index, line in enumerate(lines):
        if layout.begins and layout.begins.match(line):
            armed = True
        elif armed and not _begins_with_number(line):
            found = _header(line, layout, understand)
            if found:
                armed = layout.begins is None
                yield index, *found


def _header(line: str, layout: Layout, understand: Understand):
    """Names, separator and columns of a header's line, by the separator that explains most."""
    if layout.header:
        match = layout.header.match(line)
        line = match["names"] if match else ""
    best = None
    text = line.strip().strip('"') if line.count('"') == 2 and line.strip()[:1] == '"' else line
    for separator in SEPARATORS:
        if separator.strip(" ") and separator not in text:
            continue
        names = _fitted(split(text, separator), 1)
        columns = () if any(map(is_number, names)) else understand(names)
        prose = separator == " " and len(columns) < len(names) / 2
        if len(columns) >= 2 and not prose and (best is None or len(columns) > len(best[2])):
            best = names, separator, columns
    return best


def _table(path: Path, lines, layout: Layout, header, end: int) -> Table:
    first, names, separator, columns = header
    columns = _with_units(columns, split(lines[first + 1] if first + 1 < end else "", separator))
    numbered, fault = _body(path, lines, layout, first, end, len(names))
    if numbered:
        separator = _row_separator(numbered[0][1], separator, len(names))
    rows = [(line, _fitted(split(text, separator), len(names))) for line, text in numbered]
    rows, notes = _without_cut_end(rows, lines, len(names))
    fault = _misfit(path, first, len(names), rows, separator) or fault
    cells, places = [cells for _, cells in rows], [line for line, _ in rows]
    return Table(path, first + 1, tuple(names), columns, cells, places, notes, fault)


def _without_cut_end(rows: list, lines: Sequence[str], width: int):
    """Leave out the file's last row if a run that was stopped has cut it short, and say so."""
    if len(rows) < 2 or len(rows[-1][1]) >= width or any(map(str.strip, lines[rows[-1][0] :])):
        return rows, ()
    return rows[:-1], (f"line {rows[-1][0]}, the last, is cut short and was left out",)


def _misfit(path: Path, first: int, width: int, rows: list, separator: str) -> str:
    """The sentence about the first row that has not as many cells as there are columns."""
    for line, cells in rows:
        if len(cells) != width:
            says = f"line {first + 1} names" if first >= 0 else "you declare"
            comma = ", or export with decimal points" if separator == "," else ""
            return (
                f"{path}, line {line} has {len(cells)} cells where {says} {width} columns: "
                f"correct or delete that line{comma}."
            )
    return ""


def _with_units(columns: tuple[Column, ...], below: list[str]) -> tuple[Column, ...]:
    """Units from the line below the header, where it holds words and the header tells none."""
    if any(map(is_number, below)):
        return columns
    below = below + [""] * (1 + max(column.index for column in columns))
    return tuple(replace(c, unit=c.unit or below[c.index].strip("[]()")) for c in columns)


def _fitted(cells: list[str], width: int) -> list[str]:
    """Drop what a separator at the end of a row adds."""
    while len(cells) > width and cells[-1] == "":
        cells.pop()
    return cells


def _row_separator(row: str, of_header: str, width: int) -> str:
    """Rows may be separated otherwise than their header; the first of them tells."""
    for separator in (of_header, *SEPARATORS):
        if len(_fitted(split(row, separator), width)) == width:
            return separator
    if of_header in row:
        return of_header
    return max(SEPARATORS, key=lambda separator: len(split(row, separator)))


def _body(path: Path, lines, layout: Layout, header: int, end: int, width: int):
    """Rows between two headers as (line number, text), and the sentence about text among them."""
    rows, stopped = [], 0
    for line, text in enumerate(lines[header + 1 : end], header + 2):
        if layout.ends and layout.ends.match(text):
            break
        if not text.strip() or text.lstrip().startswith(_COMMENT):
            continue
        if not stopped and _begins_with_number(text):
            rows.append((line, text))
            continue
        numbers = _count_of_numbers(text)
        if not stopped and numbers:
            rows.append((line, text))
        elif not numbers and line > header + 2:
            stopped = stopped or line
        elif stopped and numbers >= max(2, width // 2):
            return rows, (
                f"{path}, line {stopped} holds text among the numbers ({lines[stopped - 1]!r:.60}):"
                " correct or delete that line."
            )
    return rows, ""


def _begins_with_number(text: str) -> bool:
    return _NUMBER.match(text.lstrip('\t ,;"')) is not None


def _count_of_numbers(text: str) -> int:
    return sum(map(is_number, re.split(r"[\t;, ]+", text)))
