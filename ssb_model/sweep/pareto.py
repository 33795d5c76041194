"""Two outputs at once: the Pareto front that no candidate beats, and how many lie where.

A candidate is on the front if no other beats it in one output without losing in the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int, Shaped
from numpy.typing import ArrayLike

from ssb_model.errors import InputError
from ssb_model.sweep.file import Best
from ssb_model.sweep.store import columns_by_chunk
from ssb_model.sweep.variables import DECADE

SIGN = {"low": 1.0, "high": -1.0}
CELLS = 90  # of a cloud along an axis


def pareto(
    x: ArrayLike, y: ArrayLike, best: tuple[Best, Best] = ("low", "low")
) -> Int[np.ndarray, " front"]:
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


def _lowest(x: Float[np.ndarray, " n"], y: Float[np.ndarray, " n"]) -> Int[np.ndarray, " front"]:
    """The front towards low x and low y: of each new lowest y, where x is first."""
    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    lowest = np.minimum.accumulate(y)
    first = np.searchsorted(-lowest, -lowest)  # where this lowest y was reached
    return order[(y == lowest) & (x == x[first])]


def front_of(
    folder: str | Path, x: str, y: str, best: tuple[Best, Best]
) -> dict[str, Shaped[np.ndarray, " front"]]:
    """Return the front of a sweep's folder, chunk by chunk: every column, by rising x.

    `x` and `y` are columns, such as "critical current density [mA/cm2]". Memory holds one chunk
    and the front.
    """
    front: dict[str, np.ndarray] = {}
    for new in columns_by_chunk(folder):
        both = {n: np.concatenate([front[n], new[n]]) for n in new} if front else new
        kept = pareto(both[x], both[y], best)
        front = {name: values[kept] for name, values in both.items()}
    return front


@dataclass(frozen=True, eq=False)
class Cloud:
    """How many candidates lie in each cell of the plane of two outputs.

    Attributes
    ----------
    x, y
        Edges of the cells.
    counts
        Candidates in each cell; only those that have both outputs.
    logarithmic
        Whether the cells are even on a logarithmic scale, of x and of y.
    """

    x: Float[np.ndarray, " nx+1"]
    y: Float[np.ndarray, " ny+1"]
    counts: Float[np.ndarray, "ny nx"]
    logarithmic: tuple[bool, bool]

    @property
    def candidates(self) -> int:
        """How many there are."""
        return int(self.counts.sum())


def cloud_of(folder: str | Path, x: str, y: str) -> Cloud | None:
    """Count candidates over two columns in two passes, a chunk at a time; None without any."""
    lowest, highest = np.full(2, np.inf), np.full(2, -np.inf)
    for points in _points(folder, x, y):
        lowest = np.minimum(lowest, points.min(axis=1, initial=np.inf))
        highest = np.maximum(highest, points.max(axis=1, initial=-np.inf))
    if not np.all(np.isfinite(lowest)):
        return None
    log_x, log_y = (bool(a > 0 and b > DECADE * a) for a, b in zip(lowest, highest, strict=True))
    x_edges = _edges(lowest[0], highest[0], log_x)
    y_edges = _edges(lowest[1], highest[1], log_y)
    counts = np.zeros((CELLS, CELLS))
    for points in _points(folder, x, y):
        counts += np.histogram2d(points[0], points[1], bins=(x_edges, y_edges))[0]
    return Cloud(x_edges, y_edges, counts.T, (log_x, log_y))


def _points(folder: str | Path, x: str, y: str) -> Iterator[Float[np.ndarray, "2 n"]]:
    """Both columns where both are numbers."""
    for columns in columns_by_chunk(folder, [x, y]):
        points = np.stack([columns[x], columns[y]])
        yield points[:, np.isfinite(points).all(axis=0)]


def _edges(lower: float, upper: float, logarithmic: bool) -> Float[np.ndarray, " cells+1"]:
    """Edges of the cells; the ends themselves are inside, also where they coincide."""
    if logarithmic:
        edges = np.geomspace(lower, upper, CELLS + 1)
    else:
        width = max(upper - lower, 1e-6 * abs(upper), np.finfo(float).tiny ** 0.5)
        edges = np.linspace(upper - width, upper, CELLS + 1)
    edges[0], edges[-1] = min(edges[0], lower), max(edges[-1], upper)
    return edges
