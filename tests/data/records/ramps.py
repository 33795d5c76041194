"""Synthetic records of ramps of a symmetric cell, with what happens to it known."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ssb_model.data import CyclingData


@dataclass(frozen=True)
class Ramp:
    """A protocol, a cell, and what happens to it. Areal: mA/cm2, ohm cm2, V."""

    steps: tuple = tuple(np.arange(1, 11) / 10)
    half: float = 1800.0  # s
    every: float = 10.0  # s
    rest: float = 300.0  # s
    directions: tuple = (1, -1)
    cycles: int = 1
    ohmic: float = 120.0  # ohm cm2
    charge_transfer: float = 80.0  # ohm cm2 at zero current
    time_constant: float = 5.0  # s
    growth: float = 0.0  # of the resistance, a step
    noise: float = 2e-4  # V
    event: str = ""  # "", "hard", "soft", "gradual", "open"
    at: int = 6  # step
    after: float = 0.3  # of the step
    to: float = 0.1  # of the resistance
    lasts: float = np.inf  # of the step, then it recovers
    only: int = 0  # the direction in which it shows; 0 both
    spikes: int = 0
    limit: float = 5.0  # V
    seed: int = 0

    @property
    def right(self):
        """Last safe and first failed, mA/cm2."""
        if not self.event:
            return self.steps[-1], None
        return (self.steps[self.at - 1] if self.at else None), self.steps[self.at]

    def record(self, area=0.785):
        """The record, current in A on `area` cm2."""
        rng, rows, t, V_ct = np.random.default_rng(self.seed), [], 0.0, 0.0
        length = self.half * len(self.directions) * self.cycles
        for number, J in enumerate(self.steps):
            within = 0.0
            for direction in self.directions * self.cycles:
                for _ in range(round(self.half / self.every)):
                    factor = self._factor(number, within / length, direction)
                    kT = 2 * 0.0257  # V, two faces
                    linear = 1e-3 * J * self.charge_transfer
                    target = kT * np.arcsinh(linear / kT) * direction
                    V_ct = target + (V_ct - target) * np.exp(-self.every / self.time_constant)
                    V = (V_ct + 1e-3 * J * direction * self.ohmic) * (1 + self.growth * number)
                    held = min(1.0, self.limit / abs(V * factor))  # the instrument's limit
                    rows.append((t, 1e-3 * J * direction * area * held, V * factor * held))
                    t, within = t + self.every, within + self.every
                for _ in range(round(self.rest / self.every)):
                    V_ct *= np.exp(-self.every / self.time_constant)
                    rows.append((t, 0.0, V_ct))
                    t += self.every
        time, current, voltage = np.array(rows).T
        voltage = voltage + self.noise * rng.normal(size=len(time))
        at = rng.choice(len(time), self.spikes, replace=False)
        voltage[at] *= rng.choice([0.05, 5.0], self.spikes)
        return CyclingData(
            "ramp", Path("ramp.csv"), "", {"columns": {}}, (), time, current, voltage
        )

    def _factor(self, number, within, direction):
        """Of the healthy resistance."""
        passed = number - self.at + within - self.after
        if not self.event or passed < 0 or (self.only and direction != self.only):
            return 1.0
        if passed > self.lasts:
            return 1.0
        if self.event == "gradual":
            return 1 + (self.to - 1) * (1 - np.exp(-passed / 0.1))
        if self.event == "open":
            return np.exp(passed / 0.05)
        return self.to
