"""Rows that stand alone: one number far from those before and after it, with nothing to cause it.

A cell is passive: where its current changes its voltage answers, and where neither its current nor
time has changed much its voltage has not. So a current that stands alone beside a voltage that does
not answer is damaged, and so is a voltage that stands alone at one current. A pulse of one sample
has both, and is none. Where many rows stand alone it is the record's own way, and those are told
that do so far more than they.
"""

import numpy as np

from ssb_model.data.consistency.columns import Columns, Flags, Points, and_more, outstanding

NOISES = 6.0  # times the scatter from row to row
SLOPES = 3.0  # times what the value moves before and after
SAME = 0.02  # of a current: so near is the same
RANGE = 0.01  # of a column's range: less is not told
ANSWERS = 0.2  # of what the cell's resistance makes of a current: a voltage that answers
BEYOND = 1.0  # of the range of all others: so far outside is one alone
LEAST = 5  # rows


def lone_rows(columns: Columns) -> list[str]:
    """Sentences about lone currents and lone voltages; current positive on discharge."""
    I, V = columns.values["current"], columns.values["voltage"]
    if len(I) < LEAST:
        return []
    return [
        *_told(columns, outstanding(_lone_currents(I, V)), "current", "which no voltage answers"),
        *_told(columns, outstanding(_lone_voltages(I, V)), "voltage", "at one current"),
    ]


def _told(columns: Columns, found: np.ndarray, quantity: str, why: str) -> list[str]:
    if not found.size:
        return []
    says = f"{columns.holds(int(found[0]), quantity)}, far from the rows beside it, {why}"
    return [f"{says}{and_more(found)}: is it damaged?"]


def _lone_currents(I: Points, V: Points) -> Points:
    """How far each current stands alone; zero or less where it does not."""
    scale = _typical(I)
    outside = _outside(I)
    beside = np.maximum(np.abs(_before(I)), np.abs(_after(I)))
    lone = outside - NOISES * _scatter(I) - SAME * np.maximum(beside, scale)
    answer = V - (_before(V) + _after(V)) / 2
    cause = I - (_before(I) + _after(I)) / 2
    answered = -answer * np.sign(cause) > ANSWERS * _resistance(I, V) * np.abs(cause)
    answered &= _outside(V) > NOISES * _scatter(V)
    return np.where(_beyond(I), np.inf, np.where(answered, 0.0, lone))


def _lone_voltages(I: Points, V: Points) -> Points:
    """How far each voltage stands alone; zero or less where it does not."""
    scale = SAME * np.maximum(_typical(I), np.abs(I))
    same = (np.abs(I - _before(I)) <= scale) & (np.abs(I - _after(I)) <= scale)
    moves = np.maximum(np.abs(_before(V) - _before(V, 2)), np.abs(_after(V, 2) - _after(V)))
    least = RANGE * np.ptp(np.quantile(V, [0.05, 0.95]))
    lone = _outside(V) - NOISES * _scatter(V) - SLOPES * moves - least
    return np.where(_beyond(V), np.inf, np.where(same, lone, 0.0))


def _before(x: Points, by: int = 1) -> Points:
    return np.concatenate([np.full(by, x[0]), x[:-by]])


def _after(x: Points, by: int = 1) -> Points:
    return np.concatenate([x[by:], np.full(by, x[-1])])


def _outside(x: Points) -> Points:
    """How far each value lies outside those before and after it; the ends have one, and lie in."""
    before, after = _before(x), _after(x)
    apart = np.maximum(x - np.maximum(before, after), np.minimum(before, after) - x)
    apart[[0, -1]] = 0.0
    return np.maximum(apart, 0.0)


def _scatter(x: Points) -> float:
    return float(np.median(np.abs(np.diff(x, 2))))


def _typical(I: Points) -> float:
    """The size of the current where it flows."""
    sizes = np.abs(I)
    flowing = sizes[sizes > 0]
    return float(np.median(flowing)) if flowing.size else 0.0


def _resistance(I: Points, V: Points) -> float:
    """What the voltage makes of a change of the current, over all that are no noise."""
    dI, dV = np.abs(np.diff(I)), np.abs(np.diff(V))
    switched = dI > 0.1 * _typical(I)
    return float(np.median(dV[switched] / dI[switched])) if switched.any() else 0.0


def _beyond(x: Points) -> Flags:
    """The one value, if any, that lies far outside the range of all others."""
    ends = np.unique(np.concatenate([np.argpartition(x, 1)[:2], np.argpartition(x, -2)[-2:]]))
    lowest, low, *_ = by_size = ends[np.argsort(x[ends])]
    high, highest = by_size[-2:]
    flags = np.zeros(len(x), dtype=bool)
    flags[lowest] = x[low] - x[lowest] > BEYOND * (x[highest] - x[low]) and x[low] > x[lowest]
    flags[highest] = x[highest] - x[high] > BEYOND * (x[high] - x[lowest]) and x[highest] > x[high]
    return flags
