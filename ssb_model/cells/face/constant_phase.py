"""A constant-phase double layer as a ladder of RC branches in the time domain.

A constant-phase element has the admittance Y = Q s^alpha, 0 < alpha < 1. From

    s^alpha = (sin(alpha pi)/pi) * integral_0^inf x^(alpha-1) s/(s+x) dx,

it is a continuum of series RC branches with rates x. On ln x the integrand is smooth, and
the midpoint rule converges exponentially: two branches a decade of frequency keep |Y|
within 2e-3, and its phase within 0.3 degrees, inside the band. Rates above the band act as a
capacitor, C_inf = Q (sin(alpha pi)/pi) x_max^(alpha-1)/(1-alpha); rates below it are left out.

Q is stated through the double-layer capacity C_dl: both have the same admittance modulus at
the reference rate 2 pi x 1 kHz, Q = C_dl (2 pi 1000)^(1-alpha) [assumed convention].
Each branch is one point of a PyBaMM domain whose coordinate is ln x.
"""

import numpy as np
import pybamm

from ssb_model.cells.face.mechanism import FaceMechanism

REFERENCE_RATE = 2 * np.pi * 1e3
RATE_BAND = (1e-6, 1e9)  # rad/s; accurate from 1 mHz to 10 MHz
BRANCHES = 30


def log_rate(domain):
    """Coordinate ln x of the branches of one face."""
    return pybamm.SpatialVariable(
        f"ln_rate_{domain[0]}", domain=[f"{domain} face double layer"], coord_sys="cartesian"
    )


def geometry(domain):
    """PyBaMM geometry of the branches' domain."""
    low, high = np.log(RATE_BAND)
    return {f"{domain} face double layer": {log_rate(domain): {"min": low, "max": high}}}


def constant_phase_admittance(angular_frequency, capacity, exponent):
    """Exact admittance Q (j w)^alpha per area in contact [S.m-2]."""
    Q = capacity * REFERENCE_RATE ** (1 - exponent)
    return Q * (1j * angular_frequency) ** exponent


class ConstantPhaseElement(FaceMechanism):
    """The ladder: a voltage for each branch, driven by the charge-transfer overpotential."""

    def get_fundamental_variables(self):
        name = self.name_of("constant-phase branch voltages [V]")
        return {name: pybamm.Variable(name, domain=[f"{self.domain} face double layer"])}

    def get_coupled_variables(self, variables):
        alpha = self.parameter("constant-phase exponent")
        C_dl = self.parameter("double-layer capacity [F.m-2]")
        prefactor = C_dl * REFERENCE_RATE ** (1 - alpha) * pybamm.sin(np.pi * alpha) / np.pi
        ln_x = log_rate(self.domain)
        v = variables[self.name_of("constant-phase branch voltages [V]")]
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        current = pybamm.Integral(prefactor * pybamm.exp(alpha * ln_x) * (eta - v), ln_x)
        instant = prefactor * RATE_BAND[1] ** (alpha - 1) / (1 - alpha)
        variables.update(
            {
                self.name_of("constant-phase branch current density [A.m-2]"): current,
                self.name_of("constant-phase instant capacity [F.m-2]"): instant,
            }
        )
        return variables

    def set_rhs(self, variables):
        v = variables[self.name_of("constant-phase branch voltages [V]")]
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        self.rhs = {v: pybamm.exp(log_rate(self.domain)) * (eta - v)}

    def set_initial_conditions(self, variables):
        v = variables[self.name_of("constant-phase branch voltages [V]")]
        self.initial_conditions = {v: pybamm.Scalar(0)}
