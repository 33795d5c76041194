"""C: the critical current falls exponentially with the interface resistance.

    J = J_0 exp(-R / R_s),   R_s = (R_b - R_c) / ln(J_c/J_b)

The form reported for single-crystal garnets without stack pressure, where J was at most
0.28 mA/cm2: Flatscher et al., J. Mater. Chem. A 2020, doi:10.1039/C9TA14177D (abstract).
"""

from dataclasses import dataclass
from typing import Any

from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw, bare_and_coated
from ssb_model.library import Range, namespace


@dataclass(frozen=True)
class ExponentialLaw(CriticalCurrentLaw):
    """J = J_0 exp(-R/R_s)."""

    title = "C (exponential law)"
    assumes = "each step in R costs the same factor in J, and a perfect interface gives J_0"
    source = "Flatscher et al. 2020, doi:10.1039/C9TA14177D (abstract)"

    perfect_current: Any
    resistance_scale: Any

    @classmethod
    def _through(cls, cells, garnet_resistance):
        (R_b, J_b), (R_c, J_c) = bare_and_coated(cells, cls.title)
        xp = namespace(R_b, J_b, R_c, J_c)
        scale = (R_b - R_c) / xp.log(J_c / J_b)
        return cls(J_c * xp.exp(R_c / scale), scale)

    @property
    def constants(self):
        return (
            Constant("current density of a perfect interface", self.perfect_current, "A.m-2"),
            Constant("resistance scale", self.resistance_scale, "Ohm.m2"),
        )

    @property
    def current_range(self):
        return Range(0.0, self.perfect_current)

    def _current_density(self, R):
        xp = namespace(R, self.perfect_current)
        return self.perfect_current * xp.exp(-R / self.resistance_scale)

    def _resistance(self, J):
        return self.resistance_scale * namespace(J, self.perfect_current).log(
            self.perfect_current / J
        )
