"""A spectrum as given becomes two arrays that can be judged, or is refused in one sentence."""

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Complex, Float

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

COARSE = 5  # points a decade: below, neighbouring points hardly check each other
FEWEST = 5  # points: below, a fit has nothing left over to judge


def points_a_decade(frequency: Float[np.ndarray, " frequencies"]) -> float:
    """How densely a spectrum was measured."""
    decades = np.log10(frequency.max() / frequency.min())
    return float(np.round((len(frequency) - 1) / decades, 6))


def checked(
    frequency: "ArrayLike", impedance: "ArrayLike", kept: "ArrayLike | None" = None
) -> tuple[
    Float[np.ndarray, " frequencies"],
    Complex[np.ndarray, " frequencies"],
    Bool[np.ndarray, " frequencies"],
]:
    """Return frequency [Hz] (F,), impedance [Ohm] (F,) and the mask of points to use (F,).

    Raises InputError unless both are finite, of equal length, with distinct positive
    frequencies and no zero impedance, and at least :data:`FEWEST` points are kept.
    """
    frequency, impedance = _numbers(frequency, impedance)
    _refuse_frequencies(frequency)
    _refuse_impedances(frequency, impedance)
    return frequency, impedance, _mask(kept, len(frequency))


def _numbers(
    frequency: "ArrayLike", impedance: "ArrayLike"
) -> tuple[Float[np.ndarray, " frequencies"], Complex[np.ndarray, " frequencies"]]:
    try:
        frequency = np.asarray(frequency, dtype=float)
        impedance = np.asarray(impedance, dtype=complex)
    except (TypeError, ValueError) as error:
        raise InputError(
            "Frequency and impedance must be numbers: give Hz as floats, Ohm as complex numbers."
        ) from error
    if frequency.ndim != 1 or frequency.shape != impedance.shape:
        raise InputError(
            f"Frequency has shape {frequency.shape} and impedance {impedance.shape}: give two "
            "one-dimensional arrays of equal length, one impedance a frequency."
        )
    return frequency, impedance


def _refuse_frequencies(frequency: Float[np.ndarray, " frequencies"]) -> None:
    wrong = frequency[~(np.isfinite(frequency) & (frequency > 0))]
    if wrong.size:
        raise InputError(
            f"A frequency is {wrong[0]:g} Hz: every one must be positive and finite; delete that "
            "point or correct it."
        )
    values, counts = np.unique(frequency, return_counts=True)
    if (counts > 1).any():
        raise InputError(
            f"The frequency {values[counts > 1][0]:g} Hz occurs more than once: keep one sweep, or "
            "validate each sweep by itself."
        )


def _refuse_impedances(
    frequency: Float[np.ndarray, " frequencies"], impedance: Complex[np.ndarray, " frequencies"]
) -> None:
    for wrong, what in ((~np.isfinite(impedance), "not finite"), (impedance == 0, "zero")):
        if wrong.any():
            raise InputError(
                f"The impedance at {frequency[wrong][0]:g} Hz is {what}: delete that point or "
                "correct it."
            )


def _mask(kept: "ArrayLike | None", points: int) -> Bool[np.ndarray, " frequencies"]:
    mask = np.full(points, True) if kept is None else np.asarray(kept)
    if mask.dtype != bool or mask.shape != (points,):
        raise InputError(
            f"The mask of points to keep must be {points} booleans, one a frequency, not "
            f"{mask.dtype} of shape {mask.shape}."
        )
    if mask.sum() < FEWEST:
        raise InputError(
            f"The spectrum has {mask.sum()} points to use: at least {FEWEST} are needed to judge "
            "it."
        )
    return mask
