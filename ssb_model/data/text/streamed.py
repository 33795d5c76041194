"""The columns of a long table, streamed from its text into arrays by pyarrow.

What pyarrow reads is what the cell by cell reading of short tables gives, to the last bit: it is
asked for decimal numbers alone, in rows of the table's width. Where it finds anything else, that
piece of the table is read cell by cell.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.data.text.cells import fitted, is_number, split, value
from ssb_model.data.text.lines import Lines
from ssb_model.files import MIB

if TYPE_CHECKING:
    import pyarrow as pa

LEAST = MIB  # bytes of rows; fewer are read cell by cell
PIECE = 16 * MIB  # bytes of rows that are read together
BLOCK = 4 * MIB  # bytes that one thread reads; longer than any line

_CASE_OF_TWO_BLANKS = re.compile(rb"(?<![\s])[ \t](?![\s])")
_RARE_BLANKS = re.compile(rb"[\x0b\x0c\x80-\xff]")


class Misfit(Exception):
    """A row that has not as many cells as there are columns; with the rows that there are."""

    def __init__(self, line: int, cells: int, rows: "Sequence[list[str]]") -> None:
        self.line, self.cells, self.rows = line, cells, rows


class _Odd(Exception):
    """Rows that pyarrow does not part as they are parted here."""


@dataclass
class Piece:
    """Consecutive rows from `first` to before `last`; `odd` where only `split` parts them.

    `marks` has, by the place of each column of numbers, the decimal mark that they may have.
    """

    first: int
    last: int
    odd: bool = False
    marks: dict[int, str] = field(default_factory=dict)


class Streamed(Sequence[list[str]]):
    """The rows of a long table: numbers by columns, and the cells of any row when asked for."""

    def __init__(
        self, lines: Lines, found: Int[np.ndarray, " rows"], separator: str, width: int
    ) -> None:
        self.lines, self.found, self.separator, self.width = lines, found, separator, width
        self.pieces: list[Piece] = []
        self.values: dict[int, Float[np.ndarray, " rows"]] = {}

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...
    def __getitem__(self, index: int | slice) -> list[str] | list[list[str]]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        line = self.lines[self.found[range(len(self))[index]]]
        return fitted(split(line, self.separator), self.width)

    def numbers(
        self, place: int, exactly: Callable[[int, list[str]], Float[np.ndarray, " rows"]]
    ) -> Float[np.ndarray, " rows"]:
        """A column of numbers. `exactly` gives those of a piece that was not read: it is given the
        number of its first row, and its cells."""
        values = self.values[place]
        for piece in self.pieces:
            if place not in piece.marks:
                cells = self.texts_of(piece, place).to_pylist()
                values[piece.first : piece.last] = exactly(piece.first, cells)
        return values

    def told(self, place: int, meaning: Callable[[str], int]) -> Int[np.ndarray, " rows"]:
        """What each cell of a column of words means, asked once a word."""
        found = np.empty(len(self), int)
        for piece, texts in self.texts(place):
            coded = texts.dictionary_encode()
            meanings = np.array([meaning(word) for word in coded.dictionary.to_pylist()], int)
            found[piece.first : piece.last] = meanings[coded.indices.to_numpy()]
        return found

    def first_with(self, mark: str, place: int) -> int | None:
        """The first row in which the number of a column has this decimal mark."""
        compute = arrow_compute()

        for piece in self.pieces:
            if piece.marks.get(place, mark) == mark:
                cells = self.texts_of(piece, place)
                for row in np.flatnonzero(compute.match_substring(cells, mark)):
                    if is_number(cells[row].as_py()):
                        return piece.first + int(row)
        return None

    def chosen(self, kept: Bool[np.ndarray, " rows"]) -> "Streamed":
        """Some of the rows."""
        return streamed(self.lines, self.found[kept], self.separator, self.width, self.values)

    def texts(self, place: int) -> Iterator[tuple[Piece, "pa.Array"]]:
        """The cells of a column as texts, a piece after the other."""
        for piece in self.pieces:
            yield piece, self.texts_of(piece, place)

    def texts_of(self, piece: Piece, place: int) -> "pa.Array":
        """The cells of a column in one piece as texts."""
        import pyarrow as pa

        if piece.odd:
            return pa.array(self._split(piece, (place,))[place], pa.string())
        return _stripped(self._read(piece, (place,), pa.string())[place])

    def _read(
        self, piece: Piece, places: Collection[int], type: "pa.DataType", mark: str = "."
    ) -> "dict[int, pa.Array]":
        """Columns of a piece; pyarrow's error if a cell is not of the type, _Odd if rows are."""
        import pyarrow as pa
        from pyarrow import csv

        text, separator = self._bytes(piece), self.separator
        first = self.lines[self.found[piece.first]]
        width = len(split(first, separator))
        if width < self.width:
            raise _Odd
        if separator.isspace() and separator != "\t":
            text, separator = _with_tabs(text, separator), "\t"
        quoted = self.separator.strip(" ") and b'"' in text
        behind = range(self.width, width)
        kinds = {str(k): type for k in places} | {str(k): pa.string() for k in behind}
        try:
            table = csv.read_csv(
                pa.BufferReader(text),
                csv.ReadOptions(block_size=BLOCK, column_names=list(map(str, range(width)))),
                csv.ParseOptions(
                    delimiter=separator,
                    quote_char='"' if quoted else False,
                    ignore_empty_lines=False,
                ),
                csv.ConvertOptions(
                    check_utf8=False,
                    column_types=kinds,
                    include_columns=list(kinds),
                    null_values=[],
                    decimal_point=mark,
                ),
            )
        except pa.ArrowInvalid as error:
            if "conversion error" in str(error):
                raise
            raise _Odd from None
        columns = {k: table[str(k)].combine_chunks() for k in (*places, *behind)}
        empty = all(not any(_stripped(columns[k]).unique().to_pylist()) for k in behind)
        if table.num_rows != piece.last - piece.first or not empty:
            raise _Odd
        return columns

    def _bytes(self, piece: Piece) -> bytes:
        """The text of the rows of a piece, without the lines between them, as UTF-8."""
        found, starts = self.found[piece.first : piece.last], self.lines.starts
        text = self.lines.text[starts[found[0]] : starts[found[-1] + 1]]
        if found[-1] - found[0] >= len(found):
            kept = np.zeros(found[-1] + 1 - found[0], bool)
            kept[found - found[0]] = True
            lengths = np.diff(starts[found[0] : found[-1] + 2])
            whole = np.frombuffer(text, np.uint8)
            text = whole[np.repeat(kept, lengths)[: len(whole)]].tobytes()
        if self.lines.encoding != "utf-8" and not text.isascii():
            text = text.decode(self.lines.encoding).encode("utf-8")
        return text

    def _split(self, piece: Piece, places: Collection[int]) -> dict[int, list[str]]:
        """Cells of columns of a piece, one by one. Raises Misfit if a row does not fit."""
        cells: dict[int, list[str]] = {place: [] for place in places}
        for line in self.found[piece.first : piece.last].tolist():
            row = fitted(split(self.lines[line], self.separator), self.width)
            if len(row) != self.width:
                raise Misfit(line, len(row), self)
            for place in places:
                cells[place].append(row[place])
        return cells


