"""Peaks of a distribution of relaxation times, and which of them stand for a process."""

import itertools
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy import signal

from ssb_model.data.validation.process import Process

SMALLEST = 0.01  # of the highest: a peak must stand out by this
TINY = np.finfo(float).tiny


@dataclass(frozen=True)
class Peak:
    """What lies between two valleys.

    Attributes
    ----------
    resistance
        All that relaxes between the valleys [Ohm].
    tau
        Time constant [s]: the mean of ln(tau) over the upper half of the peak.
    shortest, longest
        The valleys [s].
    measured
        Whether it lies in the measured band.
    processes
        The firm processes to which it is the nearest peak. One without may be a ripple: of a
        depressed arc the method makes several peaks.
    """

    resistance: float
    tau: float
    shortest: float
    longest: float
    measured: bool
    processes: tuple[Process, ...] = ()

    @property
    def firm(self) -> bool:
        """Whether it stands for a process."""
        return bool(self.processes)

    @property
    def capacitance(self) -> float:
        """Effective capacitance tau/R [F]."""
        return self.tau / self.resistance

    @property
    def frequency(self) -> float:
        """1/(2 pi tau) [Hz], where an arc by itself has its top."""
        return 1 / (2 * np.pi * self.tau)

    def sentence(self) -> str:
        """The peak in words, without numbers of what may not exist."""
        if self.firm:
            return " ".join(one.sentence() for one in self.processes)
        where = f"A peak at {self.tau:.2g} s ({self.frequency:.2g} Hz)"
        if not self.measured:
            return f"{where}, outside the measured band, is extrapolated."
        return f"{where} may be a ripple."


def find_peaks(
    tau: Float[np.ndarray, " constants"],
    gamma: Float[np.ndarray, " constants"],
    measured: Bool[np.ndarray, " constants"],
    processes: tuple[Process, ...],
) -> tuple[Peak, ...]:
    """Peaks by rising time constant; every valley parts two of them and nothing is left out.

    `tau` [s], `gamma` [Ohm] and the mask of time constants `measured` are (K,).
    """
    tops = _tops(gamma)
    valleys = [a + int(gamma[a : b + 1].argmin()) for a, b in itertools.pairwise(tops)]
    spans = itertools.pairwise([0, *valleys, len(tau)] if len(tops) else [])
    peaks = [_peak(tau, gamma, slice(*span), measured) for span in spans]
    return tuple(
        replace(peak, processes=tuple(one for one in processes if _nearest(one, peaks) is peak))
        for peak in peaks
    )


def _nearest(process: Process, peaks: list[Peak]) -> Peak:
    return min(peaks, key=lambda peak: abs(np.log(peak.tau / process.tau)))


def _tops(gamma: Float[np.ndarray, " constants"]) -> Int[np.ndarray, " peaks"]:
    padded = np.concatenate([[0.0], gamma, [0.0]])
    return signal.find_peaks(padded, prominence=SMALLEST * max(gamma.max(), TINY))[0] - 1


def _peak(
    tau: Float[np.ndarray, " constants"],
    gamma: Float[np.ndarray, " constants"],
    span: slice,
    measured: Bool[np.ndarray, " constants"],
) -> Peak:
    t, g = tau[span], gamma[span]
    upper = np.where(g >= g.max() / 2, g, 0.0)
    centre = float(np.average(np.log(t), weights=upper))
    return Peak(
        resistance=float(g.sum() * np.log(tau[1] / tau[0])),
        tau=float(np.exp(centre)),
        shortest=float(t[0]),
        longest=float(t[-1]),
        measured=bool(measured[np.abs(np.log(tau) - centre).argmin()]),
    )
