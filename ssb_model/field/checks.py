"""What is refused before anything is solved, each with the cure in the same sentence."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import InputError
from ssb_model.field.lattice import Given


def check_fraction(fraction: Given) -> float:
    """A contact fraction as a float; refuses what is not in [0, 1]."""
    share = _real("contact fraction", fraction)
    if share.ndim or not 0 <= share <= 1:
        raise InputError(f"The contact fraction is {share}; give one number from 0 to 1.")
    return float(share)


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
    lengths = check_positive("period [m]", period)
    if lengths.shape not in ((), (directions,)):
        raise InputError(
            f"The period has shape {lengths.shape}; give one length in m, or {directions}."
        )
    return np.broadcast_to(lengths, (directions,)).copy()


def check_positive(name: str, value: Given) -> Float[np.ndarray, " ..."]:
    """A positive, finite number or array of them."""
    values = _real(name, value)
    if not (values.size and np.isfinite(values).all() and (values > 0).all()):
        raise InputError(f"The {name} is {_shown(values)}; it must be positive and finite.")
    return values


def check_one(name: str, value: Given) -> Float[np.ndarray, ""]:
    """One positive, finite number."""
    values = check_positive(name, value)
    if values.ndim:
        raise InputError(f"The {name} has shape {values.shape}; give one number.")
    return values


def check_resistance(resistance: Given, shape: tuple[int, ...]) -> Float[np.ndarray, "*face"]:
    """Contact resistance [Ohm.m2]: one number or one a pixel, none negative."""
    values = _real("contact resistance [Ohm.m2]", resistance)
    if values.shape not in ((), shape):
        raise InputError(
            f"The contact resistance has shape {values.shape}; give one number or one a pixel of "
            f"the face, {shape}."
        )
    if not (np.isfinite(values).all() and (values >= 0).all()):
        raise InputError(
            f"The contact resistance [Ohm.m2] is {_shown(values)}; it must be finite and not "
            "negative (0 for perfect contact)."
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


def _real(name: str, value: Given) -> Float[np.ndarray, " ..."]:
    try:
        values = np.asarray(value)
        if np.iscomplexobj(values):
            raise TypeError
        return values.astype(float)
    except (TypeError, ValueError):
        raise InputError(f"The {name} must be a real number, not {value!r}.") from None


def _shown(values: Float[np.ndarray, " ..."]) -> str:
    """The number itself, or the least of many, which is what is wrong most often."""
    return f"{values:g}" if values.ndim == 0 else f"as low as {values.min(initial=np.inf):g}"
