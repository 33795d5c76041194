r"""Lithium filaments: above the critical current density they grow until the cell shorts.

The garnet's share :math:`f` that filaments have crossed grows with the charge passed above the
critical current density :math:`J_c` [A.m-2], on the face that is plated,

.. math::

    q_f \frac{\mathrm{d}f}{\mathrm{d}t} = (J_\mathrm{plating} - J_c)_+,

with :math:`q_f` [C.m-2] the charge that shorts the cell. One face of a symmetric cell is always
plated, so that :math:`J_\mathrm{plating} = |J|`; the lithium of a full cell is plated on charge
and stripped on discharge, on which no filament grows. Filaments shorten the way through the
garnet to :math:`1 - f` of its length: a soft short, the voltage falls. At :math:`f = 1` the
electrodes touch: the event "Short circuit" ends the run. The critical current density is a law of
the interface's resistance :math:`R` [Ohm.m2] (sum of the faces), of the contact :math:`x` that its
worst face retains, of temperature :math:`T` and stack pressure :math:`P`,

.. math::

    J_c = J_\mathrm{ref} \left( \frac{R_\mathrm{ref} + R_0}{R + R_0} \right)^n
    \exp\left( -\frac{R - R_\mathrm{ref}}{R_s} \right) x^m \, A(T) \,
    \exp\left[ -k \, (P - P_0)_+ \right].

:math:`A(T)` is Arrhenius' factor (:mod:`ssb_model.cells.face.mechanism`) with the activation energy
of the critical current itself. That temperature counts once, :math:`R` is what the face as it is
now, with its films and what it retains of its contact, would have at :math:`T_\mathrm{ref}`. The
option "critical current temperature": "resistance" takes :math:`R` at :math:`T` instead, and no
:math:`A(T)`. Data and tags: :mod:`ssb_model.library.law_conditions`.

Lithium below a layer (:mod:`ssb_model.cells.face.below`) is a contact of its own: of its current
:math:`J_p`, what is above :math:`\nu J_c`, the critical current density of the share :math:`\nu`
that it covers, grows filaments as well, so that nuclei do and a coalesced film need not.

The form holds the published laws as special cases: with the garnet's resistance as :math:`R_0` and
n = 1 a critical cell voltage, with another :math:`R_0` a critical overpotential, with 0 for
:math:`R_0` a power law, with n = 0 the exponential law of
Flatscher et al., J. Mater. Chem. A 2020, and with m = 1 alone a critical current of the contact.
See :mod:`ssb_model.critical_current`. What is lost by voids lowers the critical current, so that a
cell held below it may short later: ramp and hold share one state. The growth law and its charge
are assumptions; no published law for the share is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pybamm

from ssb_model.cells.face import PLATED, SHARE
from ssb_model.cells.symbols import CellOptions, Variables, replaced, sum_of
from ssb_model.library import CONDITION_PARAMETERS, LAW_PARAMETERS, LawConditions, LawForm

SHORT = 0.999  # of the garnet: what is left then has no voltage to speak of


class NoShortCircuit(pybamm.BaseSubModel):
    """A garnet that no filament crosses."""

    def __init__(self, faces: Sequence[str], cell_options: CellOptions) -> None:
        super().__init__(None, None, name="short circuit")

    def get_fundamental_variables(self) -> Variables:
        return {"Garnet intact share": pybamm.Scalar(1)}


class ShortCircuit(pybamm.BaseSubModel):
    """The crossed share f as a state, and the critical current density.

    Parameters
    ----------
    faces
        Faces of the cell, "negative" and possibly "positive".
    cell_options
        The completed options of :func:`ssb_model.cells.options.split_options`.
    """

    def __init__(self, faces: Sequence[str], cell_options: CellOptions) -> None:
        super().__init__(None, None, name="short circuit")
        self.sides = [face.capitalize() for face in faces]
        self.below = cell_options["lithium below layer"] == "plated"
        self.activated = cell_options["critical current temperature"] == "activation energy"

    def get_fundamental_variables(self) -> Variables:
        f = pybamm.Variable("Filament share of garnet")
        return {"Filament share of garnet": f, "Garnet intact share": 1 - f}

    def get_coupled_variables(self, variables: Variables) -> Variables:
        x = variables[f"{self.sides[0]} face retained contact"]
        for side in self.sides[1:]:
            x = pybamm.minimum(x, variables[f"{side} face retained contact"])
        R = sum_of(variables[f"{side} face resistance [Ohm.m2]"] for side in self.sides)
        E, strength, threshold = map(pybamm.Parameter, CONDITION_PARAMETERS)
        conditions = LawConditions(E, strength, threshold)
        P = pybamm.Parameter("Stack pressure [Pa]")
        factor = conditions.over_pressure(P, pybamm.exp, pybamm.maximum)
        if self.activated:
            T = variables["Volume-averaged cell temperature [K]"]
            T_ref = pybamm.Parameter("Reference temperature [K]")
            R = replaced(R, T, T_ref)
            factor *= conditions.activation(T, pybamm.exp, T_ref)
        J_ref, R_ref, R_0, n, decay, m = map(pybamm.Parameter, LAW_PARAMETERS)
        law = LawForm(R_0, n, 1 / decay, m)  # of which PyBaMM takes the inverse again: 0 is allowed
        J_c = law.current_density(R, x, J_ref, R_ref, pybamm.exp)
        variables["Critical current density [A.m-2]"] = J_c * factor
        return variables

    def set_rhs(self, variables: Variables) -> None:
        J = variables["Total current density [A.m-2]"]
        plating = {"Negative": -J, "Positive": J}
        excess = pybamm.Scalar(0)
        for side in self.sides:
            J_c = variables["Critical current density [A.m-2]"]
            excess = pybamm.maximum(plating[side] - J_c, excess)
            if self.below:
                J_p, nu = (variables[f"{side} face {name}"] for name in (PLATED, SHARE))
                excess = pybamm.maximum(J_p - nu * J_c, excess)
        charge = pybamm.Parameter("Filament charge [C.m-2]")
        self.rhs = {variables["Filament share of garnet"]: excess / charge}

    def set_initial_conditions(self, variables: Variables) -> None:
        self.initial_conditions = {variables["Filament share of garnet"]: pybamm.Scalar(0)}

    def add_events_from(self, variables: Variables) -> None:
        left = SHORT - variables["Filament share of garnet"]
        self.events.append(pybamm.Event("Short circuit", left))
