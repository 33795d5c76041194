"""What draws of the posterior say of one more cell: a mixture of the noise's normals.

Every draw has a mean of ln J and normal variances about it; nothing is drawn again, so that a
forecast of the same cell is the same number each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.special import erfc, logsumexp

from ssb_model.critical_current.field_model.covariates import Covariates
from ssb_model.critical_current.field_model.mean import fall, level, others, warmth
from ssb_model.critical_current.field_model.model import moments
from ssb_model.critical_current.field_model.noise import log_density, probability_below
from ssb_model.critical_current.field_model.priors import SPREADS

#: draws of the priors' parameters, by name
Theta = Mapping[str, Float[np.ndarray, " draws"]]
BISECTIONS, REACH = 45, 40.0  # spreads on either side


class Mixture(NamedTuple):
    """Distribution of ln J [mA/cm2]: one component a draw (and temperature).

    Attributes
    ----------
    means, variances, scales
        Of each: middle, normal variance beside the noise, the noise's scale.
    weights
        Of each; they add up to 1.
    """

    means: Float[np.ndarray, " components"]
    variances: Float[np.ndarray, " components"]
    scales: Float[np.ndarray, " components"]
    weights: Float[np.ndarray, " components"]

    def log_density(self, y: float) -> float:
        """ln p at ``y``."""
        each = log_density(y - self.means, self.variances, self.scales, np)
        return float(np.asarray(logsumexp(each, b=self.weights)))

    def below(self, y: float | Float[np.ndarray, " n"]) -> Any:
        """Probability below ``y``."""
        residual = np.asarray(y)[..., None] - self.means
        return probability_below(residual, self.variances, self.scales, np, erfc) @ self.weights

    def log_probability(self, low: float, high: float) -> float:
        """ln p of a number, where the ends are equal, else of the interval."""
        if low == high:
            return self.log_density(low)
        return float(np.log(max(self.below(high) - self.below(low), 1e-300)))

    def quantile(self, p: float | Float[np.ndarray, " n"]) -> Any:
        """The ``y`` that is stayed below with probability ``p``."""
        p = np.asarray(p, dtype=float)
        reach = REACH * float(np.max(np.sqrt(self.variances + self.scales**2)))
        low = np.full(p.shape, self.means.min() - reach)
        high = np.full(p.shape, self.means.max() + reach)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            under = self.below(middle) < p
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return (low + high) / 2


def of_cell(theta: Theta, cell: Covariates) -> Mixture:
    """The distribution of a cell of a lab that the library has nothing of."""
    means, unsaid = mean_of(theta, cell)
    variance = unsaid + sum(theta[name] ** 2 for name in SPREADS)
    warm = means[:, None] + np.stack([warmth(theta, T) for T in cell.temperature], axis=-1)
    shares = cell.temperature_weights / len(means)
    return Mixture(
        warm.ravel(),
        np.repeat(variance, 2),
        np.repeat(theta["noise"], 2),
        np.tile(shares, len(means)),
    )


def mean_of(
    theta: Theta, cell: Covariates
) -> tuple[Float[np.ndarray, " draws"], Float[np.ndarray, " draws"]]:
    """ln J at 25 degC of a cell without effects, and the variance of what is unsaid."""
    own = {name: values[:, None] for name, values in theta.items()}
    fallen, unsaid = moments(fall(own, cell.resistance, np), cell.resistance_weights)
    known = level(theta, cell.design) + others(theta, cell.density, cell.pressure, np)
    return known + fallen, unsaid
