"""Whether a record is a symmetric cell's, by its voltage alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.data.records.halves import FLOWS, HalfCycle

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData

EVEN = 0.5  # of their distance: the voltages of both directions lie so evenly about zero
AT_REST = 0.1  # of the voltage under current: a cell of two like electrodes has less at rest
LARGEST = 1.0  # V: without a rest or a second direction, a larger one is a full cell's


def is_symmetric(record: CyclingData, halves: list[HalfCycle]) -> bool:
    """Whether the voltage lies about zero: as far below under one direction as above in the other.

    A record of one direction is one if the cell has no voltage at rest.
    """
    means = {
        way: float(np.median([h.mean_voltage for h in halves if h.direction == way]))
        for way in ("charge", "discharge")
        if any(h.direction == way for h in halves)
    }
    if len(means) == 2:
        charge, discharge = means.values()
        return abs(charge + discharge) < EVEN * abs(charge - discharge)
    sizes = np.abs(record.current)
    rests = record.voltage[sizes <= FLOWS * sizes.max(initial=0.0)]
    [mean] = means.values()
    if rests.size:
        return float(np.median(np.abs(rests))) < AT_REST * abs(mean)
    return abs(mean) < LARGEST
