"""A process that a spectrum holds beyond doubt: resistance, time constant, effective capacitance.

C = tau/R is the effective capacitance of Hsu and Mansfeld (Corrosion 2001, 57, 747): Q w^(n-1) at
the arc's top w = 1/tau, for a constant-phase element with Q = tau^n/R.
"""

from dataclasses import dataclass

import numpy as np

UNCERTAIN = 0.35  # standard deviation of ln R, ln tau: 95 % within a factor of 2
NORMAL_95 = 1.96  # standard deviations


@dataclass(frozen=True)
class Process:
    """One depressed arc, or a loop if its resistance is negative; 95 % intervals.

    Attributes
    ----------
    resistance, resistance_95
        Ohm.
    tau, tau_95
        Time constant at the arc's top [s].
    exponent
        n, 1 for a resistor beside a capacitor.
    capacitance_95
        Of the effective capacitance tau/R [F].
    """

    resistance: float
    resistance_95: tuple[float, float]
    tau: float
    tau_95: tuple[float, float]
    exponent: float
    capacitance_95: tuple[float, float]

    @property
    def capacitance(self) -> float:
        """Effective capacitance tau/R [F]."""
        return self.tau / self.resistance

    @property
    def frequency(self) -> float:
        """1/(2 pi tau) [Hz], the arc's top."""
        return 1 / (2 * np.pi * self.tau)

    @property
    def vague(self) -> bool:
        """Whether its resistance is not known to a factor of 2 either way."""
        ends = np.abs(self.resistance_95)
        return bool(ends.max() > np.exp(2 * NORMAL_95 * UNCERTAIN) * ends.min())

    def sentence(self) -> str:
        """The process in words."""
        where = f"{self.resistance:.3g} Ohm at {self.tau:.3g} s ({self.frequency:.3g} Hz)"
        ohm, s = (f"{low:.4g} to {high:.4g}" for low, high in (self.resistance_95, self.tau_95))
        if self.vague:
            return f"near {self.tau:.2g} s ({self.frequency:.2g} Hz); its size is not determined."
        if self.resistance < 0:
            return f"{where}; 95 %: {ohm} Ohm, {s} s."
        farad = "{:.2g} to {:.2g}".format(*self.capacitance_95)
        return (
            f"{where}, n {self.exponent:.2f}, effective C = tau/R {self.capacitance:.2g} F; "
            f"95 %: {ohm} Ohm, {s} s, {farad} F."
        )
