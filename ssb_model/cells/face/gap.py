r"""Gaps between the contact spots carry displacement current: constriction is an arc of its own.

Where lithium does not touch, a gap of the width :math:`d` [m] lies between it and the garnet. At
high frequency the current crosses the gap and need not reach the spots: the constriction relaxes
(the dynamic constriction of Eckhardt, Klar, Janek and Heiliger, ACS Appl. Mater. Interfaces 2022).

With the potential of the garnet below the spots, :math:`u` [V] from lithium's (charge transfer,
layer, skin, film), and its mean below the gaps, :math:`u_g`, the gaps' capacitance
:math:`c = \varepsilon_0/d` [F.m-2] is charged by what does not flow to the spots through the
garnet, over the constriction resistance :math:`R_c` of :mod:`.contact`,

.. math::

    c \, \frac{\mathrm{d}u_g}{\mathrm{d}t} = \kappa \left( J - \frac{u_g - u}{\rho} \right),
    \qquad \rho = \frac{R_c}{1 - \theta}, \qquad
    \kappa = \frac{c}{c + \varepsilon / (\sigma \rho)},

.. math::

    J_c = J - (1 - \theta) \, c \, \frac{\mathrm{d}u_g}{\mathrm{d}t}, \qquad
    \eta = \theta u + (1 - \theta) u_g.

:math:`J_c` is the current density that passes the spots, :math:`\eta` the face's overpotential,
both over the whole face; :math:`\varepsilon` [F.m-1] is the permittivity of the garnet, whose own
displacement current flows beside its conduction. Where the spots have no resistance (u = 0),

.. math::

    Z = \frac{R_c}{1 + \mathrm{j} \omega R_c \left[ \frac{c}{1 - \theta}
    + \frac{\varepsilon}{\sigma R_c} \right]}.

Derivation: let A be the map of potentials below the gaps to the currents that the garnet draws
from them, and M their mean squares. Then the constriction's impedance is
:math:`m^T (A + g M)^{-1} m` with :math:`g = \mathrm{j} \omega c b / \sigma` and m the means: a sum
of relaxations, of which for a disc in a circular cell the slowest has 98 % or more up to a contact
fraction of 0.7. One relaxation with the sum's limits at low and at high frequency is taken for it:
within 6 % of the constriction's impedance, and 3 % of the cell's (``tests/cells/test_gap.py``
solves for all of them, and compares with :func:`ssb_model.field.contact_impedance`).
"""

from __future__ import annotations

import pybamm

from ssb_model.cells.face.contact import CONSTRICTION
from ssb_model.cells.face.overpotential import AT_ONCE, FROM_GAPS, FaceOverpotential
from ssb_model.cells.symbols import Variables
from ssb_model.constants import VACUUM_PERMITTIVITY

GAP_VOLTAGE = "gap voltage [V]"
NO_DIVISION_BY_ZERO = 1e-9  # added to the gaps' share of the face


class GapOverpotential(FaceOverpotential):
    """The face with its gaps: their voltage u_g is a state."""

    def get_fundamental_variables(self) -> Variables:
        name = self.name_of(GAP_VOLTAGE)
        return {name: pybamm.Variable(name)}

    def _electrical(
        self,
        layer: pybamm.Symbol,
        film: pybamm.Symbol,
        relaxing: pybamm.Symbol,
        variables: Variables,
    ) -> Variables:
        u_g, behind = variables[self.name_of(GAP_VOLTAGE)], layer + film
        theta = variables[self.name_of("contact fraction")]
        bare, c = 1 - theta, _capacitance()
        rho = variables[self.name_of(CONSTRICTION)] / (bare + NO_DIVISION_BY_ZERO)
        relative = pybamm.Parameter("Garnet bulk relative permittivity")
        relaxation = VACUUM_PERMITTIVITY * relative / variables["Garnet conductivity [S.m-1]"]
        kappa = c / (c + relaxation / rho)
        drag = 1 + bare * kappa * behind / rho
        at_once = (1 - bare * kappa) / drag
        from_gaps = bare * kappa / drag * (u_g - relaxing) / rho
        return {
            self.name_of("instant resistance [Ohm.m2]"): theta * behind * at_once,
            self.name_of("relaxing overpotential [V]"): theta * (relaxing + behind * from_gaps)
            + bare * u_g,
            self.name_of(AT_ONCE): at_once,
            self.name_of(FROM_GAPS): from_gaps,
        }

    def set_rhs(self, variables: Variables) -> None:
        bare = 1 - variables[self.name_of("contact fraction")] + NO_DIVISION_BY_ZERO
        crossing = self.face_current_density(variables) - self.current_density(variables)
        self.rhs = {variables[self.name_of(GAP_VOLTAGE)]: crossing / (bare * _capacitance())}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables[self.name_of(GAP_VOLTAGE)]: pybamm.Scalar(0)}


def _capacitance() -> pybamm.Symbol:
    """Of the gaps [F.m-2]."""
    return VACUUM_PERMITTIVITY / pybamm.Parameter("Lithium gap width [m]")
