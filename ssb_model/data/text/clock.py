"""Times that are written as on a clock, and time stamps with a date, in seconds.

A stamp counts from the first of its column. Whether day or month comes first is asked where two
readings of "03/04/2023" would give different seconds.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float, Int

from ssb_model.constants import DAY, HOUR, MINUTE
from ssb_model.data.quantities import CLOCK, CLOCKS, Column
from ssb_model.data.text.refusal import refusal
from ssb_model.data.text.streamed import Streamed, arrow_compute
from ssb_model.data.text.table import Cell, Table
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

_CLOCK = re.compile(
    r"(?:(?P<d>[0-9]{1,4})(?:d +| days?, |\.|-))?"
    r"(?P<h>[0-9]{1,6}):(?P<m>[0-5]?[0-9]):(?P<s>[0-5]?[0-9](?:[.,][0-9]*)?)"
)
_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2}|[A-Za-z]{3})[-/.](?P<c>\d{1,4})[ T]+"
    r"(?P<h>\d{1,2}):(?P<m>\d{2}):(?P<s>\d{2}(?:[.,]\d*)?)(?: ?(?P<half>[AaPp])[Mm])?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = "abc"
BETWEEN = "\0"  # parts of a date
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


def clock_seconds(table: Table, column: Column) -> Float[np.ndarray, " points"]:
    """ "1:02:03.5" and "2d 01:02:03" in seconds; time stamps in seconds since the first.

    Raises InputError if a cell is neither, or stamps leave open which number is the month.
    """
    first = str(table.rows[0][column.index])
    if _STAMP.fullmatch(first):
        return _since_first(table, column, first, _read(table, column, _STAMP, _DATE))
    clocks = _read(table, column, _CLOCK, ("d",))
    days = np.array([int(day or 0) for (day,) in clocks.dates])
    return days[clocks.date] * DAY + clocks.of_day


class _Clocks(NamedTuple):
    """The dates that there are, which of them each point has, and its time of the day [s]."""

    dates: Sequence[Sequence[str]]
    date: Int[np.ndarray, " points"]
    of_day: Float[np.ndarray, " points"]


def _read(table: Table, column: Column, pattern: re.Pattern[str], names: Sequence[str]) -> _Clocks:
    """The clocks of a column; `names` are the groups of the `pattern` that make a date."""
    if not isinstance(table.rows, Streamed):
        return _one_by_one(table, column, pattern, names, 0, list(table.cells(column)))
    dates: dict[Sequence[str], int] = {}
    which, of_day = [], []
    for piece, texts in table.rows.texts(column.index):
        clocks = _together(texts, pattern, names) or _one_by_one(
            table, column, pattern, names, piece.first, texts.to_pylist()
        )
        here = np.array([dates.setdefault(date, len(dates)) for date in clocks.dates])
        which.append(here[clocks.date])
        of_day.append(clocks.of_day)
    return _Clocks(list(dates), np.concatenate(which), np.concatenate(of_day))


def _one_by_one(
    table: Table,
    column: Column,
    pattern: re.Pattern[str],
    names: Sequence[str],
    first: int,
    cells: Sequence[Cell],
) -> _Clocks:
    """The clocks in the cells from row `first` on. Raises InputError if one is none."""
    dates: dict[Sequence[str], int] = {}
    which, of_day = [], []
    for row, cell in enumerate(cells, first):
        match = pattern.fullmatch(str(cell))
        if match is None:
            wanted = "a date and a time" if pattern is _STAMP else f"a time in {CLOCK}"
            raise refusal(table, column, table.lines[row], cell, wanted)
        which.append(dates.setdefault(match.group(*names, 0)[:-1], len(dates)))
        of_day.append(_of_day(match))
    return _Clocks(list(dates), np.array(which), np.array(of_day))


def _together(texts: "pa.Array", pattern: re.Pattern[str], names: Sequence[str]) -> _Clocks | None:
    """The clocks in many cells at once, by pyarrow; None if one of them is none."""
    compute = arrow_compute()
    found = compute.extract_regex(texts, f"^(?:{pattern.pattern})$")
    if found.null_count:
        return None
    groups = dict(zip((one.name for one in found.type), found.flatten(), strict=True))
    whole = {name: groups[name].cast("int64").to_numpy() for name in "hm"}
    seconds = compute.replace_substring(groups["s"], ",", ".").cast("float64").to_numpy()
    hours = whole["h"]
    if "half" in groups:
        half = compute.utf8_lower(groups["half"]).to_numpy(zero_copy_only=False)
        hours = np.where(half == "", hours, hours % 12 + np.where(half == "p", 12, 0))
    parts = [groups[name] for name in names]
    coded = compute.binary_join_element_wise(*parts, BETWEEN).dictionary_encode()
    dates = [tuple(date.split(BETWEEN)) for date in coded.dictionary.to_pylist()]
    of_day = HOUR * hours + MINUTE * whole["m"] + seconds
    return _Clocks(dates, coded.indices.to_numpy(), of_day)


def _since_first(
    table: Table, column: Column, first: str, clocks: _Clocks
) -> Float[np.ndarray, " points"]:
    readings = []
    for order in _ORDERS.values():
        try:
            days = np.array([_day(date, order) for date in clocks.dates])
        except ValueError:
            continue
        seconds = (days - days[clocks.date[0]])[clocks.date] * DAY + clocks.of_day
        readings.append(seconds - seconds[0])
    if not readings:
        raise refusal(table, column, table.lines[0], first, "a date and a time")
    if any((one != readings[0]).any() for one in readings[1:]):
        raise InputError(
            f"{table.path}, line {table.lines[0]}, column '{column.header}' holds "
            f"'{first}', where day and month cannot be told apart: export the time as "
            "YYYY-MM-DD, or in seconds since the start."
        )
    return readings[0]


def _day(date: Sequence[str], order: str) -> int:
    """Number of the day; ValueError where this order makes no date."""
    year, month, day = (date[_DATE.index(group)] for group in order)
    if len(year) == 4 or order != _DATE:
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
