"""How a residual counts: the noise's density, and the residual whose half square says the same.

With r = (model - value)/noise and rho(r) = -ln p(r) + ln p(0), the equivalent residual is
e(r) = sign(r) sqrt(2 rho(r)). Half its square is rho, so that least squares in e maximises that
likelihood: the fit, its profiles and the sampled posterior have one objective. The noise that a
datum states is the scale of the density: of a normal its standard deviation; of Student's its
core, outside of which outliers lie.

Functions take ``xp``, numpy or jax.numpy.
"""

from types import ModuleType
from typing import Any, Protocol

import numpy as np
from jaxtyping import Float
from scipy.special import gammaln

from ssb_model.errors import InputError, suggestion

FREEDOM = 4.0  # degrees of freedom of Student's density: heavy tails, finite variance
MIXTURE = np.linspace(-25.0, 5.0, 601)  # logarithms of the precisions that make up Student's


class Loss(Protocol):
    """A density of the noise, as a fit and a sampler need it.

    ``information`` is the Fisher information of one datum's value, ``scale_information`` that of
    the logarithm of its noise.
    """

    name: str
    information: float
    scale_information: float

    def residual(self, r: Any, xp: ModuleType = np) -> tuple[Any, Any]:
        """Equivalent residual and its derivative by r."""
        ...

    def log_density(self, r: Any, variance: Any = 0.0) -> Any:
        """Of r, whose model value is uncertain by ``variance`` in units of the noise squared."""
        ...

    def scale(self, r: Float[np.ndarray, " data"], freedom: float) -> float:
        """Scale of the noise from residuals with ``freedom`` degrees of freedom."""
        ...


class Normal:
    """Normal noise, rho = r^2/2."""

    name = "normal"
    information = 1.0
    scale_information = 2.0

    def residual(self, r: Any, xp: ModuleType = np) -> tuple[Any, Any]:
        """Equivalent residual and its derivative by r."""
        return r, xp.ones_like(r)

    def log_density(self, r: Any, variance: Any = 0.0) -> Any:
        """Of r, whose model value is uncertain by ``variance`` in units of the noise squared."""
        total = 1 + variance
        return -0.5 * r**2 / total - 0.5 * np.log(2 * np.pi * total)

    def scale(self, r: Float[np.ndarray, " data"], freedom: float) -> float:
        """Scale of the noise from residuals r (N,) with ``freedom`` degrees of freedom."""
        return float(np.sqrt(np.sum(np.square(r)) / freedom))


class Student:
    """Student's noise with n = 4 degrees of freedom, rho = (n + 1)/2 ln(1 + r^2/n).

    A residual far outside the noise pulls less and less, as 5/r. The Fisher information of one
    datum is (n + 1)/(n + 3) = 5/7 of the normal's, whatever its residual: with data that have no
    outlier, an interval is 18 % wider than it need be.
    """

    name = "student"
    information = (FREEDOM + 1) / (FREEDOM + 3)
    scale_information = 2 * FREEDOM / (FREEDOM + 3)

    def residual(self, r: Any, xp: ModuleType = np) -> tuple[Any, Any]:
        """Equivalent residual and its derivative by r."""
        q = r**2 / FREEDOM
        small = q < 1e-12
        h = xp.where(small, 1.0, xp.sqrt(xp.log1p(q) / xp.where(small, 1.0, q)))
        a = np.sqrt((FREEDOM + 1) / FREEDOM)
        return a * h * r, a / (h * (1 + q))

    def log_density(self, r: Any, variance: Any = 0.0) -> Any:
        """Of r, whose model value is uncertain by ``variance`` in units of the noise squared.

        Student's density is a mixture of normals, their precisions distributed as chi-squared
        over its degrees of freedom; each normal takes the variance up exactly.
        """
        half = FREEDOM / 2
        precision = np.exp(MIXTURE)
        share = half * np.log(half) - gammaln(half) + half * MIXTURE - half * precision
        total = 1 / precision + np.asarray(variance)[..., None]
        terms = share - 0.5 * np.asarray(r)[..., None] ** 2 / total - 0.5 * np.log(total)
        step = MIXTURE[1] - MIXTURE[0]
        return np.logaddexp.reduce(terms, axis=-1) + np.log(step) - 0.5 * np.log(2 * np.pi)

    def scale(self, r: Float[np.ndarray, " data"], freedom: float) -> float:
        """Scale of the noise from residuals r (N,): that of greatest likelihood."""
        squares = np.square(r)
        found = np.median(squares)
        for _ in range(200):
            before = found
            weight = (FREEDOM + 1) / (FREEDOM + squares / max(before, np.finfo(float).tiny))
            found = np.sum(weight * squares) / freedom
            if abs(found - before) <= 1e-10 * before:
                break
        return float(np.sqrt(found))


LOSSES: dict[str, Loss] = {loss.name: loss for loss in (Normal(), Student())}


def loss_named(name: str) -> Loss:
    """The loss of that name.

    Raises
    ------
    InputError
        For an unknown one.
    """
    if name not in LOSSES:
        raise InputError(f"There is no loss '{name}'. {suggestion(name, LOSSES)}")
    return LOSSES[name]
