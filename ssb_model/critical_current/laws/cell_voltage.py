r"""A0, the null law: the cell shorts at one ohmic voltage, garnet included.

.. math::

    J = \frac{V_\mathrm{c}}{R_\mathrm{garnet} + R}, \qquad
    \ln V_\mathrm{c} = \overline{\ln\left[J_i (R_\mathrm{garnet} + R_i)\right]}

One constant for all cells :math:`i`, the least squares in the logarithm of the current; with two
cells it meets neither exactly. :math:`R` is the sum of both faces [Ohm.m2]. Derived from Zhai et
al. 2024, doi:10.1039/d4sc00786g.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from ssb_model.critical_current.laws.base import Constant, MeasuredCell
from ssb_model.critical_current.laws.resistance_law import Reference, ResistanceLaw
from ssb_model.errors import InputError
from ssb_model.library import LawForm, Range, namespace

if TYPE_CHECKING:
    from ssb_model.critical_current.laws.base import Numbers


@dataclass(frozen=True)
class CellVoltageLaw(ResistanceLaw):
    """A0: every cell shorts at the same voltage across its garnet and its interfaces.

    Attributes
    ----------
    voltage
        V_c [V].
    garnet_resistance
        R_garnet [Ohm.m2].
    """

    title = "A0 (constant cell voltage)"
    assumes = "every cell shorts at the same ohmic voltage across garnet and interfaces together"
    source = "derived from Zhai et al. 2024, doi:10.1039/d4sc00786g: 194 mV bare, 299 mV coated"

    voltage: Numbers
    garnet_resistance: Numbers

    @staticmethod
    def falling(garnet_resistance: Numbers) -> LawForm:
        """1/(R_garnet + R), given R_garnet [Ohm.m2]."""
        return LawForm(series_resistance=garnet_resistance, exponent=1.0)

    @classmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        if not cells:
            raise InputError(f"{cls.title} is calibrated from one cell or more: give a cell.")
        voltages = [J * (garnet_resistance + R) for R, J in cells]
        xp = namespace(*voltages)
        mean = sum(xp.log(voltage) for voltage in voltages) / len(voltages)
        return cls(xp.exp(mean), garnet_resistance)

    @property
    def form(self) -> LawForm:
        return self.falling(self.garnet_resistance)

    @property
    def reference(self) -> Reference:
        return Reference(self.voltage / self.garnet_resistance, 0.0)

    @property
    def constants(self) -> tuple[Constant, ...]:
        return (
            Constant("critical cell voltage", self.voltage, "V"),
            Constant("garnet resistance", self.garnet_resistance, "Ohm.m2"),
        )

    @property
    def current_range(self) -> Range:
        return Range(0.0, self.reference.current_density)

    def _resistance(self, J: Numbers) -> Numbers:
        return self.voltage / J - self.garnet_resistance
