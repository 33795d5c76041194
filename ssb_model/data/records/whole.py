"""Which half cycles are whole: by what ends the others of their direction.

A symmetric cell's end by the clock, a full cell's at a voltage. One that stops short of that was
stopped, or the record shows it in part; what follows it begins where no other does, and is not
whole either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData
    from ssb_model.data.records.halves import HalfCycle

EDGE = 0.05  # of a duration, or of the window of voltage: so much less stops short
MOST = 0.6  # of a direction's half cycles: so many end alike where a voltage ends them


def marked(record: CyclingData, halves: Sequence[HalfCycle], symmetric: bool) -> list[HalfCycle]:
    """The half cycles, each with its mark."""
    window = float(np.ptp([half.end_voltage for half in halves])) or 1.0
    found, stopped = [], False
    for k, half in enumerate(halves):
        alike = [h for n, h in enumerate(halves) if n != k and h.direction == half.direction]
        edges = (half.rows[0] == 0, half.rows[-1] == len(record.time) - 1)
        follows, stopped = stopped, False
        if not alike:
            whole = True
        elif _timed(alike) and (symmetric or any(edges)):
            whole = half.end - half.begin >= (1 - EDGE) * np.median(_durations(alike))
        else:
            stopped = not symmetric and _stopped(record, half, alike, window, edges[1])
            begun = not symmetric and edges[0] and _begun(record, half, alike, window)
            whole = not (stopped or begun or follows)
        found.append(replace(half, complete=bool(whole)))
    return found


def _durations(halves: Sequence[HalfCycle]) -> list[float]:
    return [half.end - half.begin for half in halves]


def _timed(alike: Sequence[HalfCycle]) -> bool:
    """Whether half cycles end by the clock: all last as long."""
    durations = _durations(alike)
    return len(durations) > 1 and bool(np.ptp(durations) < EDGE * np.median(durations))


def _stopped(
    record: CyclingData, half: HalfCycle, alike: Sequence[HalfCycle], window: float, last: bool
) -> bool:
    """Whether it ends before the voltage at which the others end, by more than a sample moves."""
    ends = np.array([other.end_voltage for other in alike])
    near = max(EDGE * window, abs(float(np.diff(record.voltage[half.rows[-2:]])[0])))
    together = (np.abs(ends - np.median(ends)) <= EDGE * window).mean() >= MOST
    return bool((last or together) and _short(half, half.end_voltage, np.median(ends)) > near)


def _begun(record: CyclingData, half: HalfCycle, alike: Sequence[HalfCycle], window: float) -> bool:
    """Whether it began before the record, which shows it from a later voltage than the others."""
    starts = np.median([record.voltage[other.rows[0]] for other in alike])
    return bool(_short(half, starts, float(record.voltage[half.rows[0]])) > 2 * EDGE * window)


def _short(half: HalfCycle, voltage: float, of: float) -> float:
    """How much a voltage has still to go to another, the way the half cycle goes [V]."""
    return of - voltage if half.direction == "charge" else voltage - of
