r"""E, refuted: one contact fraction rules resistance and critical current alike.

.. math::

    R = \frac{R_\mathrm{f}}{\theta}, \qquad J = \theta J^*, \qquad
    J R = J^* R_\mathrm{f} \quad\text{for every cell}

Calibrated on the coated (last) cell alone. Without constriction, the 1173.4 and 10.3 ohm cm2 of
Zhai et al. 2024, doi:10.1039/d4sc00786g, ask for :math:`\theta = 0.0088`, which allows 0.02 mA/cm2
where 0.15 was measured. It is kept to show that, and is not among the laws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssb_model.critical_current.laws.base import Constant, MeasuredCell
from ssb_model.critical_current.laws.resistance_law import Reference, ResistanceLaw
from ssb_model.errors import InputError
from ssb_model.library import LawForm, Range

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


@dataclass(frozen=True)
class WettingLaw(ResistanceLaw):
    """E: the share of the face in contact divides the resistance and bears the current.

    Attributes
    ----------
    full_resistance
        R_f, of both faces at full contact [Ohm.m2].
    full_current
        J* [A.m-2].
    """

    title = "E (contact fraction without constriction)"
    assumes = "contact fraction divides the resistance and multiplies the critical current"
    source = "refuted by Zhai et al. 2024, doi:10.1039/d4sc00786g: 0.02 against 0.15 mA/cm2"

    full_resistance: Numbers
    full_current: Numbers

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        if not cells:
            raise InputError(f"{cls.title} is calibrated on the coated cell: give it last.")
        return cls(*cells[-1])

    @property
    def form(self) -> LawForm:
        return LawForm(exponent=1.0)

    @property
    def reference(self) -> Reference:
        return Reference(self.full_current, self.full_resistance)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("resistance at full contact", self.full_resistance, "Ohm.m2"),
            Constant("critical current density at full contact", self.full_current, "A.m-2"),
        )

    @property
    def resistance_range(self) -> Range:
        return Range(self.full_resistance, float("inf"))

    @property
    def current_range(self) -> Range:
        return Range(0.0, self.full_current)

    def contact_fraction(self, interface_resistance: Numbers) -> Numbers:
        """Contact fraction that an `interface_resistance` [Ohm.m2] stands for."""
        return self.full_resistance / interface_resistance

    def _resistance(self, J: Numbers) -> Numbers:
        return self.full_resistance * self.full_current / J
