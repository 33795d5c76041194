"""The short in a recorded ramp of the current."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float

from ssb_model.data import CyclingData
from ssb_model.errors import InputError

SHORTED = 0.5  # of the resistance before, at the same current or the one before
FLOWS = 0.02  # of the largest current: below it the cell rests


def steps_of(record: CyclingData, area: float, where: str) -> tuple[float, float | None]:
    """Last current density without a short and the first with one [A.m-2], None if none shorts.

    A short is where voltage over current falls below half of its median under the current before:
    a soft short counts, and so does a hard one.

    Parameters
    ----------
    record
        Of the ramp.
    area
        m2.
    where
        The beginning of a message.
    """
    flows = np.abs(record.current) > FLOWS * np.abs(record.current).max()
    J = np.abs(record.current[flows]) / area
    R = np.abs(record.voltage[flows] / record.current[flows])
    levels = _levels(J)
    if len(levels) < 2:
        raise InputError(f"{where} is no ramp: its current has one size only.")
    before = np.inf
    for k, (begin, end) in enumerate(levels):
        usual = min(before, np.median(R[begin:end])) if np.isfinite(before) else R[begin]
        if (R[begin:end] < SHORTED * usual).any():
            if k == 0:
                raise InputError(f"{where} is shorted from its first step on.")
            return float(J[levels[k - 1][0]]), float(J[begin])
        before = np.median(R[begin:end])
    return float(J[levels[-1][0]]), None


def _levels(J: Float[np.ndarray, " samples"]) -> list[tuple[int, int]]:
    """(begin, end) of the rows of each size of the current."""
    change = np.flatnonzero(np.abs(np.diff(J)) > FLOWS * J.max()) + 1
    edges = [0, *change, len(J)]
    return list(pairwise(edges))
