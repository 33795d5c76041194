r"""Contacts differ from one heating to the next: scatter of a parameter between spectra.

With ``scatter`` in its table a free parameter :math:`p` has in every spectrum :math:`k` of its
cells its own deviation,

.. math::

    p_k = p \, \mathrm{e}^{\delta_k}, \qquad \delta_k \sim N(0, s^2),

so that one Arrhenius law need not go through all temperatures exactly. The size :math:`s` has the
prior of a half normal of the stated size and is estimated, in turns with the fit: about the optimum
the misfit is quadratic in all parameters, which gives the evidence of every :math:`s` in closed
form (Laplace's approximation),

.. math::

    \ln p(s | y) = - \min_u \chi^2(u; s)/2 - \tfrac{1}{2} \ln \det H(s) - K \ln s
    - \frac{s^2}{2 s_0^2} + \mathrm{const},

with :math:`H` the matrix of second derivatives, :math:`K` the number of spectra and :math:`s_0` the
stated size. Taken is the root of the mean of :math:`s^2`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.fitting import Datum, Fit, Simulator

if TYPE_CHECKING:
    from ssb_model.study.file import FreeSet

POINTS = 200  # of the grid over s
REACH = (0.005, 4.0)  # of the stated size, that the grid covers


@dataclass(frozen=True)
class Scatter:
    """Deviations of one parameter.

    Attributes
    ----------
    parameter
        Its label.
    size
        Stated standard deviation of the logarithm.
    deviations
        Labels of its deviations, by experiment or by cell.
    between
        "spectra" or "cells".
    """

    parameter: str
    size: float
    deviations: Mapping[str, str]
    between: Literal["spectra", "cells"] = "spectra"

    @property
    def name(self) -> str:
        """Under which its size is kept beside the noise of experiments."""
        return f"scatter of {self.parameter}"

    @property
    def _labels(self) -> tuple[str, ...]:
        return tuple(self.deviations.values())

    def simulator(self) -> Simulator:
        """Logarithms of the deviations."""

        def logarithms(theta: Mapping[str, Float[Array, " batch"]]) -> Float[Array, "labels batch"]:
            return jnp.stack([jnp.log(theta[label]) for label in self._labels])

        return Simulator(self.name, self._labels, self._labels, logarithms)

    def data(self, scale: float | None = None) -> list[Datum]:
        """Each deviation is about zero."""
        return [Datum(label, label, 0.0, scale or self.size) for label in self._labels]

    def estimate(self, fit: Fit, used: float) -> float:
        """Root of the mean square of s, from a fit that used another size."""
        s, weight = self.posterior(fit, used)
        return float(np.sqrt(weight @ s**2))

    def interval(self, fit: Fit, used: float) -> tuple[float, float]:
        """Central 95 % of s."""
        s, weight = self.posterior(fit, used)
        low, high = np.interp([0.025, 0.975], np.cumsum(weight), s)
        return float(low), float(high)

    def posterior(
        self, fit: Fit, used: float
    ) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]:
        """Sizes s and the weight of each, about a fit in which the size was ``used``."""
        own = [fit.problem.space.labels.index(label) for label in self._labels]
        H = fit.data_jacobian.T @ fit.data_jacobian + np.eye(len(fit.u))
        C = np.linalg.inv(H)[np.ix_(own, own)]  # of the deviations, with all else free
        width = fit.problem.space.parameters[own[0]].widths[1]  # a unit of a coordinate, in ln p
        x = fit.u[own]
        s = self.size * np.geomspace(*REACH, POINTS)
        log_weight = np.empty(POINTS)
        for k, change in enumerate(width**2 * (s**-2 - used**-2)):
            # H changes by `change` on its own diagonal, and the gradient there by change x
            M = np.eye(len(own)) + change * C
            gain = change**2 * x @ np.linalg.solve(M, C @ x)
            cost = 0.5 * (change * x @ x - gain)
            log_weight[k] = -cost - 0.5 * np.linalg.slogdet(M)[1] - len(own) * np.log(s[k])
        log_weight += -0.5 * (s / self.size) ** 2 + np.log(s)  # ds on a logarithmic grid
        weight = np.exp(log_weight - log_weight.max())
        return s, weight / weight.sum()


def scatters_of(free: FreeSet) -> tuple[Scatter, ...]:
    """All of a study, by parameter."""
    spectra = (Scatter(label, size, free.deviations[label]) for label, size in free.scatter.items())
    cells = (
        Scatter(f"{kind} between cells", own.size, own.labels, "cells")
        for kind, own in free.differences.items()
    )
    return (*spectra, *cells)
