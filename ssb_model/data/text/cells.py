"""Cells of a line of text: how lines are parted, and which cells are numbers."""

import csv
import re

SEPARATORS = ("\t", ";", ",", "  ", " ")
_AS_PYTHON = str.maketrans(",dD", ".eE")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eEdD][-+]?[0-9]+)?")


def is_number(cell: str) -> bool:
    """Whether a cell is a decimal number, with a point or a comma.

    >>> is_number("-1,5E+003"), is_number("1_000"), is_number("nan")
    (True, False, False)
    """
    return _NUMBER.fullmatch(cell) is not None


def value(cell: str) -> float:
    """The number that a cell is.

    >>> value("-1,5D+003")
    -1500.0
    """
    return float(cell.translate(_AS_PYTHON))


def begins_with_number(line: str) -> bool:
    """Whether the first cell of a line begins as a number: then it is a row and no header."""
    return _NUMBER.match(line.lstrip('\t ,;"')) is not None


def count_of_numbers(line: str) -> int:
    """How many cells of a line are numbers, whatever parts them."""
    return sum(map(is_number, re.split(r"[\t;, ]+", line)))


def split(line: str, separator: str) -> list[str]:
    """Cells of a line, stripped of spaces and quotes; "  " parts at two spaces or more."""
    if separator == " ":
        cells = line.split()
    elif separator == "  ":
        cells = re.split(r"\s{2,}", line.strip())
    elif '"' in line:
        cells = _quoted(line, separator)
    else:
        cells = line.split(separator)
    return [cell.strip().strip('"').strip() for cell in cells]


def _quoted(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a cell larger than any that is quoted
        return line.split(separator)


def fitted(cells: list[str], width: int) -> list[str]:
    """Drop what a separator at the end of a row adds."""
    while len(cells) > width and cells[-1] == "":
        cells.pop()
    return cells


def row_separator(row: str, of_header: str, width: int) -> str:
    """Rows may be separated otherwise than their header; the first of them tells."""
    for separator in (of_header, *SEPARATORS):
        if len(fitted(split(row, separator), width)) == width:
            return separator
    if of_header in row:
        return of_header
    return max(SEPARATORS, key=lambda separator: len(split(row, separator)))
