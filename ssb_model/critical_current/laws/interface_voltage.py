r"""A: the cell shorts at one voltage across its interfaces and a fixed resistance beside them.

.. math::

    J = \frac{\eta_\mathrm{c}}{R_0 + R}, \qquad
    R_0 = \frac{J_\mathrm{b} R_\mathrm{b} - J_\mathrm{c} R_\mathrm{c}}
               {J_\mathrm{c} - J_\mathrm{b}}, \qquad
    \eta_\mathrm{c} = J_\mathrm{c} (R_0 + R_\mathrm{c})

through the bare cell (b) and the coated one (c). Both constants count two faces; one face has half
of each. :math:`R_0` has no physical counterpart: the garnet's own resistance, which would be one,
is larger (law A0). The form is assumed; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssb_model.critical_current.laws.base import Constant, MeasuredCell, bare_and_coated
from ssb_model.critical_current.laws.resistance_law import Reference, ResistanceLaw
from ssb_model.errors import InputError
from ssb_model.library import LawForm, Range, is_true

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


@dataclass(frozen=True)
class InterfaceVoltageLaw(ResistanceLaw):
    """A: every cell shorts at the same voltage across its interfaces and a fixed resistance.

    Attributes
    ----------
    voltage
        eta_c [V].
    offset_resistance
        R_0 [Ohm.m2].
    """

    title = "A (constant interface voltage)"
    assumes = "every cell shorts at the same voltage across its faces and a resistance R_0"
    source = "form assumed; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g"

    voltage: Numbers
    offset_resistance: Numbers

    @staticmethod
    def falling(offset_resistance: Numbers) -> LawForm:
        """1/(R_0 + R), given R_0 [Ohm.m2]."""
        return LawForm(series_resistance=offset_resistance, exponent=1.0)

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        if not is_true(J_b * R_b > J_c * R_c):
            raise InputError(
                f"{cls.title} would need a negative R_0, since the coated cell has the higher "
                "voltage J R across its interfaces: take another law for these cells."
            )
        offset = (J_b * R_b - J_c * R_c) / (J_c - J_b)
        return cls(J_c * (offset + R_c), offset)

    @property
    def form(self) -> LawForm:
        return self.falling(self.offset_resistance)

    @property
    def reference(self) -> Reference:
        return Reference(self.voltage / self.offset_resistance, 0.0)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("critical voltage", self.voltage, "V"),
            Constant("offset resistance", self.offset_resistance, "Ohm.m2"),
        )

    @property
    def current_range(self) -> Range:
        return Range(0.0, self.reference.current_density)

    def _resistance(self, J: Numbers) -> Numbers:
        return self.voltage / J - self.offset_resistance
