"""Quantiles of a forecast at any resistance, tabulated once and then looked up.

A law's forecast at R is a mixture of thousands of Student distributions that R only shifts. So
they are gathered for each value of the law's constants first, as a function of the distance from
its middle, and these few curves are added up at each tabulated R. Quantiles lie on a grid even in
ln R and in the normal score of p and are interpolated linearly in both. Of the founding library,
the probability below a looked-up quantile is within 2e-3 of p (``tests/critical_current``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike
from scipy.special import ndtr, stdtr

from ssb_model.critical_current.forecast.candidates import CANDIDATES, Candidate
from ssb_model.critical_current.forecast.students import Students
from ssb_model.critical_current.probability import normal_scores
from ssb_model.errors import InputError
from ssb_model.library import OHM_M2, positive

LOWEST, HIGHEST = 1e-7, 10.0  # Ohm.m2: 1 mohm cm2 to 100 kohm cm2
LN_R = np.linspace(np.log(LOWEST), np.log(HIGHEST), 225)
SCORES = np.linspace(-7.0, 7.0, 141)  # normal scores of the tabulated probabilities
REACH = np.linspace(-15.0, 15.0, 601)  # arcsinh of a distance from the middle, in scales
NEGLIGIBLE = 1e-9

#: ln J at the tabulated resistances and probabilities, and one law's medians
Table = Float[np.ndarray, "resistances probabilities"]
Medians = Float[np.ndarray, " resistances"]


def tabulate(
    parts: Mapping[str, Students], weights: Mapping[str, float]
) -> tuple[Table, Mapping[str, Medians]]:
    """ln J [A.m-2] of the mixture, and each law's medians."""
    curves = {law: _Curves(CANDIDATES[law], students) for law, students in parts.items()}
    ln_J = _distances(curves.values(), list(weights.values()))
    below = {law: each.below(ln_J) for law, each in curves.items()}
    mixed = np.asarray(sum(weights[law] * each for law, each in below.items()))
    medians = {law: _inverted(each, ln_J, 0.5) for law, each in below.items()}
    return _inverted(mixed, ln_J, ndtr(SCORES)), medians


def look_up(table: Table, R: ArrayLike, p: ArrayLike) -> Float[np.ndarray, " ..."]:
    """ln J at resistances `R` and probabilities `p`, which broadcast."""
    (i, a), (j, b) = _resistance_places(R), _places(normal_scores(p, SCORES[-1]), SCORES)
    _refuse_unlike(i, j)
    low = table[i, j] * (1 - b) + table[i, j + 1] * b
    return low * (1 - a) + (table[i + 1, j] * (1 - b) + table[i + 1, j + 1] * b) * a


def look_up_median(medians: Medians, R: ArrayLike) -> Float[np.ndarray, " ..."]:
    """ln J of one law's median at resistances `R`."""
    i, a = _resistance_places(R)
    return medians[i] * (1 - a) + medians[i + 1] * a


#: places in evenly spaced nodes: the node before, and the share of the way to the next
Places = tuple[Int[np.ndarray, " ..."], Float[np.ndarray, " ..."]]


class _Curves:
    """Cumulative distributions of one law about the middle for each point of its grid."""

    share: Float[np.ndarray, " points"]
    scales: Float[np.ndarray, " points"]
    middles: Float[np.ndarray, "points resistances"]
    curves: Float[np.ndarray, "points reach"]

    def __init__(self, candidate: Candidate, students: Students) -> None:
        kept = students.weights.sum(axis=1) > NEGLIGIBLE
        weights, locations, scales = (
            each[kept] for each in (students.weights, students.locations, students.scales)
        )
        middles = np.average(locations, axis=1, weights=weights)
        self.share = weights.sum(axis=1)
        self.scales = np.average(scales, axis=1, weights=weights)
        self.middles = middles[:, None] + candidate(np.exp(LN_R))[kept]
        points = weights, locations - middles[:, None], scales, self.scales
        self.curves = np.stack(
            [_curve(students.freedom, *point) for point in zip(*points, strict=True)]
        )

    def below(
        self, ln_J: Float[np.ndarray, "resistances values"]
    ) -> Float[np.ndarray, "resistances values"]:
        """Probability below each `ln_J`, whose rows go with the tabulated resistances."""
        total = np.zeros_like(ln_J)
        for middle, scale, curve in zip(self.middles, self.scales, self.curves, strict=True):
            reached = np.arcsinh((ln_J - middle[:, None]) / scale)
            i, a = _places(np.clip(reached, REACH[0], REACH[-1]), REACH)
            total += curve[i] * (1 - a) + curve[i + 1] * a
        return total


def _curve(
    freedom: int,
    weights: Float[np.ndarray, " faces"],
    locations: Float[np.ndarray, " faces"],
    scales: Float[np.ndarray, " faces"],
    scale: float,
) -> Float[np.ndarray, " reach"]:
    """Probability below each distance of REACH, in units of `scale`, over the faces."""
    distances = scale * np.sinh(REACH) - locations[:, None]
    return weights @ stdtr(freedom, distances / scales[:, None])


def _distances(
    curves: Iterable[_Curves], weights: Sequence[float]
) -> Float[np.ndarray, "resistances reach"]:
    """ln J at which to tabulate: dense about the median of the middles, ever wider outwards."""
    share = np.concatenate([w * each.share for w, each in zip(weights, curves, strict=True)])
    middles = np.concatenate([each.middles for each in curves])
    scale = share @ np.concatenate([each.scales for each in curves])
    order = np.argsort(middles, axis=0)
    half = np.argmax(np.cumsum(share[order], axis=0) >= 0.5 * share.sum(), axis=0)
    centre = np.take_along_axis(middles, np.take_along_axis(order, half[None], 0), 0)[0]
    return centre[:, None] + scale * np.sinh(REACH)


def _inverted(
    below: Float[np.ndarray, "resistances values"],
    ln_J: Float[np.ndarray, "resistances values"],
    p: float | Float[np.ndarray, " probabilities"],
) -> Float[np.ndarray, " resistances *probabilities"]:
    return np.stack([np.interp(p, each, y) for each, y in zip(below, ln_J, strict=True)])


def _resistance_places(resistances: ArrayLike) -> Places:
    R = np.asarray(positive(cast("float", resistances), "interface resistance", OHM_M2))
    wrong = R[(R < LOWEST) | (R > HIGHEST)]
    if wrong.size:
        raise InputError(
            f"Nothing is forecast for an interface resistance of {wrong.flat[0]:.3g} Ohm.m2, far "
            f"from every cell learnt from: keep between {LOWEST:g} and {HIGHEST:g} Ohm.m2."
        )
    return _places(np.log(R), LN_R)


def _refuse_unlike(resistances: ArrayLike, probabilities: ArrayLike) -> None:
    shapes = np.shape(resistances), np.shape(probabilities)
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        raise InputError(
            f"Resistances of shape {shapes[0]} and probabilities of shape {shapes[1]} do not go "
            "together: give one probability, or one for each resistance."
        ) from None


def _places(values: Float[np.ndarray, " ..."], nodes: Float[np.ndarray, " nodes"]) -> Places:
    """Place in evenly spaced `nodes`: the one before, and the share of the way to the next."""
    steps = (values - nodes[0]) / (nodes[1] - nodes[0])
    before = np.clip(steps.astype(int), 0, len(nodes) - 2)
    return before, steps - before
