"""A distribution of relaxation times, the processes behind its peaks, and what it says in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.kernel import in_band
from ssb_model.data.validation.peaks import Peak
from ssb_model.data.validation.process import Process
from ssb_model.data.validation.resolved import Resolved
from ssb_model.data.validation.sentences import relaxation_lines

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A distribution of relaxation times.

    Attributes
    ----------
    frequency
        Hz, of the points used, falling.
    impedance, fitted
        Ohm; the fit is that of the distribution and of the loops, if there are any.
    noise
        Standard deviation of real and of imaginary part, of ``|Z|``.
    tau
        Time constants [s], rising, log-spaced.
    gamma
        Resistance per unit of ln(tau) [Ohm]; without the loops.
    resolved
        The spectrum as a sum of arcs, whose number the data decide.
    peaks
        By rising time constant; their resistances add up to the polarisation's.
    series_resistance
        R_inf [Ohm].
    inductance
        H; 0 if absent.
    elastance
        1/C [F-1] of the series capacitance; 0 if absent.
    regularisation
        lambda, for gamma in units of the median ``|Z|``.
    """

    frequency: Float[np.ndarray, " frequencies"]
    impedance: Complex[np.ndarray, " frequencies"]
    fitted: Complex[np.ndarray, " frequencies"]
    noise: float
    tau: Float[np.ndarray, " constants"]
    gamma: Float[np.ndarray, " constants"]
    resolved: Resolved
    peaks: tuple[Peak, ...]
    series_resistance: float
    inductance: float
    elastance: float
    regularisation: float

    @property
    def processes(self) -> tuple[Process, ...]:
        """The processes that the spectrum shows beyond doubt, by rising time constant."""
        return self.resolved.processes

    @property
    def misfit(self) -> float:
        """Root mean square misfit of real and of imaginary part, of ``|Z|``."""
        return float(np.sqrt(np.mean(np.abs(1 - self.fitted / self.impedance) ** 2) / 2))

    @property
    def resistances(self) -> Float[np.ndarray, " constants"]:
        """Resistance at each time constant, gamma times the step in ln(tau) [Ohm], (K,)."""
        return self.gamma * np.log(self.tau[1] / self.tau[0])

    @property
    def polarisation_resistance(self) -> float:
        """Sum of all that relaxes [Ohm]."""
        return float(self.resistances.sum())

    @property
    def total_resistance(self) -> float:
        """Resistance at zero frequency, without series capacitance and loops [Ohm]."""
        return self.series_resistance + self.polarisation_resistance

    @property
    def unmeasured(self) -> float:
        """Part of the polarisation resistance that relaxes outside the measured band, 0 to 1."""
        outside = self.resistances[~in_band(self.tau, 2 * np.pi * self.frequency)].sum()
        return float(outside / self.polarisation_resistance) if outside > 0 else 0.0

    def summary(self) -> str:
        """What the distribution misses, resistances, processes and doubtful peaks, a line each."""
        return "\n".join(relaxation_lines(self))

    def figure(self) -> "Figure":
        """The distribution, as a :class:`matplotlib.figure.Figure`."""
        from ssb_model.data.validation.relaxation_figure import draw_relaxation

        return draw_relaxation(self)
