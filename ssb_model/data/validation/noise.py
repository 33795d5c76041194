"""Residuals parted into noise, which jumps from point to point, and structure, which does not."""

import numpy as np
from jaxtyping import Complex, Float

NO_FREEDOM = 0.05  # 1 - leverage below which a point says nothing of its own noise
WINDOW = 5  # neighbouring points averaged, so that noise fades and structure stays
NORMAL = 0.6745  # median modulus of a normal variable of unit standard deviation
BEYOND = 3.5  # standard deviations: values further out are not counted as noise


def white_noise(
    residual: Complex[np.ndarray, " frequencies"], leverage: Float[np.ndarray, " frequencies"]
) -> float:
    """Standard deviation of the noise in real and in imaginary part.

    What a fit leaves over is smaller than the noise by sqrt(1 - leverage). Corrected for that, it
    is averaged as it is and as second differences |r[i-1] - 2 r[i] + r[i+1]|/sqrt(6), in which
    smooth structure cancels; the smaller counts.
    """
    free = residual / np.sqrt(np.maximum(1 - leverage, NO_FREEDOM))
    return min(_spread(free), _spread(np.diff(free, n=2) / np.sqrt(6)))


def _spread(values: Complex[np.ndarray, " values"]) -> float:
    """Root mean square of both parts without what lies :data:`BEYOND`, as outliers do."""
    parts = np.abs([np.real(values), np.imag(values)])
    scale = np.median(parts) / NORMAL
    return float(np.sqrt(np.mean(parts[parts <= BEYOND * scale] ** 2)))


def structure(residual: Complex[np.ndarray, " frequencies"]) -> Float[np.ndarray, " windows"]:
    """Running means of real and imaginary part, the larger of the two moduli, (F - WINDOW + 1,)."""
    means = np.convolve(residual, np.full(WINDOW, 1 / WINDOW), mode="valid")
    return np.maximum(np.abs(np.real(means)), np.abs(np.imag(means)))


def alternation(residual: Complex[np.ndarray, " frequencies"]) -> float:
    """Mean square of successive differences over the mean square: 2 for noise, near 0 for drift.

    Von Neumann's ratio about zero, of real and imaginary part together.
    """
    return float(np.mean(np.abs(np.diff(residual)) ** 2) / np.mean(np.abs(residual) ** 2))
