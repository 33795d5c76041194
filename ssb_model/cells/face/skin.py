r"""A skin on the garnet: a thin dielectric film (such as Li2CO3 from air) that ions must cross.

With the thickness :math:`d` [m], the conductivity :math:`s` [S.m-1] and the relative permittivity
:math:`\varepsilon_r`, the voltage :math:`v` [V] across the skin obeys, on the part of the face in
contact,

.. math::

    \frac{\varepsilon_0 \varepsilon_r}{d} \frac{\mathrm{d}v}{\mathrm{d}t}
    = \frac{J}{\theta} - \frac{v s}{d}.

Its resistance :math:`d/(s \theta)` has the skin's own activation energy. Whether a skin is there
is not known for the founding cells (the dip's solvent and exposure to air are not stated); the
bare face's measured activation energy, 0.314 eV, speaks against a skin alone. Off by default.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.symbols import Variables
from ssb_model.constants import VACUUM_PERMITTIVITY


class NoSkin(FaceMechanism):
    """A clean garnet."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        names = ("skin voltage [V]", "skin resistance [Ohm.m2]")
        variables.update({self.name_of(name): pybamm.Scalar(0) for name in names})
        return variables


class Skin(FaceMechanism):
    """The skin's voltage as a state; its capacitance makes it an ODE and an arc of its own."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("skin voltage [V]")
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        energy = pybamm.Parameter("Garnet skin activation energy [J.mol-1]")
        conductivity = pybamm.Parameter("Garnet skin conductivity [S.m-1]")
        conductivity *= arrhenius(energy, self.temperature(variables))
        theta = variables[self.name_of("contact fraction")]
        resistance = pybamm.Parameter("Garnet skin thickness [m]") / conductivity / theta
        variables[self.name_of("skin resistance [Ohm.m2]")] = resistance
        return variables

    def set_rhs(self, variables: Variables) -> None:
        v = variables[self.name_of("skin voltage [V]")]
        relative = pybamm.Parameter("Garnet skin relative permittivity")
        theta = variables[self.name_of("contact fraction")]
        capacity = (
            theta * VACUUM_PERMITTIVITY * relative / pybamm.Parameter("Garnet skin thickness [m]")
        )
        J = self.current_density(variables)
        self.rhs = {v: (J - v / variables[self.name_of("skin resistance [Ohm.m2]")]) / capacity}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of("skin voltage [V]")]: pybamm.Scalar(0)}
