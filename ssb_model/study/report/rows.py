"""A table of the page as plain data: its head, its rows as text, and which columns are numbers."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

CAUSE = "main cause of its width"
WORDS = ("unit", "parameter", "known how", CAUSE)  # columns of words


class Rows(NamedTuple):
    """What the template's table takes.

    Attributes
    ----------
    head
        Names of the columns; the first column is text.
    rows
        Cells as text.
    numeric
        Which columns stand to the right.
    opened
        Rows of what the data leave open.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    opened: tuple[int, ...] = ()


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]], opened: Iterable[int] = ()) -> Rows:
    """A table whose columns are numbers, but for the first and those of words."""
    numeric = tuple(k > 0 and name not in WORDS for k, name in enumerate(head))
    return Rows(tuple(head), tuple(map(tuple, rows)), numeric, tuple(opened))


def interval(lower: float, upper: float) -> str:
    """Both ends with four digits.

    >>> interval(0.0349, 1234.5)
    '0.0349 … 1234'
    """
    return f"{lower:.4g} … {upper:.4g}"


def unit_shown(unit: str) -> str:
    """The unit as it is shown: 1 for a pure number."""
    return "1" if unit == "-" else unit
