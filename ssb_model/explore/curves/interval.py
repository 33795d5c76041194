"""A line and the interval about it, of curves whose first member is the most probable point."""

import numpy as np

ENDS = (2.5, 97.5)


def line_and_band(values):
    """The first column, and the central 95 % of all that are finite; arrays (points,) each.

    Parameters
    ----------
    values : array (points, members)

    Returns
    -------
    line, low, high
    """
    finite = np.isfinite(values)
    whole, empty = finite.all(axis=1), ~finite.any(axis=1)
    low, high = np.full((2, len(values)), np.nan)
    low[whole], high[whole] = np.percentile(values[whole], ENDS, axis=1)
    for row in np.flatnonzero(~whole & ~empty):
        low[row], high[row] = np.percentile(values[row, finite[row]], ENDS)
    return values[:, 0], low, high


def lost(values):
    """How many members have no number somewhere in (points, members)."""
    return int(np.sum(~np.isfinite(values).all(axis=0)))
