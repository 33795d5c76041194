r"""A constant-phase element as a ladder of RC branches in the time domain.

A constant-phase element has the admittance

.. math::

    Y = Q s^\alpha, \qquad 0 < \alpha \le 1, \qquad
    s^\alpha = \frac{\sin \alpha \pi}{\pi} \int_0^\infty x^{\alpha - 1} \frac{s}{s + x} \,
    \mathrm{d}x,

so it is a continuum of series RC branches with rates :math:`x` [rad/s]. On :math:`\ln x` the
integrand is smooth, and the midpoint rule converges exponentially: two branches a decade of
frequency keep the modulus within 2e-3, and the phase within 0.3 degrees, three decades inside the
band's lower end. Rates above the band act as a capacitor,

.. math::

    C_\infty = Q \, \frac{\sin \alpha \pi}{\pi} \,
    \frac{x_\mathrm{max}^{\alpha - 1}}{1 - \alpha},

all of the element where the exponent is 1; rates below it are left out.

:math:`Q` is stated through a capacity :math:`C`: both have the same admittance modulus at a
reference rate :math:`\omega_r` [assumed convention],

.. math::

    Q = C \omega_r^{1 - \alpha}.

Each branch is one point of a PyBaMM domain whose coordinate is :math:`\ln x`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pybamm

from ssb_model.cells.symbols import Geometry, Points

A_DECADE = 2  # branches
NO_DIVISION_BY_ZERO = 1e-8  # added to 1 - alpha


class Ladder(NamedTuple):
    """The branches of one element.

    Attributes
    ----------
    domain, coordinate
        PyBaMM's names for the branches and for ln x.
    rate_band
        Lowest and highest rate [rad/s].
    reference_rate
        w_r [rad/s], where |Y| is that of the capacity.
    """

    domain: str
    coordinate: str
    rate_band: tuple[float, float]
    reference_rate: float

    @property
    def log_rate(self) -> pybamm.SpatialVariable:
        """ln x as PyBaMM's coordinate."""
        return pybamm.SpatialVariable(self.coordinate, domain=[self.domain], coord_sys="cartesian")

    @property
    def branches(self) -> int:
        """Their number."""
        return round(A_DECADE * np.log10(self.rate_band[1] / self.rate_band[0]))

    def geometry(self) -> Geometry:
        """PyBaMM geometry of the branches' domain."""
        low, high = np.log(self.rate_band)
        return {self.domain: {self.log_rate: {"min": low, "max": high}}}

    def points(self) -> Points:
        """PyBaMM mesh points of the branches' domain."""
        return {self.log_rate: self.branches}

    def currents(
        self,
        voltage: pybamm.Symbol,
        branch_voltages: pybamm.Symbol,
        capacity: pybamm.Symbol,
        exponent: pybamm.Symbol,
    ) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """Capacity C_inf that answers at once, and the current of all branches; PyBaMM symbols."""
        delta = 1 - exponent + NO_DIVISION_BY_ZERO
        Q = capacity * pybamm.Scalar(self.reference_rate) ** delta
        prefactor = Q * pybamm.sin(np.pi * delta) / np.pi
        ln_x = self.log_rate
        current = pybamm.Integral(
            prefactor * pybamm.exp(exponent * ln_x) * (voltage - branch_voltages), ln_x
        )
        return prefactor / (delta * pybamm.Scalar(self.rate_band[1]) ** delta), current

    def rates(self, voltage: pybamm.Symbol, branch_voltages: pybamm.Symbol) -> pybamm.Symbol:
        """d/dt of the branches' voltages."""
        return pybamm.exp(self.log_rate) * (voltage - branch_voltages)
