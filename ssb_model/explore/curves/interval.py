"""A line and the interval about it, of curves whose first member is the most probable point.

The interval is of what would be measured on a further cell (:mod:`ssb_model.library.spread`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from ssb_model.prediction import further_cell

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


def measured(
    names: Sequence[str], values: Float[np.ndarray, "points members"]
) -> Float[np.ndarray, "points members"]:
    """The members after the first as they would be measured, each on a cell of its own.

    ``names`` are those of the points' questions, ``values`` in the questions' units.
    """
    of_mean = {name: (row[1:], "") for name, row in zip(names, values, strict=True)}
    further = further_cell(of_mean, measured_current=False, seed=0).values
    return np.column_stack([values[:, 0], [further[name][0] for name in names]])


def lost(values: Float[np.ndarray, "points members"]) -> int:
    """How many members have no number at some point."""
    return int(np.sum(~np.isfinite(values).all(axis=0)))
