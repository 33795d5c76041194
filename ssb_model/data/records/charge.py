"""The charge that flowed in a half cycle: the current integrated, and the cycler's own count.

Between the last sample before a switch and the first after it the record does not say when the
current began. The file's own capacity tells; without it, an interval as long as those that follow
is one of a regular grid, whose samples stand at the ends of their intervals, and is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.constants import HOUR

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData

Samples = Float[np.ndarray, " samples"]

GRID = 0.02  # of an interval: a first interval so near to the following ones is one of them
AGREES = 0.01  # of the capacity: more apart, the file's count and the integral disagree


def runs_of(rows: np.ndarray) -> list[np.ndarray]:
    """Rows of a half cycle without the rests between them, as runs that follow one another."""
    return np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)


def charge_of(record: CyclingData, rows: np.ndarray) -> float:
    """Charge [A.h] that flowed in the rows, positive whatever its direction."""
    own = _own(record, rows)
    return sum(_of_run(record, run, own) for run in runs_of(rows))


def energy_of(record: CyclingData, rows: np.ndarray, charge: float) -> float:
    """Energy [W.h] of a charge [A.h]: times the mean voltage over the charge."""
    return charge * mean_voltage(record, rows)


def mean_voltage(record: CyclingData, rows: np.ndarray) -> float:
    """Voltage [V] averaged over the charge."""
    V, weight = record.voltage[rows], np.zeros(len(rows))
    step = np.abs(record.current[rows[1:]] + record.current[rows[:-1]]) / 2
    step = step * np.diff(record.time[rows]) * (np.diff(rows) == 1)
    weight[1:] += step / 2
    weight[:-1] += step / 2
    return float(np.average(V, weights=weight)) if weight.any() else float(V.mean())


def counted(record: CyclingData, rows: np.ndarray) -> float | None:
    """The cycler's own count [A.h] between a half cycle's samples; None without one."""
    own = _own(record, rows)
    return None if own is None else sum(float(np.ptp(own[run])) for run in runs_of(rows))


def between_samples(record: CyclingData, rows: np.ndarray) -> float:
    """Integral [A.h] over the same intervals as :func:`counted`."""
    return sum(_inside(record, run) for run in runs_of(rows))


def _own(record: CyclingData, rows: np.ndarray) -> Samples | None:
    """The file's column that counts this direction, if it has one that moves."""
    discharges = np.median(record.current[rows]) > 0
    first = record.discharge_capacity if discharges else record.charge_capacity
    for column in (first, record.capacity):
        if column is not None and np.isfinite(column[rows]).all() and np.ptp(column[rows]) > 0:
            return column
    return None


def _inside(record: CyclingData, run: np.ndarray) -> float:
    return float(np.trapezoid(np.abs(record.current[run]), record.time[run])) / HOUR


def _of_run(record: CyclingData, run: np.ndarray, own: Samples | None) -> float:
    begin = int(run[0])
    if begin == 0:
        return _inside(record, run)
    gap = float(record.time[begin] - record.time[begin - 1])
    first = abs(float(record.current[begin])) * gap / HOUR
    if own is not None:
        before = float(own[begin - 1])
        began = abs(float(own[begin]) - before)
        # A count that begins anew at the switch has counted little so far.
        has = min(began, abs(float(own[begin])))
        counts = has > first / 2
    else:
        inner = np.median(np.diff(record.time[run])) if len(run) > 1 else gap
        counts = abs(gap - inner) <= GRID * inner
    return _inside(record, run) + first * counts
