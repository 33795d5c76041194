"""Numbers off the steps in which an instrument counts: its converter has so many bits.

A binary file keeps what the converter gave, a whole number of steps times a gain. Where nearly all
rows have a number that comes again, one between the steps is damaged, however small the change
[derived]. The same holds of the intervals between rows. Of a text no such thing can be said: its
last digit is the step, and any digit is on it.
"""

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.data.consistency.columns import few

Points = Float[np.ndarray, " rows"]
Places = Int[np.ndarray, " found"]

AGAIN = 3  # rows with the same number: it is one of the converter's
LEVELS = 4  # such numbers, fewer of which show no step
MOSTLY = 0.95  # of all rows have one
SINGLE = 1.5  # times the least gap: two levels that far apart are neighbours
ALIKE = 0.02  # of a step: how much the gaps of neighbours differ
OFF = 0.03  # of a step, beside what single precision rounds
FAR = 300  # steps to the nearest level, over which they cannot be counted
FINE = 20  # times what single precision rounds: a smaller step is no converter's
ROUNDS = float(np.finfo(np.float32).eps)
REACH = 2  # rows on either side that are of the same step of the test
TICK = 1e-7  # s


def between_steps(values: Points, step_of_test: Points | None = None) -> Places:
    """Rows whose number is no whole number of steps from one that comes again.

    One that is far from all others is told only within a step of the test, where nothing switches.
    """
    levels, row_level, counts = np.unique(values, return_inverse=True, return_counts=True)
    again = counts >= AGAIN
    usual = levels[again]
    if len(usual) < LEVELS or counts[again].sum() < MOSTLY * len(values):
        return np.zeros(0, dtype=int)
    gaps = np.diff(usual)
    single = gaps[gaps < SINGLE * gaps.min()]
    step = float(np.mean(single))
    if np.ptp(single) > ALIKE * step or step < FINE * ROUNDS * np.abs(usual).max():
        return np.zeros(0, dtype=int)
    lone = np.flatnonzero(~again)
    away = np.abs(levels[lone] - _nearest(usual, levels[lone])) / step
    rounded = 2 * ROUNDS * np.abs(levels[lone]) / step
    between = (np.abs(away - np.round(away)) > OFF + rounded) & (away < FAR)
    found = np.isin(row_level, lone[between])
    if step_of_test is not None:
        found |= np.isin(row_level, lone[away >= FAR]) & _undisturbed(step_of_test)
    return few(np.flatnonzero(found), len(values))


def _undisturbed(step_of_test: Points) -> Bool[np.ndarray, " rows"]:
    """Rows that have some of their own step on both sides."""
    same = np.zeros(len(step_of_test), dtype=bool)
    if len(step_of_test) > 2 * REACH:
        same[REACH:-REACH] = step_of_test[2 * REACH :] == step_of_test[: -2 * REACH]
    return same


def between_ticks(time: Points) -> Places:
    """Rows before and after which an interval passes that no others have."""
    _, interval, counts = np.unique(
        np.round(np.diff(time) / TICK), return_inverse=True, return_counts=True
    )
    again = (counts >= AGAIN)[interval]
    if not again.size or np.mean(again) < MOSTLY:
        return np.zeros(0, dtype=int)
    odd = np.concatenate([[False], ~again[:-1] & ~again[1:], [False]])
    return few(np.flatnonzero(odd), len(time))


def _nearest(levels: Points, values: Points) -> Points:
    """For each value the level nearest to it; the levels rise."""
    at = np.clip(np.searchsorted(levels, values), 1, len(levels) - 1)
    below, above = levels[at - 1], levels[at]
    return np.where(values - below < above - values, below, above)
