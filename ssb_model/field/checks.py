"""What is refused before anything is solved, each with the cure in the same sentence."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import InputError
from ssb_model.field.lattice import Given
from ssb_model.library import non_negative, positive_array, share


def check_fraction(fraction: Given) -> float:
    """A contact fraction as a float; refuses what is not in [0, 1]."""
    known = np.asarray(share(fraction, "contact fraction"), dtype=float)
    if known.ndim:
        raise InputError(f"The contact fraction has shape {known.shape}; give one number.")
    return float(known)


def check_shape(shape: Given, directions: int) -> tuple[int, ...]:
    """Pixels in each of ``directions`` as a tuple of ints; refuses fewer than two in any."""
    pixels = np.atleast_1d(np.asarray(shape))
    right = pixels.shape == (directions,) and pixels.dtype.kind in "iu" and (pixels >= 2).all()
    if not right:
        form = "one whole number" if directions == 1 else f"{directions} whole numbers"
        raise InputError(f"The face's pixels are {shape}; give {form} of at least 2.")
    return tuple(int(n) for n in pixels)


def check_contact(contact: Given) -> Bool[np.ndarray, "*face"]:
    """The contact as booleans (n,) or (n, m); refuses grey values and a face without contact."""
    try:
        pixels = np.asarray(contact)
    except ValueError:
        raise InputError(
            "The contact's lines differ in length; give as many pixels in each."
        ) from None
    if pixels.ndim not in (1, 2) or min(pixels.shape) < 2:
        raise InputError(
            f"The contact has shape {pixels.shape}; give (n,) pixels for a line or (n, m) for a "
            "face, at least 2 in each direction."
        )
    if pixels.dtype.kind not in "biuf" or not np.isin(pixels, (0, 1)).all():
        raise InputError("The contact must be True or False (1 or 0) at every pixel.")
    if not pixels.any():
        raise InputError("Lithium touches the face nowhere; mark at least one pixel as contact.")
    return pixels.astype(bool)


def check_period(period: Given, directions: int) -> Float[np.ndarray, " directions"]:
    """Lengths of the periodic face [m] as floats, one a direction."""
    lengths = positive_array(period, "period", "m")
    if lengths.shape not in ((), (directions,)):
        raise InputError(
            f"The period has shape {lengths.shape}; give one length in m, or {directions}."
        )
    return np.broadcast_to(lengths, (directions,)).copy()


def check_resistance(resistance: Given, shape: tuple[int, ...]) -> Float[np.ndarray, "*face"]:
    """Contact resistance [Ohm.m2]: one number or one a pixel, none negative."""
    unit = "Ohm.m2 (0 for perfect contact)"
    values = np.asarray(non_negative(resistance, "contact resistance", unit), dtype=float)
    if values.shape not in ((), shape):
        raise InputError(
            f"The contact resistance has shape {values.shape}; give one number or one a pixel of "
            f"the face, {shape}."
        )
    return values


def check_limited(
    contact: Bool[np.ndarray, "*face"], resistance: Given, thickness: Given | None
) -> None:
    """Refuse perfect contact everywhere on an infinitely deep garnet: its current is unbounded."""
    if thickness is None and contact.all() and not np.any(resistance):
        raise InputError(
            "Perfect contact everywhere on an infinitely deep garnet has no resistance at all; "
            "give the garnet's thickness or a contact resistance."
        )
