"""B: the critical current falls as a power of the interface resistance.

    J = J_c (R / R_c)^-n,   n = ln(J_c/J_b) / ln(R_b/R_c)

with the coated cell (R_c, J_c) as reference. n = 1 would be a constant interface voltage, n = 0
a constant current.
"""

from dataclasses import dataclass
from typing import Any

from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw, bare_and_coated
from ssb_model.library import namespace


@dataclass(frozen=True)
class PowerLaw(CriticalCurrentLaw):
    """J proportional to R^-n."""

    title = "B (power law)"
    assumes = "no resistance is special: each factor in R costs the same factor in J"
    source = "form assumed; calibrated on Zhai et al. 2024, doi:10.1039/d4sc00786g"

    exponent: Any
    reference_resistance: Any
    reference_current: Any

    @classmethod
    def _through(cls, cells, garnet_resistance):
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        xp = namespace(R_b, J_b, R_c, J_c)
        return cls(xp.log(J_c / J_b) / xp.log(R_b / R_c), R_c, J_c)

    @property
    def constants(self):
        return (
            Constant("exponent", self.exponent, "-"),
            Constant("reference resistance", self.reference_resistance, "Ohm.m2"),
            Constant("reference current density", self.reference_current, "A.m-2"),
        )

    def _current_density(self, R):
        return self.reference_current * (R / self.reference_resistance) ** -self.exponent

    def _resistance(self, J):
        return self.reference_resistance * (J / self.reference_current) ** (-1 / self.exponent)
