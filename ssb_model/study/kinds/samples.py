"""Which samples of a long record are fitted, and how well the record tells their moment.

A piece of the record is a stretch of one current. Half of the samples go to the pieces alike, half
by their length. Within a piece a third lies evenly over its time, a third over the logarithm of the
time since its beginning, where voltages relax, and a third over that of the time until its end,
where a discharge falls.

A current that is switched between two samples leaves the time of a whole piece open by up to their
distance ``d``, and a voltage by ``d / sqrt(3) * |dV/dt|``: the root mean square of a moment that is
anywhere in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

Samples = Float[np.ndarray, " samples"]


def thinned(t: Samples, first: Sequence[int], points: int) -> Int[np.ndarray, " kept"]:
    """Indices of about ``points`` samples, the corners among them.

    What the voltage is decides nothing, so that no outlier is preferred.

    Parameters
    ----------
    t
        s, rising.
    first
        Index of the first sample of each piece.
    points
        To keep, at most; where there are more corners than points, not all of them are kept.
    """
    if len(t) <= points:
        return np.arange(len(t))
    spans = list(pairwise([*first, len(t)]))
    content, before = np.empty(len(t)), 0.0
    for begin, end in spans:
        share = 0.5 / len(spans) + 0.5 * (end - begin) / len(t)
        content[begin:end] = before + share * _content(t[begin:end])
        before += share
    corners = np.unique([edge for begin, end in spans for edge in (begin, end - 1)])
    corners = corners if len(corners) <= points else np.array([0, len(t) - 1])
    return _spread(content, corners, points)


def _content(t: Samples) -> Samples:
    """From 0 to 1 along a piece."""
    if len(t) < 3:
        return np.linspace(0.0, 1.0, len(t))
    age, left = t - t[0], t[-1] - t
    fast = age[1]
    since, until = (np.log1p(x / fast) / np.log1p(age[-1] / fast) for x in (age, left))
    return (since + 1 - until + age / age[-1]) / 3


def _spread(
    content: Samples, corners: Int[np.ndarray, " corners"], points: int
) -> Int[np.ndarray, " kept"]:
    """The corners, and what evenly spaced contents add, as finely as ``points`` allow."""
    kept, count = corners, max(points - len(corners), 1)
    while True:
        at = np.searchsorted(content, np.linspace(0, content[-1], count)).clip(0, len(content) - 1)
        more = np.union1d(corners, at)
        if len(more) > points:
            return kept
        kept, count = more, count + max(1, count // 20)


def switching_error(t: Samples, voltage: Samples, first: Sequence[int]) -> Samples:
    """Standard deviation [V] of each sample because the moment of the switch is not recorded.

    A current may be switched at any moment between the last sample before and the first one after
    it; the pieces begin at the former. All of a piece may then be later by up to that interval, and
    its voltage off by as much as it changes in that time, at the rate from a sample to the next or,
    later, to that a quarter older. A file with a sample at the switch has none of it, nor has the
    first piece.
    """
    error = np.zeros(len(t))
    for begin, end in pairwise([*first[1:], len(t)]):
        number = np.arange(end - begin)
        to = np.minimum(number + np.maximum(number // 4, 1), len(number) - 1)
        dt, dV = (x[begin:end][to] - x[begin:end] for x in (t, voltage))
        slope = np.abs(np.divide(dV, dt, out=np.zeros(len(dt)), where=dt > 0))
        slope[-1] = slope[max(len(slope) - 2, 0)]
        error[begin:end] = slope * (t[begin] - t[begin - 1]) / np.sqrt(3)
    return error