def streamed(
    lines: Lines,
    found: Int[np.ndarray, " rows"],
    separator: str,
    width: int,
    wanted: Collection[int],
) -> Streamed:
    """The rows in the lines `found`, and the numbers of their columns at the places `wanted`.

    A column has no numbers in a piece in which a cell is none. Raises Misfit if a row has not
    `width` cells.
    """
    rows = Streamed(lines, found, separator, width)
    rows.values = {place: np.empty(len(found)) for place in wanted}
    marks, begin = dict.fromkeys(wanted, "."), int(lines.starts[found[0]])
    ends = np.searchsorted(
        lines.starts[found], np.arange(begin, int(lines.starts[found[-1]]), PIECE)[1:]
    )
    edges = [0, *np.unique(ends[ends > 0]).tolist(), len(found)]
    for first, last in pairwise(edges):
        piece = Piece(first, last)
        try:
            _fill(rows, piece, marks)
        except _Odd:
            piece.odd = True
            _fill_one_by_one(rows, piece)
        rows.pieces.append(piece)
        marks = {place: piece.marks.get(place, "") for place in wanted}
    return rows


def _fill(rows: Streamed, piece: Piece, before: dict[int, str]) -> None:
    """Read numbers of a piece: all columns at once, with the marks that they had `before`.

    Where that fails, they are read one by one, with either mark.
    """
    import pyarrow as pa

    cells = rows[piece.first]
    places = [place for place in before if place < len(cells) and is_number(cells[place])]
    for mark in ".,":
        alike = [place for place in places if before[place] == mark]
        if alike and _take(rows, piece, alike, mark):
            places = [place for place in places if place not in alike]
    for place in places:
        _ = _take(rows, piece, [place], ".") or _take(rows, piece, [place], ",")
    if not piece.marks:  # nobody has looked whether each row has the width
        rows._read(piece, (0,), pa.string())


def _take(rows: Streamed, piece: Piece, places: list[int], mark: str) -> bool:
    """Take the numbers of columns of a piece, if all their cells are finite numbers."""
    import pyarrow as pa

    if mark == rows.separator:
        return False
    try:
        found = rows._read(piece, places, pa.float64(), mark)
    except pa.ArrowInvalid:
        return False
    numbers = {place: found[place].to_numpy() for place in places}
    if not all(np.isfinite(one).all() for one in numbers.values()):
        return False
    for place, one in numbers.items():
        rows.values[place][piece.first : piece.last] = one
        piece.marks[place] = mark
    return True


def _fill_one_by_one(rows: Streamed, piece: Piece) -> None:
    for place, cells in rows._split(piece, rows.values).items():
        marks = {mark for mark in ".," if any(mark in cell for cell in cells)}
        if len(marks) < 2 and all(map(is_number, cells)):
            rows.values[place][piece.first : piece.last] = list(map(value, cells))
            piece.marks[place] = "," if marks == {","} else "."


def arrow_compute() -> Any:
    """pyarrow's functions of arrays, which it makes when it is first imported."""
    from pyarrow import compute

    return compute


def _stripped(cells: "pa.Array") -> "pa.Array":
    """Cells without the blanks and quotes around them, as `split` leaves them."""
    compute = arrow_compute()
    inner = compute.utf8_trim(compute.utf8_trim_whitespace(cells), characters='"')
    return compute.utf8_trim_whitespace(inner)


def _with_tabs(text: bytes, separator: str) -> bytes:
    """Runs of blanks as one tab, none at the ends of lines; _Odd where it is not that simple."""
    if _RARE_BLANKS.search(text) or (separator == "  " and _CASE_OF_TWO_BLANKS.search(text)):
        raise _Odd
    content = np.frombuffer(text.replace(b" ", b"\t"), np.uint8)
    blank = content == ord("\t")
    content = content[~(blank & np.concatenate([[False], blank[:-1]]))]
    blank = content == ord("\t")
    end = np.isin(content, np.frombuffer(b"\r\n", np.uint8))
    before = np.concatenate([[True], end[:-1]])
    behind = np.concatenate([end[1:], [True]])
    return content[~(blank & (before | behind))].tobytes()
