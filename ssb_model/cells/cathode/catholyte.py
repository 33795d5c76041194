r"""A binary catholyte: salt that moves in the cathode's pores, and cannot enter the garnet.

Concentration :math:`c` [mol.m-3] of the salt in pores of porosity :math:`\varepsilon` under the
current density :math:`i` in them, by the flux :math:`N_-` of its anions (the porous electrode of
Doyle, Fuller and Newman, as in PyBaMM's ``electrolyte_diffusion.Full``):

.. math::

    \varepsilon \frac{\partial c}{\partial t} = - \nabla N_-, \qquad
    N_- = - \varepsilon^b D_e \nabla c - (1 - t_+) \frac{i}{F}.

Only lithium ions cross the border to the garnet, whose transference number is 1, and react or
charge the double layer: the anions stand still at both ends, and the salt in the pores is
conserved. At a limiting current it is used up at the collector on
discharge, and the cell's voltage falls. The garnet has no salt: its concentration is a scale.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pybamm
from pybamm.models.submodels.electrolyte_diffusion.base_electrolyte_diffusion import (
    BaseElectrolyteDiffusion,
)

from ssb_model.cells.symbols import Variables

CONCENTRATION = "Positive electrode salt concentration [mol.m-3]"
TRANSFERENCE = "Positive electrode cation transference number"
THERMODYNAMIC_FACTOR = "Positive electrode salt thermodynamic factor"
SALT = "Catholyte salt concentration over initial one"
FLUX = "Catholyte anion flux [mol.m-2.s-1]"
LEAST = 1e-4  # of the initial concentration: what is left then conducts nothing
SPREADING = "Catholyte salt diffusivity [m2.s-1]"


def with_salt(param: pybamm.LithiumIonParameters) -> None:
    """Let PyBaMM's parameters of an electrolyte be those of the catholyte's salt."""
    electrolyte: Any = param
    for one in (electrolyte, electrolyte.p.prim):
        one.c_e_init = one.c_e_init_av = pybamm.Parameter(CONCENTRATION)
    electrolyte.t_plus = lambda c_e, T: pybamm.Parameter(TRANSFERENCE)
    electrolyte.thermodynamic_factor = lambda c_e, T: pybamm.Parameter(THERMODYNAMIC_FACTOR)


class BinaryCatholyte(BaseElectrolyteDiffusion):
    """The salt's concentration in the cathode, over the initial one, as a state."""

    def get_fundamental_variables(self) -> Variables:
        domains: dict[str, list[str] | str] = {
            "primary": ["positive electrode"],
            "secondary": ["current collector"],
        }
        s = pybamm.Variable(SALT, domains=domains, bounds=(0, np.inf))
        initial = self.param.c_e_init
        held = {
            "separator": self.param.s.epsilon_init * initial,
            "positive electrode": self.param.p.epsilon_init * s * initial,
        }
        variables: Variables = {SALT: s}
        variables.update(self._get_standard_porosity_times_concentration_variables(held))
        return variables

    def get_coupled_variables(self, variables: Variables) -> Variables:
        s, initial = variables[SALT], self.param.c_e_init
        still = pybamm.FullBroadcast(initial, "separator", {"secondary": "current collector"})
        c = s * initial
        by_domain = {"separator": still, "positive electrode": c}
        whole = pybamm.concatenation(*by_domain.values())
        variables["Electrolyte concentration concatenation [mol.m-3]"] = whole
        variables.update(self._get_standard_domain_concentration_variables(by_domain))
        variables.update(self._get_standard_whole_cell_concentration_variables(whole))
        T = variables["Positive electrode temperature [K]"]
        spreading = variables["Positive electrolyte transport efficiency"] * self.param.D_e(c, T)
        migration = (1 - self.param.t_plus(c, T)) / self.param.F
        i = variables["Positive electrolyte current density [A.m-2]"]
        variables[SPREADING] = spreading
        variables[FLUX] = -spreading * initial * pybamm.grad(s) - migration * i
        return variables

    def set_rhs(self, variables: Variables) -> None:
        held = variables["Positive electrode porosity"] * self.param.c_e_init
        self.rhs = {variables[SALT]: -pybamm.div(variables[FLUX]) / held}

    def set_boundary_conditions(self, variables: Variables) -> None:
        s, initial = variables[SALT], self.param.c_e_init
        T = variables["Positive electrode temperature [K]"]
        i = variables["Current collector current density [A.m-2]"]
        still = (1 - self.param.t_plus(s * initial, T)) / (variables[SPREADING] * initial)
        at_garnet = -pybamm.boundary_value(still, "left") * i / self.param.F
        none = (pybamm.Scalar(0), "Neumann")
        self.boundary_conditions = {
            s: {"left": (at_garnet, "Neumann"), "right": none},
            variables["Electrolyte concentration [mol.m-3]"]: {"left": none, "right": none},
        }

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[SALT]: pybamm.Scalar(1)}

    def add_events_from(self, variables: Variables) -> None:
        left = pybamm.min(variables[SALT]) - LEAST
        self.events.append(pybamm.Event("Catholyte without salt", left))
