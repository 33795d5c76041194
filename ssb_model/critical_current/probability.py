"""Probabilities as normal scores, checked: what every forecast is asked by."""

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from ssb_model.errors import InputError


def normal_scores(p: ArrayLike, largest: float) -> Float[np.ndarray, " ..."]:
    """Standard normal numbers that are exceeded with probability 1 - ``p``.

    Raises
    ------
    InputError
        For what is no probability, or so near 0 or 1 that its score is beyond ``largest``.

    >>> normal_scores([0.025, 0.5], 4.8).round(2).tolist()
    [-1.96, 0.0]
    """
    try:
        scores = ndtri(np.asarray(p, dtype=float))
    except (TypeError, ValueError):
        scores = np.asarray(np.inf)
    if not np.all(np.abs(scores) <= largest):
        least = ndtr(-largest)
        raise InputError(
            f"A probability must lie between 0 and 1, at least {least:.0e} from both: give numbers "
            "such as 0.025, 0.5 and 0.975."
        )
    return scores
