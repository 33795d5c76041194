r"""Charge transfer with its double layer, on the part of the face in contact.

Symmetric Butler-Volmer kinetics (transfer coefficient 1/2) beside a double layer:

.. math::

    J = \theta \left[ 2 j_0(T) \sinh\frac{F \eta}{2 R T} + i_\mathrm{dl} \right], \qquad
    i_\mathrm{dl} = C_\mathrm{dl} \frac{\mathrm{d}\eta}{\mathrm{d}t},

with :math:`\eta` [V] the overpotential, :math:`J` [A.m-2] the current density over the whole
area of the face, :math:`\theta` the contact fraction, :math:`j_0` [A.m-2] the exchange-current
density and :math:`C_\mathrm{dl}` [F.m-2] the double-layer capacity, both of the area in contact.
Where lithium that was plated below a layer has lifted it off the garnet (:mod:`.below`),
:math:`J` is what passes the layer, and only the share of the contact where it still lies transfers
charge. At small current this is the charge-transfer resistance

.. math::

    R_\mathrm{ct} = \frac{R T}{F j_0 \theta}.

Source: Roy, Fleck & Deshpande, Extreme Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.mechanism import FARADAY, LAYER_CONTACT, R_GAS, FaceMechanism
from ssb_model.cells.symbols import Variables


class ChargeTransfer(FaceMechanism):
    """Overpotential of charge transfer as a state; the double layer makes it an ODE."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("charge-transfer overpotential [V]")
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        j0 = self.scaled_by_arrhenius(
            "exchange-current density [A.m-2]",
            "exchange-current density activation energy",
            variables,
        )
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        T = self.temperature(variables)
        theta = variables[self.name_of("contact fraction")]
        touching = theta * variables[self.name_of(LAYER_CONTACT)]
        j = 2 * j0 * pybamm.sinh(FARADAY * eta / (2 * R_GAS * T))
        variables.update(
            {
                self.name_of("exchange-current density [A.m-2]"): j0,
                self.name_of("charge-transfer current density [A.m-2]"): touching * j,
                self.name_of("charge-transfer resistance [Ohm.m2]"): R_GAS
                * T
                / (FARADAY * j0 * touching),
            }
        )
        return variables

    def _double_layer(self, variables: Variables) -> tuple[pybamm.Symbol, pybamm.Symbol]:
        """Instant capacity [F.m-2] and current density of slower branches [A.m-2]."""
        branches = self.name_of("constant-phase branch current density [A.m-2]")
        if branches in variables:
            return variables[self.name_of("constant-phase instant capacity [F.m-2]")], variables[
                branches
            ]
        return self.parameter("double-layer capacity [F.m-2]"), pybamm.Scalar(0)

    def set_rhs(self, variables: Variables) -> None:
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        j_theta = variables[self.name_of("charge-transfer current density [A.m-2]")]
        theta = variables[self.name_of("contact fraction")]
        capacity, leak = self._double_layer(variables)
        charging = (self.metal_current_density(variables) - j_theta) / theta - leak
        self.rhs = {eta: charging / capacity}

    def set_initial_conditions(self, variables: Variables) -> None:
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        self.initial_conditions = {eta: pybamm.Scalar(0)}
