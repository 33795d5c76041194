r"""B: the critical current falls as a power of the interface resistance.

.. math::

    J = J_\mathrm{c} \left(\frac{R}{R_\mathrm{c}}\right)^{-n}, \qquad
    n = \frac{\ln(J_\mathrm{c}/J_\mathrm{b})}{\ln(R_\mathrm{b}/R_\mathrm{c})}

through the bare cell (b) and the coated one (c), which is the reference. :math:`n = 1` would be a
constant interface voltage, :math:`n = 0` a constant current. The form is assumed; calibrated on
Zhai et al. 2024, doi:10.1039/d4sc00786g.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssb_model.critical_current.laws.base import Constant, MeasuredCell, bare_and_coated
from ssb_model.critical_current.laws.resistance_law import Reference, ResistanceLaw
from ssb_model.library import LawForm, namespace

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


@dataclass(frozen=True)
class PowerLaw(ResistanceLaw):
    """B: each factor in the resistance costs the same factor in the critical current.

    Attributes
    ----------
    exponent
        n.
    reference_resistance
        R_c [Ohm.m2].
    reference_current
        J_c [A.m-2].
    """

    title = "B (power law)"
    assumes = "no resistance is special: each factor in R costs the same factor in J"
    source = "form assumed; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g"

    exponent: Numbers
    reference_resistance: Numbers
    reference_current: Numbers

    @staticmethod
    def falling(exponent: Numbers) -> LawForm:
        """R^-n, given n."""
        return LawForm(exponent=exponent)

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        xp = namespace(R_b, J_b, R_c, J_c)
        return cls(xp.log(J_c / J_b) / xp.log(R_b / R_c), R_c, J_c)

    @property
    def form(self) -> LawForm:
        return self.falling(self.exponent)

    @property
    def reference(self) -> Reference:
        return Reference(self.reference_current, self.reference_resistance)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("exponent", self.exponent, "-"),
            Constant("reference resistance", self.reference_resistance, "Ohm.m2"),
            Constant("reference current density", self.reference_current, "A.m-2"),
        )

    def _resistance(self, J: Numbers) -> Numbers:
        return self.reference_resistance * (J / self.reference_current) ** (-1 / self.exponent)
