"""Which unknown causes most of an interval.

The share of a quantity's variance that one unknown explains by itself: the correlation ratio, with
the expectation of the quantity given the unknown as a cubic polynomial; of an unknown with several
parts as the sum of one of each. The quantity is taken by its normal scores, since an interval is
one of ranks: on any rising scale of the quantity the shares are the same, and one draw far off has
no say. Unknowns that a measurement ties together explain what they share twice, so that shares may
add up to more than one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from scipy.special import ndtri
from scipy.stats import rankdata

DEGREE = 3
LEAST = 0.05  # share below which an unknown is not named
CONSTANT = 1e-9  # range over size, up to which a quantity does not vary
#: over the number of draws: a share that chance may give to an idle unknown of one part
CHANCE = 18.0


def explained_variance(
    values: Float[np.ndarray, " n"], sources: Mapping[str, Float[np.ndarray, "n _"]]
) -> list[tuple[str, float]]:
    """Unknowns by the share of the variance of ``values`` that each explains, the largest first.

    Parameters
    ----------
    values
        Draws of one quantity.
    sources
        Each unknown, of one or more parts, on a scale on which it is about normal.

    Returns
    -------
    list
        Those that explain 5 % or more, and more than chance may.
    """
    if np.ptp(values) <= CONSTANT * np.max(np.abs(values)):
        return []
    y = _normal_scores(values)
    total = float(y @ y)
    shares = {name: _share(x, y, total) for name, x in sources.items() if np.ptp(x) > 0}
    chance = {name: CHANCE * sources[name].shape[1] / len(y) for name in shares}
    named = [(name, s) for name, s in shares.items() if s >= max(LEAST, chance[name])]
    return sorted(named, key=lambda item: -item[1])


def _normal_scores(values: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
    """What draws of these ranks would be if they were standard normal, about zero."""
    y = ndtri((rankdata(values) - 0.5) / len(values))
    return y - y.mean()


def _share(x: Float[np.ndarray, "n parts"], y: Float[np.ndarray, " n"], total: float) -> float:
    """R squared of y on powers of x, less what chance alone would give."""
    scaled = (x - x.mean(axis=0)) / x.std(axis=0)
    powers = np.polynomial.legendre.legvander(scaled / 4, DEGREE)[:, :, 1:].reshape(len(y), -1)
    left = y - powers @ np.linalg.lstsq(powers, y, rcond=None)[0]
    n, fitted = len(y), powers.shape[1]
    return float(max(0.0, 1 - (left @ left / (n - 1 - fitted)) / (total / (n - 1))))
