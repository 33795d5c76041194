"""Peaks of a distribution of relaxation times, each with the RC element it amounts to."""

import itertools
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int
from scipy import signal

FIRMER = 30.0
SMALLEST = 0.01  # of the highest: a peak must stand out by this
TINY = np.finfo(float).tiny


@dataclass(frozen=True)
class Peak:
    """What lies between two valleys.

    Attributes
    ----------
    resistance
        Ohm.
    tau
        Time constant [s]: the mean of ln(tau) over the upper half of the peak.
    shortest, longest
        The valleys [s].
    firm
        Whether it lies in the measured band and stays a peak under :data:`FIRMER` times the
        regularisation; one that does not may be a ripple of the method.
    """

    resistance: float
    tau: float
    shortest: float
    longest: float
    firm: bool

    @property
    def capacitance(self) -> float:
        """Effective capacitance tau/R [F]."""
        return self.tau / self.resistance

    @property
    def frequency(self) -> float:
        """1/(2 pi tau) [Hz], where an arc by itself has its top."""
        return 1 / (2 * np.pi * self.tau)

    def sentence(self) -> str:
        """The peak in words."""
        return (
            f"{self.resistance:.3g} Ohm at {self.tau:.3g} s ({self.frequency:.3g} Hz): "
            f"{self.capacitance:.2g} F{'' if self.firm else ', not firm'}."
        )


def find_peaks(
    tau: Float[np.ndarray, " constants"],
    gamma: Float[np.ndarray, " constants"],
    smoother: Float[np.ndarray, " constants"],
    measured: Bool[np.ndarray, " constants"],
) -> tuple[Peak, ...]:
    """Peaks by rising time constant; every valley parts two of them and nothing is left out.

    `tau` [s], `gamma` [Ohm], `smoother` (gamma under stronger regularisation) and the mask of
    time constants `measured` are (K,).
    """
    tops, firm = _tops(gamma), _tops(smoother)
    firm = firm[measured[firm]]
    valleys = [a + int(gamma[a : b + 1].argmin()) for a, b in itertools.pairwise(tops)]
    spans = itertools.pairwise([0, *valleys, len(tau)] if len(tops) else [])
    return tuple(_peak(tau, gamma, slice(*span), firm) for span in spans)


def _tops(gamma: Float[np.ndarray, " constants"]) -> Int[np.ndarray, " peaks"]:
    padded = np.concatenate([[0.0], gamma, [0.0]])
    return signal.find_peaks(padded, prominence=SMALLEST * max(gamma.max(), TINY))[0] - 1


def _peak(
    tau: Float[np.ndarray, " constants"],
    gamma: Float[np.ndarray, " constants"],
    span: slice,
    firm: Int[np.ndarray, " peaks"],
) -> Peak:
    t, g = tau[span], gamma[span]
    upper = np.where(g >= g.max() / 2, g, 0.0)
    return Peak(
        resistance=float(g.sum() * np.log(tau[1] / tau[0])),
        tau=float(np.exp(np.average(np.log(t), weights=upper))),
        shortest=float(t[0]),
        longest=float(t[-1]),
        firm=bool(((firm >= span.start) & (firm < span.stop)).any()),
    )
