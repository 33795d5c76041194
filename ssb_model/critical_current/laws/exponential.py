r"""C: the critical current falls exponentially with the interface resistance.

.. math::

    J = J_0 \exp\left(-\frac{R}{R_\mathrm{s}}\right), \qquad
    R_\mathrm{s} = \frac{R_\mathrm{b} - R_\mathrm{c}}{\ln(J_\mathrm{c}/J_\mathrm{b})}

through the bare cell (b) and the coated one (c). The form reported for single-crystal garnets
without stack pressure, where the current was at most 0.28 mA/cm2: Flatscher et al., J. Mater.
Chem. A 2020, doi:10.1039/C9TA14177D (abstract).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssb_model.critical_current.laws.base import Constant, MeasuredCell, bare_and_coated
from ssb_model.critical_current.laws.resistance_law import Reference, ResistanceLaw
from ssb_model.library import LawForm, Range, namespace

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


@dataclass(frozen=True)
class ExponentialLaw(ResistanceLaw):
    """C: each step in the resistance costs the same factor in the critical current.

    Attributes
    ----------
    perfect_current
        J_0 [A.m-2].
    resistance_scale
        R_s [Ohm.m2].
    """

    title = "C (exponential law)"
    assumes = "each step in R costs the same factor in J, and a perfect interface gives J_0"
    source = "Flatscher et al. 2020, doi:10.1039/C9TA14177D (abstract)"

    perfect_current: Numbers
    resistance_scale: Numbers

    @staticmethod
    def falling(resistance_scale: Numbers) -> LawForm:
        """exp(-R/R_s), given R_s [Ohm.m2]."""
        return LawForm(resistance_scale=resistance_scale)

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        xp = namespace(R_b, J_b, R_c, J_c)
        scale = (R_b - R_c) / xp.log(J_c / J_b)
        return cls(J_c * xp.exp(R_c / scale), scale)

    @property
    def form(self) -> LawForm:
        return self.falling(self.resistance_scale)

    @property
    def reference(self) -> Reference:
        # J_0 itself lies at R = 0, where the form has no derivative
        return Reference(self.perfect_current / math.e, self.resistance_scale)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("current density of a perfect interface", self.perfect_current, "A.m-2"),
            Constant("resistance scale", self.resistance_scale, "Ohm.m2"),
        )

    @property
    def current_range(self) -> Range:
        return Range(0.0, self.perfect_current)

    def _resistance(self, J: Numbers) -> Numbers:
        return self.resistance_scale * namespace(J, self.perfect_current).log(
            self.perfect_current / J
        )
