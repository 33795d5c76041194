"""A: the cell shorts at one voltage across its interfaces and a fixed resistance beside them.

    J = eta_c / (R_0 + R)

Two constants through two cells: R_0 = (J_b R_b - J_c R_c)/(J_c - J_b), eta_c = J_c (R_0 + R_c).
Both count two faces; one face has half of each. R_0 has no physical counterpart: the garnet's
own resistance, which would be one, is larger (law A0).
"""

from dataclasses import dataclass
from typing import Any

from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw, bare_and_coated
from ssb_model.errors import InputError
from ssb_model.library import Range, is_true


@dataclass(frozen=True)
class InterfaceVoltageLaw(CriticalCurrentLaw):
    """J = eta_c/(R_0 + R)."""

    title = "A (constant interface voltage)"
    assumes = "every cell shorts at the same voltage across its faces and a resistance R_0"
    source = "form assumed; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g"

    voltage: Any
    offset_resistance: Any

    @classmethod
    def _through(cls, cells, garnet_resistance):
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        if not is_true(J_b * R_b > J_c * R_c):
            raise InputError(
                f"{cls.title} would need a negative R_0, since the coated cell has the higher "
                "voltage J R across its interfaces: take another law for these cells."
            )
        offset = (J_b * R_b - J_c * R_c) / (J_c - J_b)
        return cls(J_c * (offset + R_c), offset)

    @property
    def constants(self):
        return (
            Constant("critical voltage", self.voltage, "V"),
            Constant("offset resistance", self.offset_resistance, "Ohm.m2"),
        )

    @property
    def current_range(self):
        return Range(0.0, self.voltage / self.offset_resistance)

    def _current_density(self, R):
        return self.voltage / (self.offset_resistance + R)

    def _resistance(self, J):
        return self.voltage / J - self.offset_resistance
