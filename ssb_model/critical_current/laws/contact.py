r"""D, the contact law: lithium touches a share theta of the face, and only that share counts.

.. math::

    J = \theta J^*, \qquad R = \frac{R_\mathrm{f}}{\theta} + 2 R_\mathrm{c}(\theta, b)

The current density under a contact is the same :math:`J^*` at the short in every cell. A
resistance :math:`R_\mathrm{f}` of both faces at full contact is divided by :math:`\theta`, and the
garnet adds its constriction :math:`R_\mathrm{c}` below spots of cell radius :math:`b`, the same in
all cells (:func:`~ssb_model.critical_current.pellet_constriction`). The coated cell is taken as
full contact (:math:`\theta = 1`: :math:`R_\mathrm{f}` and :math:`J^*` are its own); the bare
cell's two data then fix its :math:`\theta` and :math:`b`. For the cells of Zhai et al. 2024,
doi:10.1039/d4sc00786g, :math:`b` is 3.1 pellet thicknesses, 2.6 mm in a pellet of 0.84 mm, so that
the pellet's finite thickness counts; contacts so far apart are barely physical. Derived here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from ssb_model.critical_current.laws.base import (
    Constant,
    CriticalCurrentLaw,
    MeasuredCell,
    bare_and_coated,
)
from ssb_model.critical_current.laws.root import root
from ssb_model.errors import InputError
from ssb_model.field import pellet_constriction
from ssb_model.library import A_M2, LawForm, Range, is_true, namespace, positive, within

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers

SMALLEST_CONTACT = 1e-3
RADIUS_RATIOS = Range(1e-3, 20.0)  # cell radius b over pellet thickness L


@dataclass(frozen=True)
class ContactLaw(CriticalCurrentLaw):
    """D: the current density under a contact is the same at the short in every cell.

    Attributes
    ----------
    full_resistance
        R_f [Ohm.m2].
    full_current
        J* [A.m-2].
    bare_contact_fraction
        theta of the bare cell.
    radius_ratio
        b over the pellet's thickness.
    garnet_resistance
        The pellet's thickness over its conductivity [Ohm.m2].
    """

    title = "D (contact law)"
    assumes = "full contact when coated, spots of one spacing opposite each other when not"
    source = "derived; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g"

    full_resistance: Numbers
    full_current: Numbers
    bare_contact_fraction: Numbers
    radius_ratio: Numbers
    garnet_resistance: Numbers

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        theta = J_b / J_c
        wanted = (R_b - R_c / theta) / 2
        _refuse_impossible(theta, wanted, garnet_resistance)
        log = root(
            lambda x: pellet_constriction(theta, namespace(x).exp(x), garnet_resistance) - wanted,
            *np.log(RADIUS_RATIOS),
        )
        return cls(R_c, J_c, theta, namespace(log).exp(log), garnet_resistance)

    @property
    def form(self) -> LawForm:
        """In use, what counts is the contact that is retained."""
        return LawForm(contact_exponent=1.0)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("resistance at full contact", self.full_resistance, "Ohm.m2"),
            Constant("critical current density at full contact", self.full_current, "A.m-2"),
            Constant("contact fraction of the bare cell", self.bare_contact_fraction, "-"),
            Constant("contact cell radius over garnet thickness", self.radius_ratio, "-"),
            Constant("garnet resistance", self.garnet_resistance, "Ohm.m2"),
        )

    @property
    def resistance_range(self) -> Range:
        return Range(self.full_resistance, self.interface_resistance(SMALLEST_CONTACT))

    @property
    def current_range(self) -> Range:
        return Range(SMALLEST_CONTACT * self.full_current, self.full_current)

    def contact_cell_radius(self, garnet_thickness: Numbers) -> Numbers:
        """Radius b [m] of the cell of one spot, for a pellet of `garnet_thickness` [m]."""
        return self.radius_ratio * positive(garnet_thickness, "garnet thickness", "m")

    def contact_fraction_at(self, current_density: Numbers) -> Numbers:
        """Contact fraction that a critical `current_density` [A.m-2] requires."""
        J = positive(current_density, "critical current density", A_M2)
        within(J, self.current_range, "critical current", "A.m-2", self.title)
        return J / self.full_current

    def interface_resistance(self, contact_fraction: Numbers) -> Numbers:
        """R_f/theta + 2 R_c [Ohm.m2] at a `contact_fraction` theta in [1e-3, 1]."""
        theta = positive(contact_fraction, "contact fraction", "parts of 1")
        within(theta, Range(SMALLEST_CONTACT, 1.0), "contact fraction", "(a share)", self.title)
        return self._resistance(theta * self.full_current)

    def _current_density(self, R: Numbers) -> Numbers:
        """J = theta J*, with theta the root of ln R - ln R(theta), which rises in ln theta."""
        J, xp = self.full_current, namespace(R, self.full_resistance, self.radius_ratio)
        ln_theta = root(
            lambda x: xp.log(R) - xp.log(self._resistance(J * xp.exp(x))),
            np.log(SMALLEST_CONTACT),
            0.0,
        )
        return J * xp.exp(ln_theta)

    def _resistance(self, J: Numbers) -> Numbers:
        theta = J / self.full_current
        constriction = pellet_constriction(theta, self.radius_ratio, self.garnet_resistance)
        return contact_resistance(theta, self.full_resistance, constriction)


def contact_resistance(
    contact_fraction: Numbers, full_resistance: Numbers, constriction: Numbers
) -> Numbers:
    """R_f/theta + 2 R_c [Ohm.m2], of the ``constriction`` R_c of one face [Ohm.m2]."""
    return full_resistance / contact_fraction + 2 * constriction


def _refuse_impossible(theta: Numbers, wanted: Numbers, garnet_resistance: Numbers) -> None:
    if not is_true(theta >= SMALLEST_CONTACT):
        raise InputError(
            f"{ContactLaw.title} covers contact fractions from {SMALLEST_CONTACT:g} on: choose "
            "cells whose critical currents differ less."
        )
    least, most = (pellet_constriction(theta, ratio, garnet_resistance) for ratio in RADIUS_RATIOS)
    if not is_true(wanted > least) or not is_true(wanted < most):
        raise InputError(
            f"{ContactLaw.title} cannot explain these cells: the share of lithium in contact that "
            "their currents ask for makes too little or too much resistance; take another law."
        )
