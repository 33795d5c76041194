"""A constant-phase element as a ladder of RC branches in the time domain.

A constant-phase element has the admittance Y = Q s^alpha, 0 < alpha <= 1. From

    s^alpha = (sin(alpha pi)/pi) * integral_0^inf x^(alpha-1) s/(s+x) dx,

it is a continuum of series RC branches with rates x. On ln x the integrand is smooth, and
the midpoint rule converges exponentially: two branches a decade of frequency keep |Y|
within 2e-3, and its phase within 0.3 degrees, three decades inside the band's lower end. Rates
above the band act as a capacitor, C_inf = Q (sin(alpha pi)/pi) x_max^(alpha-1)/(1-alpha), all of
the element where alpha = 1; rates below it are left out.

Q is stated through a capacity C: both have the same admittance modulus at a reference rate w_r,
Q = C w_r^(1-alpha) [assumed convention]. Each branch is one point of a PyBaMM domain whose
coordinate is ln x.
"""

from typing import NamedTuple

import numpy as np
import pybamm

A_DECADE = 2  # branches
NO_DIVISION_BY_ZERO = 1e-8  # added to 1 - alpha


class Ladder(NamedTuple):
    """The branches of one element.

    Attributes
    ----------
    domain, coordinate : str
        PyBaMM's names for the branches and for ln x.
    rate_band : (float, float)
        rad/s.
    reference_rate : float
        w_r [rad/s], where |Y| is that of the capacity.
    """

    domain: str
    coordinate: str
    rate_band: tuple[float, float]
    reference_rate: float

    @property
    def log_rate(self):
        """ln x as PyBaMM's coordinate."""
        return pybamm.SpatialVariable(self.coordinate, domain=[self.domain], coord_sys="cartesian")

    @property
    def branches(self):
        """How many there are."""
        return round(A_DECADE * np.log10(self.rate_band[1] / self.rate_band[0]))

    def geometry(self):
        """PyBaMM geometry of the branches' domain."""
        low, high = np.log(self.rate_band)
        return {self.domain: {self.log_rate: {"min": low, "max": high}}}

    def points(self):
        """PyBaMM mesh points of the branches' domain."""
        return {self.log_rate: self.branches}

    def currents(self, voltage, branch_voltages, capacity, exponent):
        """Capacity C_inf that answers at once, and the current of all branches; PyBaMM symbols."""
        delta = 1 - exponent + NO_DIVISION_BY_ZERO
        Q = capacity * self.reference_rate**delta
        prefactor = Q * pybamm.sin(np.pi * delta) / np.pi
        ln_x = self.log_rate
        current = pybamm.Integral(
            prefactor * pybamm.exp(exponent * ln_x) * (voltage - branch_voltages), ln_x
        )
        return prefactor / (delta * self.rate_band[1] ** delta), current

    def rates(self, voltage, branch_voltages):
        """d/dt of the branches' voltages."""
        return pybamm.exp(self.log_rate) * (voltage - branch_voltages)
