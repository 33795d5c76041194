r"""Which measurement tells rival models apart: how far apart they predict it, over the noise.

Of a possible measurement model k predicts the numbers y_k with the covariance V_k of its
posterior, and noise N is added. Two models are apart by

.. math::

    d_{kl}^2 = (y_k - y_l)^T \left(\frac{V_k + V_l}{2} + N\right)^{-1} (y_k - y_l),

the expected difference in standard deviations of what would be read: above 3 the measurement
decides between them, below 1 it says little. Pairs count by the weights of both models,
so that one that the data exclude already does not choose the experiment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.study.design import Answer, answers, candidates

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

DECIDES = 3.0  # standard deviations from which a measurement decides between two models


class Expectation(NamedTuple):
    """What one model expects of a measurement: values, covariance of its posterior, noise."""

    values: Float[np.ndarray, " numbers"]
    covariance: Float[np.ndarray, "numbers numbers"]
    noise: Float[np.ndarray, " numbers"]


@dataclass(frozen=True)
class Separation:
    """How well a possible measurement separates the models.

    Attributes
    ----------
    experiment
        Its name.
    hours
        None if its kind does not say.
    mean
        Root of the mean square of d over the pairs, by their weights.
    least
        The smallest d of a pair of models, and their names.
    pair
        Whose it is.
    """

    experiment: str
    hours: float | None
    mean: float
    least: float
    pair: tuple[str, str]


def separations(
    fits: Mapping[str, StudyFit], weights: Mapping[str, float]
) -> tuple[list[Separation], tuple[str, ...]]:
    """All candidates, the one that separates best first; names of those without an answer.

    Candidates are the study's own, else the usual ones that all models have.
    """
    expected = {name: _expected(fit) for name, fit in fits.items()}
    named = {c.name: c.hours for c in candidates(next(iter(fits.values())).study)}
    usable = [
        name
        for name in named
        if all(name in own and np.isfinite(own[name].covariance).all() for own in expected.values())
    ]
    found = [
        _separation(name, named[name], {k: own[name] for k, own in expected.items()}, weights)
        for name in usable
    ]
    left_out = tuple(name for name in named if name not in usable)
    return sorted(found, key=lambda one: -one.mean), left_out


def apart(one: Expectation, other: Expectation) -> float:
    """d of two models."""
    noise = (one.noise**2 + other.noise**2) / 2
    spread = (one.covariance + other.covariance) / 2 + np.diag(noise)
    difference = one.values - other.values
    return float(np.sqrt(difference @ np.linalg.solve(spread, difference)))


def _expected(fit: StudyFit) -> dict[str, Expectation]:
    possible = candidates(fit.study)
    sigma = fit.fit.covariance
    return {
        experiment.name: _expectation(answer, sigma)
        for experiment, answer in zip(
            possible, answers(fit.study, possible, fit.fit.u), strict=True
        )
    }


def _expectation(answer: Answer, sigma: Float[np.ndarray, "p p"]) -> Expectation:
    return Expectation(answer.values, answer.jacobian @ sigma @ answer.jacobian.T, answer.noise)


def _separation(
    name: str,
    hours: float | None,
    expected: Mapping[str, Expectation],
    weights: Mapping[str, float],
) -> Separation:
    pairs = list(combinations(expected, 2))
    d = [apart(expected[a], expected[b]) for a, b in pairs]
    share = np.array([weights[a] * weights[b] for a, b in pairs])
    mean = np.sqrt(np.average(np.square(d), weights=share if share.sum() > 0 else None))
    least = int(np.argmin(d))
    return Separation(name, hours, float(mean), d[least], pairs[least])
