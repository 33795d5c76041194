"""A spectrum at first sight: is it valid, does the cell block, which arcs does it show?

A cell that blocks direct current (electrodes that exchange no ions, a cathode at low frequency)
ends in a spike whose resistance has no limit: a distribution of relaxation times would hold
nothing else. Where the phase at the lowest frequency is steeper than -45 degrees, the
distribution is therefore that above the spike's foot, with the capacitance in series: the foot is
where the phase is smallest between the spike and the arcs.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.distribution import relaxation_times
from ssb_model.data.validation.relaxation import Relaxation
from ssb_model.data.validation.validate import Validation, validate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

STEEP = 45.0  # degrees: the phase of a semi-infinite diffusion; what is steeper blocks
RISE = 2.0  # degrees above the least phase: the foot is passed, and it was no noise
FEWEST = 8  # points above the foot: fewer show no arc


@dataclass(frozen=True, eq=False)
class FirstLook:
    """What a spectrum shows before a model is fitted.

    Attributes
    ----------
    validation
        What the spectrum can be trusted for.
    foot
        Lowest frequency [Hz] of the distribution where the cell blocks, infinite where all is
        spike; None where it does not block.
    relaxation
        Of the points that no finding excludes, above the foot; None if there are too few, or if
        signs are wrong.
    """

    validation: Validation
    foot: float | None
    relaxation: Relaxation | None

    def summary(self) -> str:
        """Verdict and findings, whether the cell blocks, and the peaks, a line each."""
        lines = [self.validation.summary()]
        if self.foot is not None:
            lines.append(self._blocking())
        if self.relaxation is not None:
            lines.append(f"Distribution of relaxation times: {self.relaxation.summary()}")
        return "\n".join(lines)

    def _blocking(self) -> str:
        verdict = (
            "The cell blocks direct current, or relaxes below the band: the phase at the lowest "
            "frequency is steeper than -45 degrees."
        )
        if self.relaxation is None:
            return f"{verdict} No arc stands out from the spike."
        return f"{verdict} The distribution is that above the spike, from {self.foot:.3g} Hz."


def first_look(frequency: "ArrayLike", impedance: "ArrayLike") -> FirstLook:
    """Validate a spectrum and find its distribution of relaxation times.

    Parameters
    ----------
    frequency
        Hz, in any order.
    impedance
        Ohm, Z' + jZ''.

    Raises
    ------
    InputError
        As :func:`validate`.

    Examples
    --------
    >>> import numpy as np
    >>> f = np.geomspace(1e6, 1e-1, 71)  # Hz
    >>> s = 2j * np.pi * f
    >>> look = first_look(f, 1e3 / (1 + s * 1e-5) + 1 / (s * 1e-6))
    >>> len(look.relaxation.processes), round(look.relaxation.processes[0].resistance)
    (1, 1000)
    """
    f, z = np.asarray(frequency), np.asarray(impedance)
    validation = validate(f, z)
    foot = spike_foot(f[validation.kept], z[validation.kept])
    kept = validation.kept & (f >= (foot or 0))
    if kept.sum() < FEWEST or _hopeless(validation):
        return FirstLook(validation, foot, None)
    return FirstLook(
        validation, foot, relaxation_times(f, z, kept=kept, capacitance=foot is not None)
    )


def _hopeless(validation: Validation) -> bool:
    """Whether the imaginary part's sign is wrong, or that of most of the real parts."""
    wrong_sign = any(one.kind == "sign" for one in validation.findings)
    return wrong_sign or float(np.median(np.real(validation.measured.impedance))) <= 0


def spike_foot(
    frequency: Float[np.ndarray, " frequencies"], impedance: Complex[np.ndarray, " frequencies"]
) -> float | None:
    """Frequency [Hz] where a blocking cell's spike begins, infinite without an arc above it.

    None for a cell that does not block.
    """
    rising = np.argsort(frequency)
    f, steepness = frequency[rising], -np.angle(impedance[rising], deg=True)
    if steepness[0] <= STEEP:
        return None
    if (steepness > STEEP).all():
        return np.inf
    start = int(np.argmax(steepness <= STEEP))
    least = np.minimum.accumulate(steepness[start:])
    passed = np.flatnonzero(steepness[start:] > least + RISE)
    end = start + passed[0] if passed.size else len(f)
    return float(f[start + int(np.argmin(steepness[start:end]))])
