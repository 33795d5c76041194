r"""The lithium metal of a full cell, which stripping uses up: foil, and what the cathode gave.

Charge :math:`q` [C.m-2] that can still be stripped, :math:`J` [A.m-2] positive on discharge and
:math:`\eta` the share of plated lithium that can be stripped again, the Coulombic efficiency of
plating:

.. math::

    \frac{\mathrm{d}q}{\mathrm{d}t} = - (J)_+ + \eta \, (-J)_+, \qquad
    q(0) = \frac{F d}{V_\mathrm{Li}}
    + \eta \, F c_\mathrm{max} \varepsilon_s L_p (x_\mathrm{assembled} - x_\mathrm{charged}),

with :math:`d` [m] the thickness of the foil and :math:`V_\mathrm{Li}` [m3.mol-1] lithium's molar
volume; without a foil the cell is anode-free. The second term is the lithium of the first charge:
that of a cathode of maximum concentration :math:`c_\mathrm{max}`, volume fraction
:math:`\varepsilon_s` and thickness :math:`L_p` from the stoichiometry in which the cell was
assembled to the charged one. At :math:`q = 0` the event "Lithium exhausted" ends the run. A balance
of charge; what lost lithium does to the face is not described.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.symbols import Variables
from ssb_model.constants import HOUR

CHARGE = "Lithium inventory [C.m-2]"
ONE = 1e3  # C.m-2: 28 uAh/cm2, the scale of the event


class LithiumInventory(pybamm.BaseSubModel):
    """The strippable lithium as a state.

    Parameters
    ----------
    param
        PyBaMM's, of the cathode that lithium came from.
    """

    def __init__(self, param: pybamm.LithiumIonParameters) -> None:
        super().__init__(param, None, name="lithium inventory")

    def get_fundamental_variables(self) -> Variables:
        q = pybamm.Variable(CHARGE)
        volume = pybamm.Parameter("Lithium molar volume [m3.mol-1]")
        return {
            CHARGE: q,
            "Lithium inventory [A.h.m-2]": q / HOUR,
            "Lithium thickness [m]": q * volume / pybamm.constants.F,
        }

    def set_rhs(self, variables: Variables) -> None:
        J = variables["Total current density [A.m-2]"]
        stripped, plated = pybamm.maximum(J, 0), pybamm.maximum(-J, 0)
        efficiency = pybamm.Parameter("Lithium plating efficiency")
        self.rhs = {variables[CHARGE]: efficiency * plated - stripped}

    def set_initial_conditions(self, variables: Variables) -> None:
        cathode = self.param.p.prim
        assembled = pybamm.Parameter("Positive electrode assembled stoichiometry")
        given = assembled - pybamm.Parameter("Positive electrode charged stoichiometry")
        sites = cathode.c_max * cathode.epsilon_s_av * self.param.p.L
        foil = pybamm.Parameter("Lithium thickness [m]") / pybamm.Parameter(
            "Lithium molar volume [m3.mol-1]"
        )
        lithium = foil + pybamm.Parameter("Lithium plating efficiency") * sites * given
        self.initial_conditions = {variables[CHARGE]: pybamm.constants.F * lithium}

    def add_events_from(self, variables: Variables) -> None:
        self.events.append(pybamm.Event("Lithium exhausted", variables[CHARGE] / ONE))
