"""The rows of one table: the lines of numbers below the line that names the columns.

Rows must have its number of cells. A last row cut short is left out and noted; of another row that
does not fit, and of text among rows, there is a sentence for the refusal.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ssb_model.data.text.cells import (
    begins_with_number,
    count_of_numbers,
    fitted,
    row_separator,
    split,
)

_COMMENT = ("#", "%")
#: line number and cells
Numbered: TypeAlias = tuple[int, list[str]]


@dataclass(frozen=True)
class Rows:
    """Cells of each row, the lines they stand in, notes, and the sentence about what is wrong."""

    cells: list[list[str]]
    lines: list[int]
    notes: tuple[str, ...]
    fault: str


def rows_below(
    path: Path,
    lines: Sequence[str],
    header: int,
    end: int,
    width: int,
    separator: str,
    ends: re.Pattern[str] | None,
) -> Rows:
    """The rows between the line with index `header` (-1: none) and the one with index `end`."""
    numbered, fault = _body(path, lines, ends, header, end, width)
    if width > 1 and _counts(numbered):
        numbered = numbered[1:]
    if numbered:
        separator = row_separator(numbered[0][1], separator, width)
    rows = [(line, fitted(split(text, separator), width)) for line, text in numbered]
    rows, notes = _without_cut_end(rows, lines, width)
    fault = _misfit(path, header, width, rows, separator) or fault
    return Rows([cells for _, cells in rows], [line for line, _ in rows], notes, fault)


def _body(
    path: Path,
    lines: Sequence[str],
    ends: re.Pattern[str] | None,
    header: int,
    end: int,
    width: int,
) -> tuple[list[tuple[int, str]], str]:
    """Rows between two headers as (line number, text), and the sentence about text among them."""
    rows, stopped = [], 0
    for line, text in enumerate(lines[header + 1 : end], header + 2):
        if ends and ends.match(text):
            break
        if not text.strip() or text.lstrip().startswith(_COMMENT):
            continue
        numbers = count_of_numbers(text) if stopped or not begins_with_number(text) else 1
        if numbers and not stopped:
            rows.append((line, text))
        elif not numbers and line > header + 2:
            stopped = stopped or line
        elif stopped and numbers >= max(2, width // 2):
            return rows, (
                f"{path}, line {stopped} holds text among the numbers ({lines[stopped - 1]!r:.60}):"
                " correct or delete that line."
            )
    return rows, ""


def _counts(numbered: list[tuple[int, str]]) -> bool:
    """Whether the first line is no row but their number, as Autolab's FRA writes it."""
    return len(numbered) > 1 and numbered[0][1].strip() == str(len(numbered) - 1)


def _without_cut_end(
    rows: list[Numbered], lines: Sequence[str], width: int
) -> tuple[list[Numbered], tuple[str, ...]]:
    """Leave out the file's last row if a run that was stopped has cut it short, and say so."""
    if len(rows) < 2 or len(rows[-1][1]) >= width or any(map(str.strip, lines[rows[-1][0] :])):
        return rows, ()
    return rows[:-1], (f"line {rows[-1][0]}, the last, is cut short and was left out",)


def _misfit(path: Path, header: int, width: int, rows: list[Numbered], separator: str) -> str:
    """The sentence about the first row that has not as many cells as there are columns."""
    for line, cells in rows:
        if len(cells) != width:
            says = f"line {header + 1} names" if header >= 0 else "you declare"
            comma = ", or export with decimal points" if separator == "," else ""
            return (
                f"{path}, line {line} has {len(cells)} cells where {says} {width} columns: "
                f"correct or delete that line{comma}."
            )
    return ""
