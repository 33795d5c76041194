"""A line and the interval about it, of curves whose first member is the most probable point."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from jaxtyping import Float

Points: TypeAlias = Float[np.ndarray, " points"]
ENDS = (2.5, 97.5)


def line_and_band(values: Float[np.ndarray, "points members"]) -> tuple[Points, Points, Points]:
    """The first column, and both ends of the central 95 % of all members that are finite."""
    finite = np.isfinite(values)
    whole, empty = finite.all(axis=1), ~finite.any(axis=1)
    low, high = np.full((2, len(values)), np.nan)
    low[whole], high[whole] = np.percentile(values[whole], ENDS, axis=1)
    for row in np.flatnonzero(~whole & ~empty):
        low[row], high[row] = np.percentile(values[row, finite[row]], ENDS)
    return values[:, 0], low, high


def lost(values: Float[np.ndarray, "points members"]) -> int:
    """How many members have no number at some point."""
    return int(np.sum(~np.isfinite(values).all(axis=0)))
