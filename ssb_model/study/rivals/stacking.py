r"""Weights of rival models: how well each predicts left-out data, and how far few data tell that.

With :math:`s_{ik}` the logarithm of the density that model k, fitted without datum i, gives to it,

.. math::

    w_k = \left\langle \frac{\exp \sum_i N q_i s_{ik}}{\sum_l \exp \sum_i N q_i s_{il}}
    \right\rangle, \qquad q \sim \mathrm{Dirichlet}(1, \ldots, 1)

(pseudo-Bayesian model averaging with the Bayesian bootstrap: Yao, Vehtari, Simpson and Gelman 2018,
10.1214/17-BA1091): the mean over reweighted data, so that a difference of scores counts by what it
is over its own uncertainty. Where that is small the models keep their weights, and one that the
data exclude has none. Nothing is asked about which model is true.

The mixture whose weights predict the left-out data best, which the same authors give for many
data, was taken here before. Of few data it mostly is one model alone, as if the others were
excluded, and its intervals held the truth too rarely (``python -m benchmarks.wrong_models``). A
flat prior of its weights would leave each of K models one part in N + K at least, even one that is
excluded: it lets each number have a mechanism of its own, while what is asked of a cell has the one
that its data have.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

REWEIGHTINGS = 1000
CENTRAL = (16, 84)  # per cent


class Weights(NamedTuple):
    """Of each model, and their central 68 % over reweighted data."""

    mean: Float[np.ndarray, " models"]
    low: Float[np.ndarray, " models"]
    high: Float[np.ndarray, " models"]


def stacked(scores: Float[np.ndarray, "data models"], seed: int = 0) -> Weights:
    """Weights from log predictive densities of the data that are left out.

    >>> [round(float(w), 1) for w in stacked(np.log([[0.8, 0.2], [0.2, 0.8]])).mean]
    [0.5, 0.5]
    """
    rng, data = np.random.default_rng(seed), len(scores)
    total = np.array([data * rng.dirichlet(np.ones(data)) @ scores for _ in range(REWEIGHTINGS)])
    each = np.exp(total - total.max(axis=1, keepdims=True))
    each /= each.sum(axis=1, keepdims=True)
    return Weights(each.mean(axis=0), *np.percentile(each, CENTRAL, axis=0))
