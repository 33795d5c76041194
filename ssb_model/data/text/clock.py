"""Times that are written as on a clock, and time stamps with a date, in seconds.

A stamp counts from the first of its column. Whether day or month comes first is asked where two
readings of "03/04/2023" would give different seconds.
"""

import re
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from jaxtyping import Float

from ssb_model.constants import DAY, HOUR, MINUTE
from ssb_model.data.quantities import CLOCK, CLOCKS, Column
from ssb_model.data.text.refusal import refusal
from ssb_model.data.text.table import Cell, Table
from ssb_model.errors import InputError

_CLOCK = re.compile(
    r"(?:(?P<d>[0-9]{1,4})(?:d +| days?, |\.|-))?"
    r"(?P<h>[0-9]{1,6}):(?P<m>[0-5]?[0-9]):(?P<s>[0-5]?[0-9](?:[.,][0-9]*)?)"
)
_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2}|[A-Za-z]{3})[-/.](?P<c>\d{1,4})[ T]+"
    r"(?P<h>\d{1,2}):(?P<m>\d{2}):(?P<s>\d{2}(?:[.,]\d*)?)(?: ?(?P<half>[AaPp])[Mm])?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDERS = {"year first": "abc", "day first": "cba", "month first": "cab"}


def is_clock(table: Table, column: Column) -> bool:
    """Whether a column of time holds clock times or time stamps, which need no unit."""
    if column.quantity != "time" or not len(table.rows):
        return False
    return column.unit in CLOCKS or ":" in str(table.rows[0][column.index])


def column_of_stamps(table: Table) -> str | None:
    """Header of the first column whose first cell is a date and a time."""
    first = table.rows[0] if len(table.rows) else ()
    found = (
        h for h, cell in zip(table.headers, first, strict=False) if _STAMP.fullmatch(str(cell))
    )
    return next(found, None)


def clock_seconds(
    table: Table, column: Column, cells: Sequence[Cell]
) -> Float[np.ndarray, " points"]:
    """ "1:02:03.5" and "2d 01:02:03" in seconds; time stamps in seconds since the first.

    Raises InputError if a cell is neither, or stamps leave open which number is the month.
    """
    stamps = _STAMP.fullmatch(str(cells[0])) is not None
    pattern, wanted = (_STAMP, "a date and a time") if stamps else (_CLOCK, f"a time in {CLOCK}")
    found = [pattern.fullmatch(str(cell)) for cell in cells]
    for line, cell, match in zip(table.lines, cells, found, strict=True):
        if match is None:
            raise refusal(table, column, line, cell, wanted)
    matches = [match for match in found if match is not None]
    if not stamps:
        days = np.array([int(match["d"] or 0) for match in matches])
        return days * DAY + np.array([_of_day(match) for match in matches])
    return _since_first(table, column, matches)


def _since_first(
    table: Table, column: Column, matches: Sequence[re.Match[str]]
) -> Float[np.ndarray, " points"]:
    readings = []
    for order in _ORDERS.values():
        try:
            days = np.array([_day(match, order) for match in matches])
        except ValueError:
            continue
        seconds = (days - days[0]) * DAY + np.array([_of_day(match) for match in matches])
        readings.append(seconds - seconds[0])
    if not readings:
        line, cell = table.lines[0], matches[0][0]
        raise refusal(table, column, line, cell, "a date and a time")
    if any((one != readings[0]).any() for one in readings[1:]):
        raise InputError(
            f"{table.path}, line {table.lines[0]}, column '{column.header}' holds "
            f"'{matches[0][0]}', where day and month cannot be told apart: export the time as "
            "YYYY-MM-DD, or in seconds since the start."
        )
    return readings[0]


def _day(match: re.Match[str], order: str) -> int:
    """Number of the day; ValueError where this order makes no date."""
    year, month, day = (match[group] for group in order)
    if len(year) == 4 or order != "abc":
        number = _MONTHS.index(month.lower()) + 1 if month.isalpha() else int(month)
        century = 2000 if len(year) == 2 else 0
        return datetime(century + int(year), number, int(day)).toordinal()
    raise ValueError


def _of_day(match: re.Match[str]) -> float:
    parts = match.groupdict()
    hours, seconds = int(parts["h"]), float(parts["s"].replace(",", "."))
    half = (parts.get("half") or "").lower()
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return HOUR * hours + MINUTE * int(parts["m"]) + seconds
