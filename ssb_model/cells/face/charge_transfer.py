"""Charge transfer with its double layer, on the part of the face in contact.

With eta the overpotential, J the face's current density over its whole area and theta the
contact fraction, symmetric Butler-Volmer kinetics beside a double layer read

    J = theta [2 j0(T) sinh(F eta / 2RT) + i_dl],    i_dl = C_dl d(eta)/dt,

so that R_ct = RT/(F j0 theta) at small current. Source: Roy, Fleck & Deshpande, Extreme
Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307, with transfer coefficient 1/2.
"""

import pybamm

from ssb_model.cells.face.mechanism import FARADAY, R_GAS, FaceMechanism


class ChargeTransfer(FaceMechanism):
    """Overpotential of charge transfer as a state; the double layer makes it an ODE."""

    def get_fundamental_variables(self):
        name = self.name_of("charge-transfer overpotential [V]")
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables):
        j0 = self.scaled_by_arrhenius(
            "exchange-current density [A.m-2]",
            "exchange-current density activation energy",
            variables,
        )
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        T = self.temperature(variables)
        theta = variables[self.name_of("contact fraction")]
        j = 2 * j0 * pybamm.sinh(FARADAY * eta / (2 * R_GAS * T))
        variables.update(
            {
                self.name_of("exchange-current density [A.m-2]"): j0,
                self.name_of("charge-transfer current density [A.m-2]"): theta * j,
                self.name_of("charge-transfer resistance [Ohm.m2]"): R_GAS
                * T
                / (FARADAY * j0 * theta),
            }
        )
        return variables

    def _double_layer(self, variables):
        """Instant capacity [F.m-2] and current density of slower branches [A.m-2]."""
        branches = self.name_of("constant-phase branch current density [A.m-2]")
        if branches in variables:
            return variables[self.name_of("constant-phase instant capacity [F.m-2]")], variables[
                branches
            ]
        return self.parameter("double-layer capacity [F.m-2]"), pybamm.Scalar(0)

    def set_rhs(self, variables):
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        j_theta = variables[self.name_of("charge-transfer current density [A.m-2]")]
        theta = variables[self.name_of("contact fraction")]
        capacity, leak = self._double_layer(variables)
        charging = (self.current_density(variables) - j_theta) / theta - leak
        self.rhs = {eta: charging / capacity}

    def set_initial_conditions(self, variables):
        eta = variables[self.name_of("charge-transfer overpotential [V]")]
        self.initial_conditions = {eta: pybamm.Scalar(0)}
