"""E, refuted: one contact fraction rules resistance and critical current alike.

    R = R_f / theta,   J = theta J*,   hence J R = J* R_f for every cell

Without constriction, the founding paper's 1173.4 and 10.3 ohm cm2 ask for theta = 0.0088, which
allows 0.02 mA/cm2 where 0.15 was measured. It is kept to show that, and is not among the laws.
"""

from dataclasses import dataclass
from typing import Any

from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw
from ssb_model.errors import InputError
from ssb_model.library import Range


@dataclass(frozen=True)
class WettingLaw(CriticalCurrentLaw):
    """R = R_f/theta with J = theta J*; calibrated on the coated (last) cell alone."""

    title = "E (contact fraction without constriction)"
    assumes = "contact fraction divides the resistance and multiplies the critical current"
    source = "refuted by Zhai et al. 2024, doi:10.1039/d4sc00786g: 0.02 against 0.15 mA/cm2"

    full_resistance: Any
    full_current: Any

    @classmethod
    def _through(cls, cells, garnet_resistance):
        if not cells:
            raise InputError(f"{cls.title} is calibrated on the coated cell: give it last.")
        return cls(*cells[-1])

    @property
    def constants(self):
        return (
            Constant("resistance at full contact", self.full_resistance, "Ohm.m2"),
            Constant("critical current density at full contact", self.full_current, "A.m-2"),
        )

    @property
    def resistance_range(self):
        return Range(self.full_resistance, float("inf"))

    @property
    def current_range(self):
        return Range(0.0, self.full_current)

    def contact_fraction(self, interface_resistance):
        """Contact fraction that an `interface_resistance` [Ohm.m2] stands for."""
        return self.full_resistance / interface_resistance

    def _current_density(self, R):
        return self.full_current * self.contact_fraction(R)

    def _resistance(self, J):
        return self.full_resistance * self.full_current / J
