r"""The temperature of the whole cell, from the heat that it makes and what it passes on.

Energy conserved over everything between the terminals, without heat of mixing, per area of the
cell (the heats of PyBaMM's lumped model, summed over cathode, garnet and face):

.. math::

    C \frac{\mathrm{d}T}{\mathrm{d}t}
    = -\int a j \left( U - T \frac{\partial U}{\partial T} \right) \mathrm{d}x - i V - i^2 R_l
    - h (T - T_\mathrm{ambient}),

with :math:`a j` [A.m-3] the cathode's reaction (negative on discharge), :math:`U` its equilibrium
potential at the particles' surfaces, :math:`V` the voltage and :math:`i` [A.m-2] the current
density between the terminals, :math:`R_l` the leads' resistance, :math:`C` [J.m-2.K-1] and
:math:`h` [W.m-2.K-1] the cell's heat capacity and heat transfer. Garnet, face, layer, catholyte and
the cathode's resistance are in :math:`V`: what is lost in them is heat wherever it arises.
Hysteresis is heat too, since :math:`U` is the mean of its branches.
"""

from __future__ import annotations

import pybamm
from pybamm.models.submodels.thermal.base_thermal import BaseThermal

from ssb_model.cells.symbols import Variables

CAPACITY = "Positive electrode areal heat capacity [J.m-2.K-1]"
TRANSFER = "Positive electrode areal heat transfer coefficient [W.m-2.K-1]"
TEMPERATURE = "Volume-averaged cell temperature [K]"
HEAT = "Cell heating [W.m-2]"


class LumpedTemperature(BaseThermal):
    """One temperature as a state.

    Parameters
    ----------
    param, options
        PyBaMM's.
    leads
        Resistance [Ohm] that the voltage holds and whose heat is outside.
    """

    def __init__(
        self,
        param: pybamm.LithiumIonParameters,
        options: pybamm.BatteryModelOptions,
        leads: pybamm.Symbol,
    ) -> None:
        super().__init__(param, options)
        self.leads = leads

    def get_fundamental_variables(self) -> Variables:
        T = pybamm.Variable(TEMPERATURE, scale=self.param.T_ref, print_name="T_av")
        everywhere = pybamm.PrimaryBroadcast(T, ["current collector"])
        parts = ("negative current collector", "positive current collector", "x-averaged cell")
        by_domain = dict.fromkeys(parts, everywhere) | {"volume-averaged cell": T}
        for domain in ("negative electrode", "separator", "positive electrode"):
            by_domain[domain] = pybamm.PrimaryBroadcast(everywhere, domain)
        return self._get_standard_fundamental_variables(by_domain)

    def get_coupled_variables(self, variables: Variables) -> Variables:
        T = variables["Positive electrode temperature [K]"]
        U = variables["Positive electrode equilibrium open-circuit potential [V]"]
        entropic = variables["Positive electrode entropic change [V.K-1]"]
        reaction = variables["Positive electrode volumetric interfacial current density [A.m-3]"]
        made = -self.param.p.L * pybamm.x_average(reaction * (U - T * entropic))
        inner = variables["Voltage [V]"] + variables["Current [A]"] * self.leads
        variables[HEAT] = made - variables["Current [A]"] / self.param.A_cc * inner
        return variables

    def set_rhs(self, variables: Variables) -> None:
        T = variables[TEMPERATURE]
        ambient = variables["Volume-averaged ambient temperature [K]"]
        passed_on = pybamm.Parameter(TRANSFER) * (T - ambient)
        self.rhs = {T: (variables[HEAT] - passed_on) / pybamm.Parameter(CAPACITY)}

    def set_initial_conditions(self, variables: Variables) -> None:
        ambient = variables["Volume-averaged ambient temperature [K]"]
        self.initial_conditions = {variables[TEMPERATURE]: ambient}
