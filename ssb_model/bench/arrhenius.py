"""Activation energies of resistances at several temperatures, with scatter that is estimated.

ln(R/T^m) = a + E/k (1/T - 1/T0) + s z: every temperature has its own deviation s z, since a contact
changes a little whenever the cell is heated. The scatter s has the prior of a half normal of
`SCATTER`; the series resistance of the leads, which no spectrum tells from the electrolyte's, the
prior of a half normal of its own, and what bends the Arrhenius line speaks for it. Both are
integrated over on a grid; a and E have flat priors and are integrated in closed form.

With m = 0 the slope is that of ln(1/R), with m = 1 that of ln(T/R), larger by about 2.6 kJ/mol at
room temperature; for a conductivity the second is usual (ln(sigma T)), for an interface the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float

from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE
from ssb_model.populations import Interval, Mixture

SCATTER = 0.05  # of ln R: a few per cent
POINTS = 41  # on each grid
WIDEST = 4.0  # standard deviations of the priors that the grids reach

Values = Float[np.ndarray, " temperatures"]
Nodes = Float[np.ndarray, " nodes"]


@dataclass(frozen=True)
class Arrhenius:
    """The fit of resistances at several temperatures.

    Attributes
    ----------
    temperature
        K.
    resistance
        As measured, leads included [ohm].
    error
        Standard deviation of each [ohm].
    leads
        Standard deviation of the half-normal prior of the leads' series resistance [ohm]; 0 where
        the resistances do not hold them.
    power
        m of ln(R/T^m).
    """

    temperature: Values
    resistance: Values
    error: Values
    leads: float = 0.0
    power: int = 0

    @cached_property
    def _nodes(self) -> tuple[Nodes, Nodes, Nodes, Float[np.ndarray, "nodes terms"], np.ndarray]:
        """Weight, scatter and leads of each node; mean and covariance of (a, E) there."""
        unit = (np.arange(POINTS) + 0.5) * WIDEST / POINTS
        most = 0.95 * self.resistance.min()
        leads = np.minimum(unit * self.leads, most) if self.leads else np.zeros(1)
        s, lead = (grid.ravel() for grid in np.meshgrid(unit * SCATTER, np.unique(leads)))
        log_prior = -0.5 * (s / SCATTER) ** 2
        if self.leads:
            log_prior -= 0.5 * (lead / self.leads) ** 2
        means, covariances, evidence = zip(
            *(self._given(*pair) for pair in zip(s, lead, strict=True)), strict=True
        )
        log_weight = log_prior + np.array(evidence)
        weight = np.exp(log_weight - log_weight.max())
        return weight / weight.sum(), s, lead, np.array(means), np.array(covariances)

    def _given(self, scatter: float, lead: float) -> tuple[np.ndarray, np.ndarray, float]:
        """Mean and covariance of (a, E) at a node, and its log evidence."""
        own = self.resistance - lead
        y = np.log(own) - self.power * np.log(self.temperature / ROOM_TEMPERATURE)
        variance = (self.error / own) ** 2 + scatter**2
        X = self._design()
        normal = X.T @ (X / variance[:, None])
        covariance = np.linalg.inv(normal)
        mean = covariance @ (X.T @ (y / variance))
        left = y - X @ mean
        log_det = np.linalg.slogdet(normal)[1]
        # The density is that of the measured resistances, hence the Jacobian of the logarithm.
        evidence = -0.5 * (np.log(variance).sum() + log_det + left @ (left / variance))
        return mean, covariance, float(evidence - np.log(own).sum())

    def _design(self) -> Float[np.ndarray, "temperatures terms"]:
        """Columns of a and E; of a alone at a single temperature."""
        x = (1 / self.temperature - 1 / ROOM_TEMPERATURE) / GAS_CONSTANT
        return np.stack([np.ones_like(x), x] if np.ptp(x) else [np.ones_like(x)], axis=1)

    @property
    def energy(self) -> Interval:
        """Activation energy [J.mol-1]."""
        weight, _, _, mean, covariance = self._nodes
        return Mixture(weight, mean[:, 1], np.sqrt(covariance[:, 1, 1])).interval()

    @property
    def scatter(self) -> Interval:
        """Standard deviation of ln R between temperatures beside the line."""
        return self._on_grid(self._nodes[1])

    @property
    def lead_resistance(self) -> Interval:
        """Series resistance of the leads [ohm]."""
        return self._on_grid(self._nodes[2])

    def own(self, k: int) -> Mixture:
        """Resistance at one of the temperatures, without the leads [ohm]."""
        weight, _, lead, _, _ = self._nodes
        return Mixture(weight, self.resistance[k] - lead, np.full(len(lead), self.error[k]))

    def line(self, temperature: Values) -> tuple[Values, Values, Values]:
        """Median and the ends of the 95 % band of the line's resistance [ohm]."""
        weight, _, _, mean, covariance = self._nodes
        found = []
        for T in temperature:
            x = np.array([1.0, (1 / T - 1 / ROOM_TEMPERATURE) / GAS_CONSTANT])
            sd = np.sqrt(np.einsum("i,nij,j->n", x, covariance, x))
            band = Mixture(weight, mean @ x, sd).interval()
            scale = (T / ROOM_TEMPERATURE) ** self.power
            found.append(scale * np.exp([band.value, band.lower, band.upper]))
        middle, low, high = np.array(found).T
        return middle, low, high

    def _on_grid(self, values: Nodes) -> Interval:
        order = np.argsort(values)
        share = np.cumsum(self._nodes[0][order])
        low, middle, high = np.interp([0.025, 0.5, 0.975], share, values[order])
        return Interval(float(middle), float(low), float(high))
