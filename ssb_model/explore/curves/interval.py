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
    with np.errstate(all="ignore"):
        known = np.isfinite(values).any(axis=1)
        low, high = np.full((2, len(values)), np.nan)
        if known.any():
            low[known], high[known] = np.nanpercentile(values[known], ENDS, axis=1)
    return values[:, 0], low, high


def lost(values):
    """How many members have no number somewhere in (points, members)."""
    return int(np.sum(~np.isfinite(values).all(axis=0)))
