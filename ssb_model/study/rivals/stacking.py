r"""Weights of rival models: those of the mixture that predicts left-out data best.

With p_ik the density that model k, fitted without datum i, gives to it, the weights are

.. math::

    \max_w \sum_i \ln \sum_k w_k \, p_{ik}, \qquad w_k \ge 0, \quad \sum_k w_k = 1

(stacking of predictive distributions: Yao, Vehtari, Simpson and Gelman 2018, 10.1214/17-BA1091).
Nothing is asked about which model is true; two models that say the same share one weight in any
proportion. How far the weights hang on single data is seen by reweighting the data (the Bayesian
bootstrap: weights of the data from a flat Dirichlet distribution).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

STEPS, SETTLED = 3000, 1e-7
REWEIGHTINGS = 200
CENTRAL = (16, 84)  # per cent


def stacked(
    scores: Float[np.ndarray, "data models"], share: Float[np.ndarray, " data"] | None = None
) -> Float[np.ndarray, " models"]:
    """Weights from log predictive densities; ``share`` is the weight of each datum.

    Each step moves every weight by the mean share that its model has in the mixture's density,
    which never lowers the sum.

    >>> [round(float(w), 3) for w in stacked(np.log([[0.8, 0.2], [0.2, 0.8]]))]
    [0.5, 0.5]
    """
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    of_data = np.full(len(p), 1 / len(p)) if share is None else share
    w = np.full(p.shape[1], 1 / p.shape[1])
    for _ in range(STEPS):
        moved = w * (of_data @ (p / (p @ w)[:, None]))
        if np.abs(moved - w).max() < SETTLED:
            return moved
        w = moved
    return w


def reweighted(
    scores: Float[np.ndarray, "data models"], seed: int = 0
) -> Float[np.ndarray, "ends models"]:
    """Central 68 % of each weight over reweighted data."""
    shares = np.random.default_rng(seed).dirichlet(np.ones(len(scores)), REWEIGHTINGS)
    return np.percentile([stacked(scores, share) for share in shares], CENTRAL, axis=0)


def plausible(scores: Float[np.ndarray, "data models"]) -> Float[np.ndarray, " models"]:
    """Weights in proportion to exp(sum of the scores): how well each alone predicts.

    Unlike :func:`stacked`, two models that say the same both keep theirs.
    """
    total = scores.sum(axis=0)
    share = np.exp(total - total.max())
    return share / share.sum()
