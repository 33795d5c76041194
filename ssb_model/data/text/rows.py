"""The rows of one table: the lines of numbers below the line that names the columns.

Rows must have its number of cells. A last row cut short is left out and noted; of another row that
does not fit, and of text among rows, there is a sentence for the refusal.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Int

from ssb_model.data.text.cells import fitted, row_separator, split
from ssb_model.data.text.lines import Lines, numbers_in
from ssb_model.data.text.streamed import LEAST, Misfit, Streamed, streamed

MOST_BEHIND = 100_000  # lines behind a table that are looked at
#: indices of lines
Indices: TypeAlias = Int[np.ndarray, " rows"]


@dataclass(frozen=True)
class Rows:
    """Cells of each row, the lines they stand in, notes, and the sentence about what is wrong."""

    cells: Sequence[list[str]] | Streamed
    lines: Indices
    notes: tuple[str, ...]
    fault: str


def rows_below(
    lines: Lines,
    header: int,
    end: int,
    width: int,
    separator: str,
    ends: re.Pattern[str] | None,
    wanted: Collection[int],
    first: int | None = None,
) -> Rows:
    """The rows between the line with index `header` (-1: none) and the one with index `end`.

    `wanted` are the places of the columns that are understood; `first` is the first line that may
    be a row, where it is not the one below the header.
    """
    found, fault = _body(lines, ends, header + 1 if first is None else first, header, end, width)
    if width > 1 and _counts(lines, found):
        found = found[1:]
    if len(found):
        separator = row_separator(lines[found[0]], separator, width)
    found, notes = _without_cut_end(found, lines, width, separator)
    try:
        cells = _cells(lines, found, separator, width, wanted)
    except Misfit as misfit:
        cells, fault = misfit.rows, _told(lines, header, width, misfit, separator)
    return Rows(cells, found + 1, notes, fault)


def _cells(
    lines: Lines, found: Indices, separator: str, width: int, wanted: Collection[int]
) -> Sequence[list[str]] | Streamed:
    """The cells of these rows; of many, their columns. Raises Misfit if a row is not `width`."""
    if len(found) and lines.starts[found[-1] + 1] - lines.starts[found[0]] > LEAST:
        return streamed(lines, found, separator, width, wanted)
    rows = [fitted(split(lines[k], separator), width) for k in found]
    for k, cells in zip(found, rows, strict=True):
        if len(cells) != width:
            raise Misfit(int(k), len(cells), rows)
    return rows


def _body(
    lines: Lines, ends: re.Pattern[str] | None, first: int, header: int, end: int, width: int
) -> tuple[Indices, str]:
    """The lines from `first` that are rows, and the sentence about text among them.

    A line that begins with a number is a row, so only the others are looked at.
    """
    begin, behind = np.searchsorted(lines.others, [first, end])
    others, numbers = lines.others[begin:behind], lines.numbers_in_others[begin:behind]
    text = np.flatnonzero((numbers == 0) & (others > header + 1))
    stop = int(others[text[0]]) if text.size else end
    for k in others[others <= stop].tolist() if ends else ():
        if ends and ends.match(lines[k]):
            return _rows(lines, first, k, others[numbers > 0]), ""
    fault = _fault(lines, ends, stop, end, width) if text.size else ""
    return _rows(lines, first, stop, others[numbers > 0]), fault


def _rows(lines: Lines, first: int, end: int, others: Indices) -> Indices:
    """The lines from `first` to `end` that begin with a number, or are among `others`."""
    found = np.flatnonzero(lines.begin_with_number[first:end]) + first
    others = others[others < end]
    return np.sort(np.append(found, others)) if len(others) else found


def _fault(lines: Lines, ends: re.Pattern[str] | None, stop: int, end: int, width: int) -> str:
    """The sentence about the line of text at `stop`, if rows go on behind it."""
    for k in range(stop + 1, end):
        text = lines[k]
        if ends and ends.match(text):
            break
        if numbers_in(text) >= max(2, width // 2) or k - stop > MOST_BEHIND:
            return (
                f"{lines.path}, line {stop + 1} holds text among the numbers "
                f"({lines[stop]!r:.60}): correct or delete that line."
            )
    return ""


def _counts(lines: Lines, found: Indices) -> bool:
    """Whether the first line is no row but their number, as Autolab's FRA writes it."""
    return len(found) > 1 and lines[found[0]].strip() == str(len(found) - 1)


def _without_cut_end(
    found: Indices, lines: Lines, width: int, separator: str
) -> tuple[Indices, tuple[str, ...]]:
    """Leave out the file's last row if a run that was stopped has cut it short, and say so."""
    if len(found) < 2:
        return found, ()
    last = int(found[-1])
    whole = len(fitted(split(lines[last], separator), width)) >= width
    if whole or not lines.are_blank_from(last + 1):
        return found, ()
    return found[:-1], (f"line {last + 1}, the last, is cut short and was left out",)


def _told(lines: Lines, header: int, width: int, misfit: Misfit, separator: str) -> str:
    """The sentence about the first row that has not as many cells as there are columns."""
    says = f"line {header + 1} names" if header >= 0 else "you declare"
    comma = ", or export with decimal points" if separator == "," else ""
    return (
        f"{lines.path}, line {misfit.line + 1} has {misfit.cells} cells where {says} {width} "
        f"columns: correct or delete that line{comma}."
    )
