"""Spectra of any lengths as one batch: padded arrays, and weights that are zero in the padding."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.errors import InputError

LEAST_POINTS = 8


@dataclass(frozen=True, eq=False)
class Batch:
    """Angular frequency [1/s], falling, impedance [Ohm] and relative weight (0 in the padding)."""

    omega: Float[np.ndarray, "spectra frequencies"]
    z: Complex[np.ndarray, "spectra frequencies"]
    weight: Float[np.ndarray, "spectra frequencies"]
    names: tuple[str, ...]

    def rows(self, which: Any) -> "Batch":
        """Some of the spectra."""
        names = tuple(np.array(self.names, dtype=object)[which])
        return Batch(self.omega[which], self.z[which], self.weight[which], names)


def batch(spectra: Sequence[Any]) -> Batch:
    """Spectra, or pairs (frequency [Hz], impedance [Ohm]), as one batch."""
    if not len(spectra):
        raise InputError("There is no spectrum to fit: give at least one.")
    pairs = [_arrays(spectrum, k) for k, spectrum in enumerate(spectra)]
    longest = max(len(f) for f, _, _ in pairs)
    shape = (len(pairs), longest)
    omega, z, weight = np.ones(shape), np.ones(shape, dtype=complex), np.zeros(shape)
    for k, (f, values, _) in enumerate(pairs):
        omega[k], z[k] = 2 * np.pi * f[-1], values[-1]
        omega[k, : len(f)], z[k, : len(f)], weight[k, : len(f)] = 2 * np.pi * f, values, 1.0
    return Batch(omega, z, weight, tuple(name for _, _, name in pairs))


def _arrays(
    spectrum: Any, k: int
) -> tuple[Float[np.ndarray, " f"], Complex[np.ndarray, " f"], str]:
    name = getattr(spectrum, "name", f"spectrum {k + 1}")
    try:
        f, z = (
            (spectrum.frequency, spectrum.impedance) if hasattr(spectrum, "impedance") else spectrum
        )
        f, z = np.asarray(f, dtype=float), np.asarray(z, dtype=complex)
    except (TypeError, ValueError):
        raise InputError(
            f"{name} is no spectrum: give frequency [Hz] and impedance [Ohm]."
        ) from None
    if f.ndim != 1 or f.shape != z.shape or f.size < LEAST_POINTS:
        raise InputError(
            f"{name} has frequencies of shape {f.shape} and impedances of shape {z.shape}: a fit "
            f"needs as many of both, at least {LEAST_POINTS}."
        )
    if not (np.isfinite(f) & (f > 0) & np.isfinite(z) & (np.abs(z) > 0)).all():
        raise InputError(
            f"{name} has a frequency or an impedance that is zero, negative or not finite: leave "
            "those points out."
        )
    order = np.argsort(-f)
    return f[order], z[order], str(name)
