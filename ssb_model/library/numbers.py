"""Numbers as given become numbers that a formula can take, or are refused in one sentence.

Everything here accepts floats, sequences, NumPy arrays and JAX arrays. Inside a JAX transformation
(``jit``, ``vmap``, ``jvp``) a value is not known yet and cannot be judged: it passes unchecked.
"""

from typing import Any, NamedTuple

import numpy as np

from ssb_model.errors import InputError

OHM_M2 = "Ohm.m2 (1 ohm cm2 is 1e-4 Ohm.m2)"
A_M2 = "A.m-2 (1 mA/cm2 is 10 A.m-2)"


ROUNDING = 1e-9  # a range's own ends stay inside it after a round trip


class Range(NamedTuple):
    """The values that a law can answer for, ends included."""

    lowest: Any
    highest: Any


def namespace(*values):
    """The module whose functions take these values: ``jax.numpy`` if one is JAX's, else NumPy."""
    spaces = [value.__array_namespace__() for value in values if hasattr(value, "shape")]
    return next((space for space in spaces if space is not np), np)


def positive(value, name, unit):
    """Return `value` as a number or an array, refused unless all of it is positive and finite."""
    return _accepted(value, lambda x: x > 0, f"The {name} must be positive and finite", unit)


def non_negative(value, name, unit):
    """Return `value` as a number or an array, refused if any of it is negative or infinite."""
    return _accepted(value, lambda x: x >= 0, f"The {name} must be finite and not negative", unit)


def share(value, name):
    """Return `value` as a number or an array, refused unless all of it lies between 0 and 1."""
    told = f"The {name} must lie between 0 and 1"
    return _accepted(value, lambda x: (x >= 0) & (x <= 1), told, "parts of 1")


def within(value, bounds: Range, name, unit, law):
    """Refuse a `value` outside what `law` can answer for."""
    known = [_known(item) for item in (value, *bounds)]
    if any(item is None for item in known):
        return
    value, lowest, highest = known
    wrong = value[(value < lowest * (1 - ROUNDING)) | (value > highest * (1 + ROUNDING))]
    if wrong.size:
        raise InputError(
            f"{law} has no answer for a {name} of {wrong.flat[0]:.4g} {unit}: keep it between "
            f"{lowest:.4g} and {highest:.4g}, or take another law."
        )


def is_true(condition):
    """Whether all of `condition` holds; what is not known yet is believed."""
    known = _known(condition)
    return known is None or bool(known.all())


def _accepted(value, allowed, told, unit):
    try:
        known = _known(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{told}, not {value!r}: give a number in {unit}.") from error
    if known is None:
        return value
    wrong = known[~(np.isfinite(known) & allowed(known))]
    if wrong.size:
        raise InputError(f"{told}, not {wrong.flat[0]:g}: give it in {unit}.")
    return value if hasattr(value, "shape") else known[()]


def _known(value):
    """The value as a float array, or None while JAX is tracing it."""
    try:
        return np.asarray(value, dtype=float)
    except TypeError:
        if hasattr(value, "__array_namespace__") and not isinstance(value, np.ndarray | np.generic):
            return None
        raise
