r"""A face that is coated in part; and the layer that a dip in ZnI2 solution leaves.

The coated share :math:`c` and the uncoated share :math:`1 - c` are two faces in parallel, each
with mechanisms of its own. Let :math:`r` [Ohm.m2] be the resistance of each that follows its
current at once, and :math:`v` [V] the rest of its overpotential. At one voltage :math:`V` across
both,

.. math::

    V = J_1 r_1 + v_1 = J_2 r_2 + v_2, \qquad c J_1 + (1 - c) J_2 = J,

which gives both currents without an algebraic state, and at rest

.. math::

    \frac{1}{R} = \frac{c}{R_1} + \frac{1 - c}{R_2}.

A wet film of a solution of ZnI2 dries to a layer whose thickness is in proportion to the
concentration. It reacts with lithium, ZnI2 + (2+x) Li -> 2 LiI + ZnLi_x, to 1.24 times its volume:
42 nm for each 0.1 mol/L of a film of 5 um. Below some threshold the grains stay partly bare. After
a dip at the concentration :math:`k` [mol/L], with the threshold :math:`k_\mathrm{th}` and a
sharpness :math:`m`, the covered share is taken as

.. math::

    c = 1 - \exp\left[ -(k / k_\mathrm{th})^m \right].

Both are assumptions; the paper shows micrographs only.
"""

from __future__ import annotations

import math

import pybamm

from ssb_model.cells.face.below import SHARE
from ssb_model.cells.face.mechanism import PLATED, FaceMechanism
from ssb_model.cells.symbols import Value, Variables, sum_of

BELOW = (PLATED, SHARE)  # of lithium below the layer, over the whole face


def coverage(concentration: Value, threshold: Value = 0.2, sharpness: Value = 2.0) -> Value:
    """Covered share of the face after a dip at ``concentration`` [mol/L], between 0 and 1.

    Numbers, or NumPy or JAX arrays; ``threshold`` in the unit of the concentration.
    """
    return 1 - math.e ** (-((concentration / threshold) ** sharpness))


class Coverage(FaceMechanism):
    """Divides the face's current between its coated and its uncoated share."""

    def get_coupled_variables(self, variables: Variables) -> Variables:
        share = self._coated_share(variables)
        parts = {"coated": share, "uncoated": 1 - share}
        at_once = {p: self._of(p, "instant resistance", variables) for p in parts}
        rest = {p: variables[self.name_of(f"{p} relaxing overpotential [V]")] for p in parts}
        resistance = {p: self._of(p, "resistance", variables) for p in parts}
        conductance = {p: area / at_once[p] for p, area in parts.items()}
        total = sum_of(conductance.values())
        behind = sum_of(conductance[p] * rest[p] for p in parts) / total
        V = self.face_current_density(variables) / total + behind
        variables.update(
            {
                self.name_of(f"{p} current density [A.m-2]"): (V - rest[p]) / at_once[p]
                for p in parts
            }
        )
        variables.update(
            {
                self.name_of(name): share * variables[self.name_of(f"coated {name}")]
                for name in BELOW
            }
        )
        variables.update(
            {
                self.name_of("instant resistance [Ohm.m2]"): 1 / total,
                self.name_of("relaxing overpotential [V]"): behind,
                self.name_of("resistance [Ohm.m2]"): 1
                / sum_of(area / resistance[p] for p, area in parts.items()),
                self.name_of("layer instant resistance [Ohm.m2]"): self._of(
                    "coated", "layer instant resistance", variables
                ),
                self.name_of("retained contact"): variables[
                    self.name_of("coated retained contact")
                ],
            }
        )
        return variables

    def _coated_share(self, variables: Variables) -> pybamm.Symbol:
        """Of the face's area."""
        return self.parameter("coated share")

    def _of(self, share: str, name: str, variables: Variables) -> pybamm.Symbol:
        return variables[self.name_of(f"{share} {name} [Ohm.m2]")]
