r"""Voids: stripping faster than lithium is resupplied loses contact, plating and creep restore it.

The face keeps the share :math:`x` of the contact it was made with (1 when new). While it is
stripped at a current density :math:`J` [A.m-2] above what reaches the contact, :math:`J_r`,
contact is lost in proportion to the charge in excess, by :math:`\kappa` [m2.C-1]; plating refills
the share :math:`\rho` of the voids that as much charge would have opened; lithium creeps back
under the pressure :math:`P` [Pa] at the rate :math:`k_\mathrm{creep}` [s-1]:

.. math::

    \frac{\mathrm{d}x}{\mathrm{d}t} = -\kappa x (J - J_r)_+
    + (1 - x) \left[ \rho \kappa (-J)_+ + k_\mathrm{creep} \right], \qquad
    k_\mathrm{creep} = k_\mathrm{ref} \left( \frac{P}{P_\mathrm{ref}} \right)^n,

.. math::

    J_r = (\theta J_0 + c_P P) A(T) + J_\mathrm{layer}, \qquad
    J_\mathrm{layer} = \frac{4 h s_a}{a^2} \, \frac{R T \Gamma}{F}, \qquad
    s_a = \frac{s_i s_e}{s_i + s_e}.

:math:`J_0` [A.m-2] and :math:`c_P` [A.m-2.Pa-1] are the currents that a contact of lithium and
garnet sustains without pressure and per pressure: 0.1 mA/cm2 without and 0.4 mA/cm2 at 2 MPa,
quoted by Roy, Fleck & Deshpande, Extreme Mech. Lett. 2021, doi:10.1016/j.eml.2021.101307, with a
straight line between them [assumed]. :math:`J_0` acts on the contact that is left,
:math:`\theta = \theta_0 x` (diffusion of vacancies into the metal), so that a face that loses
contact is resupplied less and loses the rest faster; :math:`c_P P` acts on the face, because
pressure concentrates on the spots in contact [assumed]. The creep law with its constants is Roy's.

:math:`J_\mathrm{layer}` is how a buffer layer evens the current out: below a void of radius
:math:`a` [m] the garnet goes on drawing :math:`J`, which lithium in the layer supplies from the
void's rim. Steady diffusion in that disc, with the diffusivity :math:`D` of the lithium of
concentration :math:`c` in the layer, empties the centre at :math:`J_\mathrm{layer}` [derived]:

.. math::

    h D \, \nabla^2 c = \frac{J}{F}, \qquad J = \frac{4 F h D c}{a^2}, \qquad
    D c F = s_a \frac{R T \Gamma}{F}.

A layer that conducts ions or electrons alone evens nothing, nor does a bare face. This is the
only way in which coatings differ here. The law of loss and :math:`\kappa`, :math:`\rho` and
:math:`a` are assumptions.
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.closure import MADE
from ssb_model.cells.face.mechanism import FaceMechanism, arrhenius
from ssb_model.cells.symbols import Variables


class FullContact(FaceMechanism):
    """A face that keeps the contact it was made with."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        variables[self.name_of("retained contact")] = pybamm.Scalar(1)
        return variables


class Voids(FaceMechanism):
    """The retained contact x as a state."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of("retained contact")
        return {name: pybamm.Variable(name, bounds=(0, 1))}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        energy = pybamm.Parameter("Lithium resupply activation energy [J.mol-1]")
        metal = (
            variables[self.name_of(MADE)]
            * variables[self.name_of("retained contact")]
            * pybamm.Parameter("Lithium stripping limit without pressure [A.m-2]")
            + pybamm.Parameter("Lithium stripping limit per pressure [A.m-2.Pa-1]") * _pressure()
        ) * arrhenius(energy, self.temperature(variables))
        radius = pybamm.Parameter("Lithium void radius [m]")
        layer = variables[self.name_of("layer sheet supply [A]")] / radius**2
        variables.update(
            {
                self.name_of("resupply current density [A.m-2]"): metal + layer,
                self.name_of("layer resupply current density [A.m-2]"): layer,
            }
        )
        return variables

    def set_rhs(self, variables: Variables) -> None:
        x = variables[self.name_of("retained contact")]
        J = self.metal_current_density(variables)
        excess = J - variables[self.name_of("resupply current density [A.m-2]")]
        kappa = pybamm.Parameter("Lithium contact loss per charge [m2.C-1]")
        refilled = pybamm.Parameter("Lithium plating recovery") * kappa * pybamm.maximum(-J, 0)
        lost = kappa * x * pybamm.maximum(excess, 0)
        self.rhs = {x: (1 - x) * (refilled + creep_rate()) - lost}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of("retained contact")]: pybamm.Scalar(1)}


def _pressure() -> pybamm.Parameter:
    return pybamm.Parameter("Stack pressure [Pa]")


def creep_rate() -> pybamm.Symbol:
    """Rate at which creep closes voids [s-1]."""
    stress = _pressure() / pybamm.Parameter("Lithium creep reference stress [Pa]")
    rate = pybamm.Parameter("Lithium creep reference rate [s-1]")
    return rate * stress ** pybamm.Parameter("Lithium creep exponent")
