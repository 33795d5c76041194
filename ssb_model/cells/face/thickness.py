r"""The layer's thickness: as it was made, or less and less where it dissolves into lithium.

An alloy may dissolve into the thick lithium above it. With the thickness :math:`h_0` [m] that was
made, the share :math:`y` of it that is left loses

.. math::

    \frac{\mathrm{d}y}{\mathrm{d}t} = -\frac{k}{h_0} A(T) \, \frac{y - y_1}{y - y_1 + y_0},
    \qquad h = h_0 y, \qquad \Rightarrow \qquad
    y + y_0 \ln \frac{y - y_1}{1 - y_1} = 1 - \frac{k}{h_0} A(T) \, t,

with :math:`k` [m.s-1] the rate at the reference temperature and :math:`A(T)` Arrhenius' factor: the
reaction at the lithium's side limits it, so that a thick layer lasts in proportion to its
thickness [assumed]. The last hundredth, :math:`y_0`, fades instead of ending, and a thousandth,
:math:`y_1`, stays, so that no equation of the layer loses its domain [assumed]. The lithium of what
dissolves joins the metal: it carries no current. Diffusion in the layer is far quicker than its
loss, and the layer's conductivities stay what they are [assumed]. No rate is stated for any of
these layers: ZnLi_x was shown for powder, not after cycling. A layer that is uneven
(:mod:`.pinholes`) opens as it thins.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.symbols import Variables

THICKNESS = "layer thickness that is left [m]"
LEFT = "layer share that is left"
TAIL, LAST = 0.01, 1e-3  # y_0, y_1


class MadeThickness(FaceMechanism):
    """A layer as thick as it was made."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        variables[self.name_of(THICKNESS)] = self.parameter("layer thickness [m]")
        return variables


class DissolvingLayer(FaceMechanism):
    """The share y of the layer that is left as a state."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of(LEFT)
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        y = variables[self.name_of(LEFT)]
        variables[self.name_of(THICKNESS)] = self.parameter("layer thickness [m]") * y
        return variables

    def set_rhs(self, variables: Variables) -> None:
        y = variables[self.name_of(LEFT)]
        energy = "layer dissolution activation energy"
        rate = self.scaled_by_arrhenius("layer dissolution rate [m.s-1]", energy, variables)
        fading = (y - LAST) / (y - LAST + TAIL)
        self.rhs = {y: -rate / self.parameter("layer thickness [m]") * fading}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of(LEFT)]: pybamm.Scalar(1)}
