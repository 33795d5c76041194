r"""Lithium touches part of the face: constriction of the current in the garnet below.

Contacts are discs of radius :math:`a` [m], one in each circular cell of radius :math:`b` [m] (half
the contact spacing): :math:`s = a/b`, contact fraction :math:`\theta = s^2`. The current narrows
in the garnet below each disc, which is held at one potential. Per area of the face this adds

.. math::

    R_c = \frac{\pi b}{4 \sigma s} \, \psi(s), \qquad
    \psi(s) = 1 - 1.40978 s + 0.34406 s^3 + 0.0435 s^5 + 0.02271 s^7

[Ohm.m2], the classical result for a circular contact on a circular cylinder; the coefficients were
checked by an axisymmetric finite-volume solve to 4e-4 (``tests/cells/test_constriction.py``
checks limits). It follows the garnet's conductivity :math:`\sigma` [S.m-1], hence its activation
energy.

Of the contact that was made, :math:`\theta_0` (or more under pressure: :mod:`.closure`), voids may
leave the share :math:`x` (:mod:`.voids`); the spots then shrink where they are,

.. math::

    \theta = \theta_0 x,

at the same spacing.
"""

from __future__ import annotations

import math

from ssb_model.cells.face.closure import MADE
from ssb_model.cells.face.mechanism import FaceMechanism
from ssb_model.cells.symbols import Value, Variables

CONSTRICTION = "constriction resistance [Ohm.m2]"
PSI_COEFFICIENTS = {0: 1.0, 1: -1.40978, 3: 0.34406, 5: 0.0435, 7: 0.02271}


def psi(s: Value) -> Value:
    """Constriction function of a disc in a circular cell, radius ratio ``s`` in (0, 1]."""
    return sum(coefficient * s**power for power, coefficient in PSI_COEFFICIENTS.items())


def constriction_resistance(
    contact_fraction: Value, contact_spacing: Value, conductivity: Value
) -> Value:
    """Area-specific constriction resistance of one face [Ohm.m2].

    ``contact_fraction`` in (0, 1], ``contact_spacing`` (centre to centre, 2b) in m,
    ``conductivity`` in S/m; numbers, arrays or PyBaMM symbols.
    """
    s = contact_fraction**0.5
    return math.pi * contact_spacing / (8 * conductivity * s) * psi(s)


class Contact(FaceMechanism):
    """Contact fraction theta and the constriction resistance it causes."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        retained = variables[self.name_of("retained contact")]
        theta = variables[self.name_of(MADE)] * retained
        spacing = self.parameter("contact spacing [m]")
        sigma = variables["Garnet conductivity [S.m-1]"]
        variables.update(
            {
                self.name_of("contact fraction"): theta,
                self.name_of(CONSTRICTION): constriction_resistance(theta, spacing, sigma),
            }
        )
        return variables
