"""Regression with one unknown constant and one unknown scatter: a mixture of Student laws.

    x_i = c + e_i,  e normal of scatter s,  p(c, s) proportional to 1/s

Given m values, a further one is distributed as

    Student(m - 1) about their mean, of scale s (1 + 1/m)^(1/2),   s^2 = S/(m - 1)

with S the sum of squares about the mean, and the values are as probable as S^(-(m - 1)/2) up to
what is the same for every x. Here x_i = ln J_i - ln f(R_i) of one law; its constants' grid and the
combinations of faces each make another x, and are weighted by that probability.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from jaxtyping import Float
from scipy.special import gammaln, logsumexp, stdtr

READING = 0.01  # a critical current is reported to two digits: less scatter is not believed


class Students(NamedTuple):
    """A mixture of Student distributions.

    Attributes
    ----------
    log_weights
        ln of the probability of each; the first axis are the points of a law's grid.
    locations, scales
        Of each.
    freedom
        Degrees of freedom, of all.
    """

    log_weights: Float[np.ndarray, " points *more"]
    locations: Float[np.ndarray, " points *more"]
    scales: Float[np.ndarray, " points *more"]
    freedom: int

    @property
    def weights(self) -> Float[np.ndarray, " points *more"]:
        """The probability of each."""
        return np.exp(self.log_weights)

    def log_density(self, y: float | Float[np.ndarray, " ..."]) -> float:
        """ln of the density at `y`, which may differ from one to the other."""
        d = self.freedom
        t = (y - self.locations) / self.scales
        front = gammaln((d + 1) / 2) - gammaln(d / 2) - 0.5 * np.log(d * np.pi)
        each = front - np.log(self.scales) - (d + 1) / 2 * np.log1p(t**2 / d)
        return float(cast("float", logsumexp(self.log_weights + each)))

    def probability(self, y: float | Float[np.ndarray, " ..."]) -> float:
        """Probability of a value below `y`, which may differ from one to the other."""
        below = stdtr(self.freedom, (y - self.locations) / self.scales)
        return float(np.sum(self.weights * below))


def predictive(x: Float[np.ndarray, "points *more values"]) -> Students:
    """What the values `x`, the last axis, say of a further one, over all the axes before it."""
    m = x.shape[-1]
    means = x.mean(axis=-1)
    squares = ((x - means[..., None]) ** 2).sum(axis=-1)
    squares = np.maximum(squares, (m - 1) * READING**2)
    log_weights = -(m - 1) / 2 * np.log(squares)
    return Students(
        log_weights - logsumexp(log_weights),
        means,
        np.sqrt(squares / (m - 1) * (1 + 1 / m)),
        m - 1,
    )
