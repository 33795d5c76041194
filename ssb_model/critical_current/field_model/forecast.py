"""The forecast of one kind of cell at any interface resistance, by tables made once.

A component is a draw of the posterior with what is known of the batch's effects; at a resistance
its mean is closed form, and the mixture's quantiles are tabulated over ln R and the normal score of
the probability, between which they are linear. So 10^5 candidates take milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike
from scipy.special import erfc, ndtri

from ssb_model.constants import FROM_MA_CM2, ROOM_TEMPERATURE, TO_OHM_CM2
from ssb_model.critical_current.field_model.covariates import Spread, designs
from ssb_model.critical_current.field_model.mean import (
    DENSE,
    THRESHOLD,
    fall,
    level,
    others,
    warmth,
)
from ssb_model.critical_current.field_model.noise import probability_below
from ssb_model.critical_current.field_model.predictive import Mixture
from ssb_model.critical_current.probability import normal_scores
from ssb_model.errors import InputError
from ssb_model.library import A_M2, OHM_M2, positive

LOWEST, HIGHEST = 1e-7, 10.0  # Ohm.m2: 1 mohm cm2 to 100 kohm cm2
LN_R = np.log(TO_OHM_CM2) + np.linspace(np.log(LOWEST), np.log(HIGHEST), 33)
SCORES = np.linspace(-4.8, 4.8, 81)
REACH = np.sinh(np.linspace(-3.2, 3.2, 61)) / 1.5  # spreads from the middle, dense about it


@dataclass(frozen=True)
class CellKind:
    """What is known of a cell beside its resistance.

    Attributes
    ----------
    layer
        "ionic", "electronic", "mixed", or "none" for bare garnet.
    contact
        A class of the library, or None: "coated", or of a bare cell what its resistance says.
    temperature
        [K]
    density
        Of the garnet, relative [%]; None if it is not known.
    stack_pressure
        [MPa]; None if it is not known.
    """

    layer: str
    contact: str | None = None
    temperature: float = ROOM_TEMPERATURE
    density: float | None = None
    stack_pressure: float | None = None


@dataclass(frozen=True, eq=False)
class Tabulated:
    """Quantiles of a forecast: ``table`` has ln J [mA/cm2] at LN_R and SCORES."""

    table: Float[np.ndarray, "resistances scores"]

    def quantile(self, R: ArrayLike, p: ArrayLike) -> Float[np.ndarray, " ..."]:
        """Critical current density [A.m-2] that a cell stays below with probability ``p``.

        Parameters
        ----------
        R
            Sum of both faces [Ohm.m2], between 1e-7 and 10.
        p
            Broadcasts with R.

        Raises
        ------
        InputError
            For a resistance or a probability that is no such number.
        """
        (i, a), (j, b) = (
            _places(_ln_resistance(R), LN_R),
            _places(normal_scores(p, SCORES[-1]), SCORES),
        )
        table = self.table
        low = table[i, j] * (1 - b) + table[i, j + 1] * b
        high = table[i + 1, j] * (1 - b) + table[i + 1, j + 1] * b
        return np.exp(low * (1 - a) + high * a) * FROM_MA_CM2


@dataclass(frozen=True, eq=False)
class FieldForecast:
    """Distribution of the critical current [A.m-2] given the resistance of both faces [Ohm.m2].

    Attributes
    ----------
    kind
        Of cell.
    theta
        Parameters of each component, by name.
    effects, variances, weights
        Of each: what its batch adds to ln J, the variance of what no measurement tells, and its
        probability.
    spread
        Of resistances by contact class.
    effective
        How many draws of equal weight the posterior's are worth, once cells of one's own weigh
        them; infinite without.
    """

    kind: CellKind
    theta: Mapping[str, Float[np.ndarray, " components"]]
    effects: Float[np.ndarray, " components"]
    variances: Float[np.ndarray, " components"]
    weights: Float[np.ndarray, " components"]
    spread: Mapping[str, Spread]
    effective: float = np.inf

    def quantile(self, R: ArrayLike, p: ArrayLike) -> Float[np.ndarray, " ..."]:
        """As :meth:`Tabulated.quantile`."""
        return self.tabulated.quantile(R, p)

    @cached_property
    def tabulated(self) -> Tabulated:
        """What is left of it where only quantiles are asked for."""
        return Tabulated(self._table)

    def draw(
        self, R: ArrayLike, uniforms: ArrayLike | np.random.Generator
    ) -> Float[np.ndarray, " ..."]:
        """Critical current densities [A.m-2] of numbers between 0 and 1, or of a generator's."""
        if isinstance(uniforms, np.random.Generator):
            uniforms = uniforms.uniform(1e-6, 1 - 1e-6, np.shape(R))
        return self.quantile(R, np.clip(uniforms, 1e-6, 1 - 1e-6))

    def mixture(self, R: float) -> Mixture:
        """The distribution of ln J [mA/cm2] at one resistance [Ohm.m2], without the table."""
        means = self._means(np.atleast_1d(_ln_resistance(R)))[0]
        return Mixture(means, self.variances, self.theta["noise"], self.weights)

    def probability(self, R: float, current_density: float) -> float:
        """Probability that a cell shorts below a ``current_density`` [A.m-2], without the table."""
        J = float(positive(current_density, "critical current density", A_M2))
        return float(self.mixture(R).below(np.log(J / FROM_MA_CM2)))

    def energies(self, p: ArrayLike) -> Float[np.ndarray, " ..."]:
        """Activation energy [eV] that it stays below with probability ``p``."""
        return np.quantile(self.theta["energy"], np.asarray(p, dtype=float))

    def at(self, temperature: float) -> FieldForecast:
        """The same cell at another temperature [K]."""
        return replace(self, kind=replace(self.kind, temperature=temperature))

    def _means(self, ln_R: Float[np.ndarray, " n"]) -> Float[np.ndarray, "n components"]:
        """Of ln J [mA/cm2]."""
        kind, R = self.kind, np.exp(ln_R)[:, None]
        design = designs(kind.contact, kind.layer, np.exp(ln_R), self.spread)[:, None, :]
        density = DENSE if kind.density is None else kind.density
        pressure = THRESHOLD if kind.stack_pressure is None else kind.stack_pressure
        known = level(self.theta, design) + fall(self.theta, R, np) + self.effects
        known = known + others(self.theta, density, pressure, np)
        return known + warmth(self.theta, kind.temperature)

    def _below(self, residual: Any) -> Any:
        return probability_below(residual, self.variances, self.theta["noise"], np, erfc)

    @cached_property
    def _table(self) -> Float[np.ndarray, "resistances scores"]:
        """ln J [mA/cm2] at LN_R and SCORES."""
        means = self._means(LN_R)
        middles = means @ self.weights
        widest = np.sqrt(self.weights @ (self.variances + 2 * self.theta["noise"] ** 2))
        table = np.empty((len(LN_R), len(SCORES)))
        for k, (middle, mean) in enumerate(zip(middles, means, strict=True)):
            width = np.hypot(widest, np.sqrt(self.weights @ (mean - middle) ** 2))
            y = middle + width * REACH
            below = self._below(y[:, None] - mean) @ self.weights
            score = ndtri(np.clip(np.maximum.accumulate(below), 1e-15, 1 - 1e-15))
            table[k] = np.interp(SCORES, score, y)
        return table


def _ln_resistance(R: ArrayLike) -> Float[np.ndarray, " ..."]:
    """ln of ohm cm2."""
    known = np.asarray(positive(R, "interface resistance", OHM_M2))  # pyright: ignore
    wrong = known[(known < LOWEST) | (known > HIGHEST)]
    if wrong.size:
        raise InputError(
            f"Nothing is forecast for an interface resistance of {wrong.flat[0]:.3g} Ohm.m2, far "
            f"from every cell learnt from: keep between {LOWEST:g} and {HIGHEST:g} Ohm.m2."
        )
    return np.log(known * TO_OHM_CM2)


def _places(values: Any, nodes: Float[np.ndarray, " nodes"]) -> tuple[Any, Any]:
    """The evenly spaced node before, and the share of the way to the next."""
    steps = (values - nodes[0]) / (nodes[1] - nodes[0])
    before = np.clip(np.asarray(steps).astype(int), 0, len(nodes) - 2)
    return before, steps - before
