"""A face that is coated in part; and the layer that a dip in ZnI2 solution leaves.

The coated share c and the uncoated share 1 - c are two faces in parallel, each of its own
mechanisms. With r the resistance of each that follows its current at once and v the rest of its
overpotential, at one voltage V across both,

    V = J1 r1 + v1 = J2 r2 + v2,   c J1 + (1 - c) J2 = J,

which gives both currents without an algebraic state, and 1/R = c/R1 + (1 - c)/R2 at rest.

A wet film of thickness h_wet of concentration c dries to c h_wet of ZnI2 an area, which reacts
with lithium, ZnI2 + (2+x) Li -> 2 LiI + ZnLi_x, to 1.24 times its volume: 42 nm for each
0.1 mol/L of a 5 um film. Below some threshold the grains stay partly bare; the covered share is
taken as 1 - exp[-(c/c_th)^m]. Both are assumptions; the paper shows micrographs only.
"""

import math

from ssb_model.cells.face.mechanism import FaceMechanism


def coverage(concentration, threshold=0.2, sharpness=2.0):
    """Covered share of the face after a dip at ``concentration`` [mol/L], between 0 and 1.

    Numbers, or NumPy or JAX arrays; ``threshold`` in the unit of the concentration.
    """
    return 1 - math.e ** (-((concentration / threshold) ** sharpness))


class Coverage(FaceMechanism):
    """Divides the face's current between its coated and its uncoated share."""

    def get_coupled_variables(self, variables):
        share = self.parameter("coated share")
        parts = {"coated": share, "uncoated": 1 - share}
        at_once = {p: self._of(p, "instant resistance", variables) for p in parts}
        rest = {p: variables[self.name_of(f"{p} relaxing overpotential [V]")] for p in parts}
        resistance = {p: self._of(p, "resistance", variables) for p in parts}
        conductance = {p: area / at_once[p] for p, area in parts.items()}
        total = sum(conductance.values())
        behind = sum(conductance[p] * rest[p] for p in parts) / total
        V = self.current_density(variables) / total + behind
        variables.update(
            {
                self.name_of(f"{p} current density [A.m-2]"): (V - rest[p]) / at_once[p]
                for p in parts
            }
        )
        variables.update(
            {
                self.name_of("instant resistance [Ohm.m2]"): 1 / total,
                self.name_of("relaxing overpotential [V]"): behind,
                self.name_of("resistance [Ohm.m2]"): 1
                / sum(area / resistance[p] for p, area in parts.items()),
                self.name_of("layer instant resistance [Ohm.m2]"): self._of(
                    "coated", "layer instant resistance", variables
                ),
                self.name_of("retained contact"): variables[
                    self.name_of("coated retained contact")
                ],
            }
        )
        return variables

    def _of(self, share, name, variables):
        return variables[self.name_of(f"{share} {name} [Ohm.m2]")]
