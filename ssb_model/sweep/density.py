"""How many candidates lie where in the plane of two outputs."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ssb_model.sweep.store import columns_by_chunk

CELLS = 90  # along an axis
DECADE = 10.0  # outputs whose ends are further apart are shown on a logarithmic scale


@dataclass(frozen=True, eq=False)
class Cloud:
    """Numbers of candidates (ny, nx) between edges; `candidates` of them have both outputs."""

    x: np.ndarray
    y: np.ndarray
    counts: np.ndarray
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
    logarithmic = [bool(a > 0 and b > DECADE * a) for a, b in zip(lowest, highest, strict=True)]
    ends = zip(lowest, highest, logarithmic, strict=True)
    edges = [_edges(*end) for end in ends]
    counts = sum(np.histogram2d(*points, bins=edges)[0] for points in _points(folder, x, y))
    return Cloud(*edges, counts.T, tuple(logarithmic))


def _points(folder, x, y):
    """Both columns (2, n) where both are numbers."""
    for columns in columns_by_chunk(folder, [x, y]):
        points = np.stack([columns[x], columns[y]])
        yield points[:, np.isfinite(points).all(axis=0)]


def _edges(lower, upper, logarithmic):
    """Edges of the cells; the ends themselves are inside, also where they coincide."""
    if logarithmic:
        edges = np.geomspace(lower, upper, CELLS + 1)
    else:
        width = max(upper - lower, 1e-6 * abs(upper), np.finfo(float).tiny ** 0.5)
        edges = np.linspace(upper - width, upper, CELLS + 1)
    edges[0], edges[-1] = min(edges[0], lower), max(edges[-1], upper)
    return edges
