"""Noise from residuals: its level, points far off, and how much residuals hang together."""

import numpy as np
from jaxtyping import Float

FAR = 4.5  # standard deviations beyond which a point counts less


def _pairs(r: Float[np.ndarray, "fits residuals"]) -> Float[np.ndarray, "fits 2 frequencies"]:
    return r.reshape(len(r), 2, r.shape[1] // 2)


def noise_level(
    r: Float[np.ndarray, "fits residuals"],
    weight: Float[np.ndarray, "fits frequencies"],
    parameters: int,
) -> Float[np.ndarray, " fits"]:
    """Standard deviation of real and imaginary part, relative to |Z|.

    Parameters
    ----------
    r
        Residuals times their weights.
    weight
    parameters
        That the fit has taken.
    """
    count = 2 * np.sum(weight**2, axis=1)
    return np.sqrt(np.sum(r**2, axis=1) / np.maximum(count - parameters, 1))


def outlier_weights(
    r: Float[np.ndarray, "fits residuals"],
    weight: Float[np.ndarray, "fits frequencies"],
    noise: Float[np.ndarray, " fits"],
) -> Float[np.ndarray, "fits frequencies"]:
    """Weights that fall as Huber's, squared, beyond :data:`FAR` robust standard deviations."""
    raw = _pairs(r) / np.where(weight > 0, weight, 1)[:, None]
    size = np.sqrt(np.sum(raw**2, axis=1) / 2)
    known = weight > 0
    middle = np.array([np.median(s[k]) for s, k in zip(size, known, strict=True)]) / 0.8326
    scale = np.maximum(np.minimum(noise, middle), 1e-12)[:, None]
    return np.where(known, np.minimum(1.0, FAR * scale / np.maximum(size, 1e-300)) ** 2, 0.0)


def inflation(
    r: Float[np.ndarray, "fits residuals"], weight: Float[np.ndarray, "fits frequencies"]
) -> Float[np.ndarray, " fits"]:
    """By how much variances grow because neighbouring residuals are alike: (1 + ρ)/(1 - ρ).

    ρ is the correlation of neighbours beyond what chance shows (one standard error), at most 0.8.
    """
    pairs = _pairs(r)
    both = pairs[..., 1:] * pairs[..., :-1]
    rho = both.sum((1, 2)) / np.maximum((pairs[..., 1:] ** 2).sum((1, 2)), 1e-300)
    error = 1 / np.sqrt(np.maximum(2 * np.sum(weight > 0, axis=1), 1))
    rho = np.clip(rho - error, 0.0, 0.8)
    return (1 + rho) / (1 - rho)
