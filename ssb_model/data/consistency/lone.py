"""Rows that stand alone: one number far from those before and after it, with nothing to cause it.

A cell is passive: where its current changes its voltage answers, and where neither its current nor
time has changed much its voltage has not. So a current that stands alone beside a voltage that does
not answer is damaged, and so is a voltage that stands alone at one current. A pulse of one sample
has both, and is none. Where many rows stand alone it is the record's own way, and those are told
that do so far more than they.
"""

import numpy as np

from ssb_model.data.consistency.columns import Columns, Flags, Places, Points, and_more, outstanding

NOISES = 6.0  # times the scatter from row to row
SLOPES = 3.0  # times what the value moves before and after
SAME = 0.02  # of a current: so near is the same
RANGE = 0.01  # of a column's range: less is not told
ANSWERS = 0.2  # of what the cell's resistance makes of a current: a voltage that answers
BEYOND = 1.0  # of the range of all others: so far outside is one alone
SAMPLE = 300_000  # rows
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
    usual, scatter, outside = _typical(I), NOISES * _scatter(I), _outside(I)
    at = np.flatnonzero(outside > scatter + SAME * usual)
    beside = np.maximum(np.abs(I[at - 1]), np.abs(I[at + 1]))
    alone = outside[at] - scatter - SAME * np.maximum(beside, usual)
    answer, cause = (x[at] - (x[at - 1] + x[at + 1]) / 2 for x in (V, I))
    answered = -answer * np.sign(cause) > ANSWERS * _resistance(I, V) * np.abs(cause)
    answered &= _apart(V[at - 1], V[at], V[at + 1]) > NOISES * _scatter(V)
    return _sizes(I, at, np.where(answered, 0.0, alone))


def _lone_voltages(I: Points, V: Points) -> Points:
    """How far each voltage stands alone; zero or less where it does not."""
    least = NOISES * _scatter(V) + RANGE * np.ptp(np.quantile(_sample(V), [0.05, 0.95]))
    outside = _outside(V)
    at = np.flatnonzero(outside > least)
    scale = SAME * np.maximum(_typical(I), np.abs(I[at]))
    same = (np.abs(I[at] - I[at - 1]) <= scale) & (np.abs(I[at] - I[at + 1]) <= scale)
    first, last = np.maximum(at - 2, 0), np.minimum(at + 2, len(V) - 1)
    moves = np.maximum(np.abs(V[at - 1] - V[first]), np.abs(V[last] - V[at + 1]))
    return _sizes(V, at, np.where(same, outside[at] - least - SLOPES * moves, 0.0))


def _sizes(x: Points, at: Places, alone: Points) -> Points:
    """How far each value stands alone, from the rows that may; one beyond all others."""
    sizes = np.zeros(len(x))
    sizes[at] = alone
    sizes[_beyond(x)] = np.inf
    return sizes


def _outside(x: Points) -> Points:
    """How far each value lies outside those before and after it; the ends have one, and lie in."""
    apart = np.zeros(len(x))
    apart[1:-1] = _apart(x[:-2], x[1:-1], x[2:])
    return apart


def _apart(before: Points, own: Points, after: Points) -> Points:
    apart = np.maximum(before, after)
    np.subtract(own, apart, out=apart)
    np.maximum(apart, np.minimum(before, after) - own, out=apart)
    return np.maximum(apart, 0.0, out=apart)


def _sample(x: Points) -> Points:
    """Values evenly from a long column: enough for a median."""
    return x[:: max(1, len(x) // SAMPLE)]


def _scatter(x: Points) -> float:
    apart = max(1, len(x) // SAMPLE)
    return float(np.median(np.abs(x[:-2:apart] - 2 * x[1:-1:apart] + x[2::apart])))


def _typical(I: Points) -> float:
    """The size of the current where it flows."""
    sizes = np.abs(_sample(I))
    flowing = sizes[sizes > 0]
    return float(np.median(flowing)) if flowing.size else 0.0


def _resistance(I: Points, V: Points) -> float:
    """What the voltage makes of a change of the current, over all that are no noise."""
    dI = np.abs(np.diff(I))
    at = np.flatnonzero(dI > 0.1 * _typical(I))
    return float(np.median(np.abs(V[at + 1] - V[at]) / dI[at])) if at.size else 0.0


def _beyond(x: Points) -> Flags:
    """The one value, if any, that lies far outside the range of all others."""
    lowest, highest = int(np.argmin(x)), int(np.argmax(x))
    others = np.delete(x, [lowest, highest])
    low, high = float(others.min()), float(others.max())
    flags = np.zeros(len(x), dtype=bool)
    flags[lowest] = low - x[lowest] > max(BEYOND * (x[highest] - low), 0.0)
    flags[highest] = x[highest] - high > max(BEYOND * (high - x[lowest]), 0.0)
    return flags
