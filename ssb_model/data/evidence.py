"""What a record shows of the way that positive current runs, as votes from -1 to +1.

A cell is passive: current that charges it raises its voltage, at once over its resistance and then
as it fills. So over every stretch of one sign of the current, the voltage's change from the rows
before it to its last rows tells whether that sign charges. The stretches vote with the size of the
change, none with more than a few usual ones, and a vote counts as far as it holds without any one
of them: levels are medians of rows, and no single damaged cell turns it. Records of fewer than
eight rows are taken as they are.
"""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from jaxtyping import Bool, Float, Int

Points: TypeAlias = Float[np.ndarray, " points"]

REST = 1e-3  # of the largest current: below it the cell rests
LEVEL = 3  # rows, whose median is the voltage before and at the end of a stretch
SHORT = 8  # rows: fewer have no row to spare
HEAVY = 3.0  # times the usual change: no stretch weighs more
SPARED = 2  # of the largest currents, which may be damaged
COUNTS = 5  # intervals, fewer of which are not heard


def flowing(current: Points) -> Bool[np.ndarray, " points"]:
    """Where current flows; the largest currents may be damaged and are not the measure."""
    sizes = np.abs(current)
    spared = min(SPARED, len(sizes) // 8)
    largest = np.partition(sizes, -1 - spared)[-1 - spared] or sizes.max()
    return sizes > REST * largest


def vote_for_charge(current: Points, voltage: Points) -> float:
    """Say by voltage how surely positive current charges: +1 certainly, -1 it discharges.

    `current` and `voltage` are (n,); 0 where no current flows, the voltage does not move, or one
    stretch of current speaks against the others.

    >>> vote_for_charge(np.array([0, 1, 1, 0, -1, -1]), np.array([3, 3.2, 3.4, 3.3, 3.1, 3.0]))
    1.0
    """
    reach = LEVEL if len(voltage) >= SHORT else 1
    I, V, begin = current, voltage, float(np.median(voltage[:reach]))
    if reach > 1:
        smooth, V = _without_spikes(current), _without_spikes(voltage)
        I = smooth if smooth.any() else current
        V[[0, -1]] = begin, np.median(voltage[-reach:])
    sign = np.where(flowing(I), np.sign(I), 0)
    starts = np.flatnonzero(np.diff(sign, prepend=sign[0] + 1) != 0)
    change = np.diff(_levels(V, starts, reach), prepend=begin)
    votes = sign[starts] * change
    votes = votes[votes != 0]
    if not len(votes):
        return 0.0
    heaviest = HEAVY * np.sort(np.abs(votes))[(len(votes) - 1) // 2]
    return _steady(np.clip(votes, -heaviest, heaviest))


def _without_spikes(values: Points) -> Points:
    """The median of each row and the two beside it; the ends as they are."""
    before, own, after = values[:-2], values[1:-1], values[2:]
    lower, upper = np.minimum(before, own), np.maximum(before, own)
    middle = np.maximum(lower, np.minimum(upper, after))
    return np.concatenate([values[:1], middle, values[-1:]])


def _levels(voltage: Points, starts: Int[np.ndarray, " stretches"], reach: int) -> Points:
    """The voltage at the end of each stretch."""
    ends = np.append(starts[1:], len(voltage))
    pairs = zip(np.maximum(starts, ends - reach), ends, strict=True)
    return np.array([np.median(voltage[start:end]) for start, end in pairs])


def _steady(votes: Points) -> float:
    """The share of votes for, less against; the weaker of it with and without the heaviest."""
    vote = _share(votes)
    if len(votes) < 3:
        return vote
    without = _share(np.delete(votes, np.argmax(votes * np.sign(vote))))
    return float(np.sign(vote) * max(0.0, min(abs(vote), np.sign(vote) * without)))


def _share(votes: Points) -> float:
    return float(votes.sum() / np.abs(votes).sum())


def votes_of_counters(values: Mapping[str, Points]) -> dict[str, float]:
    """Which sign of the current makes the counters of charge and of discharge rise."""
    found = {}
    for quantity, side in (("charge capacity", 1), ("discharge capacity", -1)):
        if quantity in values:
            rises = np.diff(values[quantity]) > 0
            signs = np.sign(values["current"][1:])[rises & flowing(values["current"])[1:]]
            if len(signs) >= COUNTS:
                found[f"the {quantity}"] = side * float(np.mean(signs))
    return found
