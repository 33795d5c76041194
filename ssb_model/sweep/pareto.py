"""Pareto fronts: the candidates that no other beats in one output without losing in the other."""

from pathlib import Path

import numpy as np

from ssb_model.errors import InputError
from ssb_model.sweep.file import Best
from ssb_model.sweep.store import columns_by_chunk

SIGN = {"low": 1.0, "high": -1.0}


def pareto(x, y, best: tuple[Best, Best] = ("low", "low")) -> np.ndarray:
    """Return the indices of the candidates on the front, by rising x; exact, O(n log n).

    One candidate beats another if it is at least as good in both and better in one, so that equal
    ones are on the front together. One without a number in x or y is on no front.

    >>> pareto([1, 2, 3, 3], [3, 3, 1, 2]).tolist()
    [0, 2]

    Raises InputError if x and y are not of one length, or `best` is neither "low" nor "high".
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.ndim != 1 or x.shape != y.shape:
        raise InputError(f"x {x.shape} and y {y.shape} must be two rows of the same length.")
    if len(best) != 2 or not set(best) <= set(SIGN):
        raise InputError(f"best is {best!r}: write 'low' or 'high' for each of x and y.")
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    front = known[_lowest(SIGN[best[0]] * x[known], SIGN[best[1]] * y[known])]
    return front[np.lexsort((front, x[front]))]


def _lowest(x, y):
    """The front towards low x and low y: of each new lowest y, where x is first."""
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    lowest = np.minimum.accumulate(y)
    first = np.searchsorted(-lowest, -lowest)  # where this lowest y was reached
    return order[(y == lowest) & (x == x[first])]


def front_of(folder: str | Path, x: str, y: str, best: tuple[Best, Best]) -> dict[str, np.ndarray]:
    """Return the front of a sweep's folder, chunk by chunk: every column, by rising x.

    `x` and `y` are columns, such as "critical current density [mA/cm2]". Memory holds one chunk
    and the front.
    """
    front = None
    for new in columns_by_chunk(folder):
        both = new if front is None else {n: np.concatenate([front[n], new[n]]) for n in new}
        kept = pareto(both[x], both[y], best)
        front = {name: values[kept] for name, values in both.items()}
    return front
