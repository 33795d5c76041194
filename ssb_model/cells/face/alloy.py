r"""An alloy with an open-circuit potential of its own, in which lithium diffuses.

The layer's state is its lithium content :math:`x`, counted in that which it has beside lithium
(:math:`x = 1`, where its potential against lithium :math:`U` is 0). Lithium diffuses, with the
diffusivity :math:`D` [m2.s-1] that the layer's conductivities and its thermodynamic factor state
for a content near 1, taken as constant; :math:`\xi = x/h` as in :mod:`.layer`,

.. math::

    h^2 \frac{\partial x}{\partial t} = D \frac{\partial^2 x}{\partial \xi^2}, \qquad
    D = \frac{s_a R T \Gamma}{F^2 c_\mathrm{Li}}, \qquad x(0) = 1,

.. math::

    \frac{F D c_\mathrm{Li}}{h} \frac{\partial x}{\partial \xi}(1)
    = -\left( \frac{s_e}{s_i + s_e} J + J_p \right), \qquad
    \eta = \frac{J h}{s_i + s_e} + \frac{s_e}{s_i + s_e} \, U(x(1)),

so that lithium's potential at the garnet is :math:`u(1) = -U(x(1))`. The content of the whole layer
is :math:`F h c_\mathrm{Li} \int x \, \mathrm{d}\xi` [C.m-2]. Stripping empties the layer at the
garnet: at rest at the **limiting current density**, and above it after the time :math:`\tau`
of a half space where that is short [derived],

.. math::

    J_\mathrm{lim} = \frac{F D c_\mathrm{Li}}{h}, \qquad
    \tau = \frac{\pi D}{4} \left( \frac{F c_\mathrm{Li}}{J} \right)^2.

The event "Negative face layer exhausted" ends a run there. Plating fills the layer beyond
:math:`x = 1`, which makes :math:`U` negative: lithium comes out at the garnet (:mod:`.below`).

:math:`U(x)` is the table ``[layer_potential]`` of the coating's file, straight between its points
and beyond them; or has one plateau :math:`U_p` [V], below a phase as narrow as :math:`\Gamma` says,

.. math::

    U = U_p \left[ 1 - \exp \left( -\frac{R T \Gamma}{F U_p} (1 - x) \right) \right],

whose slope at :math:`x = 1` is :math:`-R T \Gamma / F`: with a high plateau it is the layer of
:mod:`.layer`, whose potential is a straight line. Two phases side by side are thus taken as one
diffusion, and the form is assumed.
"""

from __future__ import annotations

from collections.abc import Callable

import pybamm

from ssb_model.cells.face.layer import MixedConductorLayer
from ssb_model.cells.face.mechanism import FARADAY, R_GAS
from ssb_model.cells.symbols import Variables
from ssb_model.library import LayerPotential

CONTENT = "layer lithium content"
CONTENT_AT_GARNET = "layer lithium content at the garnet"
POTENTIAL = "layer potential [V]"


class AlloyLayer(MixedConductorLayer):
    """The lithium content as a diffusion equation, its potential a function U(x)."""

    state, at_lithium = CONTENT, 1

    def _at_garnet(self, variables: Variables) -> pybamm.Symbol:
        x = pybamm.boundary_value(variables[self.name_of(CONTENT)], "right")
        variables[self.name_of(CONTENT_AT_GARNET)] = x
        slope = 1 / self._per_volt(variables)
        inputs = {"Layer lithium content": x, "Layer potential slope [V]": slope}
        return -pybamm.FunctionParameter(f"{self.side} face {POTENTIAL}", inputs)

    def _per_volt(self, variables: Variables) -> pybamm.Symbol:
        thermal = R_GAS * self.temperature(variables) / FARADAY
        return 1 / (thermal * self.parameter("layer thermodynamic factor"))

    def add_events_from(self, variables: Variables) -> None:
        left = variables[self.name_of(CONTENT_AT_GARNET)]
        self.events.append(pybamm.Event(f"{self.side} face layer exhausted", left))


def tabled(table: LayerPotential) -> Callable[..., pybamm.Symbol]:
    """U(x) of a table, for PyBaMM's parameter values."""

    def potential(x: pybamm.Symbol, slope: pybamm.Symbol) -> pybamm.Symbol:
        return pybamm.Interpolant(table.content, table.potential, [x], interpolator="linear")

    return potential


def with_plateau(face: str) -> Callable[..., pybamm.Symbol]:
    """U(x) with the plateau of ``face``, for PyBaMM's parameter values."""

    def potential(x: pybamm.Symbol, slope: pybamm.Symbol) -> pybamm.Symbol:
        U_p = pybamm.Parameter(f"{face} layer potential plateau [V]")
        return U_p * (1 - pybamm.exp(slope / U_p * (x - 1)))

    return potential
