r"""A constant-phase double layer, in the time domain as :class:`ssb_model.cells.ladder.Ladder`.

:math:`Q` is stated through the double-layer capacity :math:`C_\mathrm{dl}` [F.m-2]: both have the
same admittance modulus at the reference rate of 1 kHz [assumed convention],

.. math::

    Q = C_\mathrm{dl} \, (2 \pi \cdot 1000)^{1 - \alpha}.

The ladder has 30 branches and is within 2e-3 of the modulus and 0.3 degrees of the phase of the
exact admittance from 1 mHz to 10 MHz.
"""

from __future__ import annotations

import numpy as np
import pybamm
from jaxtyping import Complex, Float

from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.ladder import Ladder
from ssb_model.cells.symbols import Face, Share, Variables

REFERENCE_RATE = 2 * np.pi * 1e3
RATE_BAND = (1e-6, 1e9)  # rad/s


def ladder(domain: Face) -> Ladder:
    """The branches of one face, "negative" or "positive"."""
    return Ladder(f"{domain} face double layer", f"ln_rate_{domain[0]}", RATE_BAND, REFERENCE_RATE)


def constant_phase_admittance(
    angular_frequency: Float[np.ndarray, " f"], capacity: float, exponent: float
) -> Complex[np.ndarray, " f"]:
    """Exact admittance Q (j w)^alpha per area in contact [S.m-2]."""
    Q = capacity * REFERENCE_RATE ** (1 - exponent)
    return Q * (1j * angular_frequency) ** exponent


class ConstantPhaseElement(FaceMechanism):
    """The ladder: a voltage for each branch, driven by the voltage ``across`` the double layer."""

    def __init__(
        self,
        domain: Face,
        share: Share | None = None,
        across: str = "charge-transfer overpotential [V]",
    ) -> None:
        super().__init__(domain, share)
        self.across, self.ladder = across, ladder(domain)

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("constant-phase branch voltages [V]")
        return {name: pybamm.Variable(name, domain=[self.ladder.domain])}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        instant, current = self.ladder.currents(
            *self._voltages(variables),
            self.parameter("double-layer capacity [F.m-2]"),
            self.parameter("constant-phase exponent"),
        )
        variables.update(
            {
                self.name_of("constant-phase branch current density [A.m-2]"): current,
                self.name_of("constant-phase instant capacity [F.m-2]"): instant,
            }
        )
        return variables

    def set_rhs(self, variables: Variables) -> None:
        eta, v = self._voltages(variables)
        self.rhs = {v: self.ladder.rates(eta, v)}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {self._voltages(variables)[1]: pybamm.Scalar(0)}

    def _voltages(self, variables: Variables) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """Across the double layer, and of the branches."""
        v = variables[self.name_of("constant-phase branch voltages [V]")]
        return variables[self.name_of(self.across)], v
