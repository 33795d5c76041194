"""Rows that stand alone: one number far from those before and after it, with nothing to cause it.

A cell is passive: where its current changes its voltage answers, and where neither its current nor
time has changed much its voltage has not. So a current that stands alone beside a voltage that does
not answer is damaged, and so is a voltage that stands alone at one current. A pulse of one sample
has both, and is none. Where many rows stand alone it is the record's own way, and those are told
that do so far more than they.
"""

import numpy as np

from ssb_model.data.consistency.columns import (
    Columns,
    Places,
    Points,
    and_more,
    outstanding,
    pieces,
)

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
        *_told(columns, _lone_currents(I, V), "current", "which no voltage answers"),
        *_told(columns, _lone_voltages(I, V), "voltage", "at one current"),
    ]


def _told(columns: Columns, found: Places, quantity: str, why: str) -> list[str]:
    if not found.size:
        return []
    says = f"{columns.holds(int(found[0]), quantity)}, far from the rows beside it, {why}"
    return [f"{says}{and_more(found)}: is it damaged?"]


def _lone_currents(I: Points, V: Points) -> Places:
    usual, scatter = _typical(I), NOISES * _scatter(I)
    at, outside = _outside(I, scatter + SAME * usual)
    beside = np.maximum(np.abs(I[at - 1]), np.abs(I[at + 1]))
    alone = outside - scatter - SAME * np.maximum(beside, usual)
    answer, cause = (x[at] - (x[at - 1] + x[at + 1]) / 2 for x in (V, I))
    answered = -answer * np.sign(cause) > ANSWERS * _resistance(I, V) * np.abs(cause)
    answered &= _apart(V[at - 1], V[at], V[at + 1]) > NOISES * _scatter(V)
    return _found(I, at[outstanding(np.where(answered, 0.0, alone), len(I))])


def _lone_voltages(I: Points, V: Points) -> Places:
    least = NOISES * _scatter(V) + RANGE * np.ptp(np.quantile(_sample(V), [0.05, 0.95]))
    at, outside = _outside(V, least)
    scale = SAME * np.maximum(_typical(I), np.abs(I[at]))
    same = (np.abs(I[at] - I[at - 1]) <= scale) & (np.abs(I[at] - I[at + 1]) <= scale)
    first, last = np.maximum(at - 2, 0), np.minimum(at + 2, len(V) - 1)
    moves = np.maximum(np.abs(V[at - 1] - V[first]), np.abs(V[last] - V[at + 1]))
    alone = np.where(same, outside - least - SLOPES * moves, 0.0)
    return _found(V, at[outstanding(alone, len(V))])


def _found(x: Points, at: Places) -> Places:
    return np.union1d(at, _beyond(x)).astype(int)


def _outside(x: Points, least: float) -> tuple[Places, Points]:
    """Rows that lie outside those before and after them by more than `least`, and how far.

    The ends have one row beside them, and lie inside.
    """
    rows, sizes = [], []
    for piece in pieces(len(x) - 2):
        here = slice(piece.start + 1, piece.stop + 1)
        apart = _apart(x[piece], x[here], x[piece.start + 2 : piece.stop + 2])
        found = np.flatnonzero(apart > least)
        rows.append(found + here.start)
        sizes.append(apart[found])
    return np.concatenate(rows), np.concatenate(sizes)


def _apart(before: Points, own: Points, after: Points) -> Points:
    above, below = own - np.maximum(before, after), np.minimum(before, after) - own
    return np.maximum(np.maximum(above, below), 0.0)


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


def _beyond(x: Points) -> list[int]:
    """The lowest or the highest value, where it lies far outside the range of all others."""
    lowest, highest = int(np.argmin(x)), int(np.argmax(x))
    first, last = sorted((lowest, highest))
    others = [part for part in (x[:first], x[first + 1 : last], x[last + 1 :]) if part.size]
    low, high = min(part.min() for part in others), max(part.max() for part in others)
    found = [lowest] if low - x[lowest] > max(BEYOND * (x[highest] - low), 0.0) else []
    if x[highest] - high > max(BEYOND * (high - x[lowest]), 0.0):
        found.append(highest)
    return found
