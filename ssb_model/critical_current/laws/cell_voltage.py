"""A0, the null law: the cell shorts at one ohmic voltage, garnet included.

    J = V_c / (R_garnet + R)

One constant for all cells, the least squares in ln J: ln V_c is the mean of ln[J (R_garnet + R)].
"""

from dataclasses import dataclass
from typing import Any

from ssb_model.critical_current.laws.base import Constant, CriticalCurrentLaw
from ssb_model.errors import InputError
from ssb_model.library import Range, namespace


@dataclass(frozen=True)
class CellVoltageLaw(CriticalCurrentLaw):
    """J = V_c/(R_garnet + R); with two cells it meets neither exactly."""

    title = "A0 (constant cell voltage)"
    assumes = "every cell shorts at the same ohmic voltage across garnet and interfaces together"
    source = "derived from Zhai et al. 2024, doi:10.1039/d4sc00786g: 194 mV bare, 299 mV coated"

    voltage: Any
    garnet_resistance: Any

    @classmethod
    def _through(cls, cells, garnet_resistance):
        if not cells:
            raise InputError(f"{cls.title} is calibrated from one cell or more: give a cell.")
        voltages = [J * (garnet_resistance + R) for R, J in cells]
        xp = namespace(*voltages)
        mean = sum(xp.log(voltage) for voltage in voltages) / len(voltages)
        return cls(xp.exp(mean), garnet_resistance)

    @property
    def constants(self):
        return (
            Constant("critical cell voltage", self.voltage, "V"),
            Constant("garnet resistance", self.garnet_resistance, "Ohm.m2"),
        )

    @property
    def current_range(self):
        return Range(0.0, self.voltage / self.garnet_resistance)

    def _current_density(self, R):
        return self.voltage / (self.garnet_resistance + R)

    def _resistance(self, J):
        return self.voltage / J - self.garnet_resistance
