"""The charge that a cycler counts is the integral of its current, from each row to the next."""

from typing import NamedTuple

import numpy as np

from ssb_model.constants import HOUR
from ssb_model.data.consistency.columns import (
    Columns,
    Places,
    Points,
    and_more,
    few,
    pieces,
)

AGREES = (0.5, 2.0)  # counted over integrated: beyond it units differ, or what is counted
WITHIN = 0.1  # of the usual interval's charge
SCATTERS = 0.1  # of the ratio: more, and the count is not of this current
SAMPLE = 300_000  # intervals, for what is usual
LEAST = 5  # intervals
#: columns of capacity, and the direction of the current that they count; 0: both
COUNTED = {"capacity": 0, "discharge capacity": 1, "charge capacity": -1}


def odd_charges(columns: Columns) -> list[str]:
    """Sentences about intervals, or whole columns, whose count is not the integral."""
    found = []
    for quantity, direction in COUNTED.items():
        if quantity in columns.values:
            found += _compared(columns, quantity, direction)
    return found


def _compared(columns: Columns, quantity: str, direction: int) -> list[str]:
    intervals = len(columns.values[quantity]) - 1
    sample = _intervals(columns, quantity, direction, range(0, intervals, 1 + intervals // SAMPLE))
    if len(sample.rows) < LEAST:
        return []
    ratio = sample.counted / sample.passed
    middle = float(np.median(ratio))
    if np.median(np.abs(ratio - middle)) > SCATTERS * middle:
        return []
    if not AGREES[0] < middle < AGREES[1]:
        header = columns.header(quantity)
        return [
            f"column '{header}' counts {middle:.3g} times the integral of the current over time: "
            "is one of the three in another unit than the file says?"
        ]
    usual, found = float(np.median(sample.passed)), []
    for piece in pieces(intervals):
        here = _intervals(columns, quantity, direction, range(piece.start, piece.stop))
        off = np.abs(here.counted - middle * here.passed) - here.unsure
        found.append(here.rows[off > WITHIN * np.maximum(usual, here.passed)])
    return _told(columns, quantity, few(np.concatenate(found), intervals))


class _Intervals(NamedTuple):
    """The rows at the ends of intervals in which current flows, what is counted in each, what the
    current makes of it, and the doubt of that [A.h]."""

    rows: Places
    counted: Points
    passed: Points
    unsure: Points


def _intervals(columns: Columns, quantity: str, direction: int, begins: range) -> _Intervals:
    """Those that begin in some rows; none in which a count begins anew."""
    before = np.arange(begins.start, begins.stop, begins.step)
    after = before + 1
    I, time, count = (columns.values[name] for name in ("current", "time", quantity))
    hours = (time[after] - time[before]) / HOUR
    counted, passed = np.abs(count[after] - count[before]), np.abs(I[after] + I[before]) / 2 * hours
    flows = (I[after] * I[before] > 0) & (passed > 0)
    flows &= (np.abs(count[after]) > 2 * passed) | (np.abs(count[before]) <= 2 * passed)
    if direction:
        flows &= np.sign(I[after]) == direction
    unsure = np.abs(I[after] - I[before]) * hours
    return _Intervals(after[flows], counted[flows], passed[flows], unsure[flows])


def _told(columns: Columns, quantity: str, found: Places) -> list[str]:
    if not found.size:
        return []
    row = int(found[0])
    own = _intervals(columns, quantity, 0, range(row - 1, row))
    return [
        f"{columns.holds(row, quantity)}: {own.counted[0]:.4g} Ah are counted since the row "
        f"before, and its current makes {own.passed[0]:.4g} Ah{and_more(found)}: is one of its "
        "numbers damaged?"
    ]
