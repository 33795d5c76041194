r"""A resistive film that grows with time and current.

At constant current density the film's resistance [Ohm.m2] follows the power law

.. math::

    \Delta R = (k_c + k_J |J|) \left( \frac{t}{t_\mathrm{ref}} \right)^q,

with :math:`k_c` [Ohm.m2] the calendar growth and :math:`k_J |J|` the growth by current after the
reference time :math:`t_\mathrm{ref}` = 200 h (the time at which the founding paper reports it). As
a state :math:`a` for any current profile,

.. math::

    \frac{\mathrm{d}a}{\mathrm{d}t} = \frac{1}{t_\mathrm{ref}}
    \left[ \frac{(k_c + k_J |J|) A(T)}{R_0} \right]^{1/q}, \qquad
    \Delta R = R_0 \left[ (a + a_0)^q - a_0^q \right],

with :math:`R_0` = 1 ohm cm2 a mere scale, :math:`A(T)` the Arrhenius factor of growth, and
:math:`a_0` so small (1e-6 ohm cm2 at q = 1/2) that it only keeps the slope finite at the first
instant. A power of the current alone would have an infinite slope at rest and forbid growth on
the shelf. The film conducts ions with the activation energy of the charge transfer. Linear growth
is q = 1, parabolic growth q = 1/2.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.symbols import Variables
from ssb_model.constants import HOUR

REFERENCE_TIME = 200 * HOUR  # s
RESISTANCE_SCALE = 1e-4  # Ohm.m2
INITIAL_EXTENT = 1e-12


class FilmGrowth(FaceMechanism):
    """Extent of growth a as a state, resistance of the film as its power."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("film extent")
        return {name: pybamm.Variable(name)}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        a = variables[self.name_of("film extent")]
        q = self.parameter("growth exponent")
        energy = self.parameter("exchange-current density activation energy [J.mol-1]")
        extent = (a + INITIAL_EXTENT) ** q - pybamm.Scalar(INITIAL_EXTENT) ** q
        resistance = RESISTANCE_SCALE * extent / arrhenius(energy, self.temperature(variables))
        variables[self.name_of("film resistance [Ohm.m2]")] = resistance
        return variables

    def set_rhs(self, variables: Variables) -> None:
        a = variables[self.name_of("film extent")]
        J = self.current_density(variables)
        growth = self.parameter("reference calendar growth [Ohm.m2]") + self.parameter(
            "reference current growth [Ohm.m4.A-1]"
        ) * abs(J)
        energy = self.parameter("growth activation energy [J.mol-1]")
        rate = growth * arrhenius(energy, self.temperature(variables)) / RESISTANCE_SCALE
        self.rhs = {a: rate ** (1 / self.parameter("growth exponent")) / REFERENCE_TIME}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of("film extent")]: pybamm.Scalar(0)}


class NoGrowth(FaceMechanism):
    """A face that does not change."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        variables[self.name_of("film resistance [Ohm.m2]")] = pybamm.Scalar(0)
        return variables
