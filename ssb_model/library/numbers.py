"""Numbers as given become numbers that a formula can take, or are refused in one sentence.

``positive``, ``non_negative`` and ``share`` accept floats, sequences, NumPy arrays and JAX arrays.
Inside a JAX transformation (``jit``, ``vmap``, ``jvp``) a value is not known yet and cannot be
judged: it passes unchecked. What must be known asks for ``positive_array`` or ``one_positive``.
"""

import re
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import InputError
from ssb_model.library.units import parse

if TYPE_CHECKING:
    import jax
    from jax.typing import ArrayLike

    Given: TypeAlias = ArrayLike | Sequence[float] | Sequence[Sequence[float]]
    Numbers: TypeAlias = Float[np.ndarray | jax.Array, "..."]

OHM_M2 = "Ohm.m2 (1 ohm cm2 is 1e-4 Ohm.m2)"
A_M2 = "A.m-2 (1 mA/cm2 is 10 A.m-2)"
S_M = "S.m-1 (1 S/cm is 100 S.m-1)"
_POSITIVE = "The {} must be positive and finite"

LARGE = 0.05  # as a relative error; one written without "%" may be meant in percent
_NUMBER_ALONE = re.compile(r"\s*[-+.\deE]+\s*")

#: of an SI unit, more than there is of it in a cell or its measurement
LARGEST = {
    **{"m": 1.0, "m2": 1.0, "kg": 1.0, "s": 1e10, "K": 5e3, "V": 1e3, "A.h": 1e3},
    **{"A.m-2": 1e6, "Ohm": 1e15, "Ohm.m2": 1e9, "S.m-1": 1e9, "Hz": 1e15},
}
ROUNDING = 1e-9  # a range's own ends stay inside it after a round trip


class Range(NamedTuple):
    """The values that a law can answer for, ends included; JAX's numbers where it is traced."""

    lowest: Any
    highest: Any


def namespace(*values: "Given") -> ModuleType:
    """The module whose functions take these values: ``jax.numpy`` if one is JAX's, else NumPy."""
    spaces = [
        cast("Numbers", value).__array_namespace__() for value in values if hasattr(value, "shape")
    ]
    return next((space for space in spaces if space is not np), np)


def positive(value: "Given", name: str, unit: str) -> "Numbers":
    """Return `value` as a number or an array, refused unless all of it is positive and finite."""
    return _accepted(value, lambda x: x > 0, _POSITIVE.format(name), unit)


def positive_array(value: "Given", name: str, unit: str) -> Float[np.ndarray, "..."]:
    """Return `value` as an array of floats, refused if empty, traced, or not :func:`positive`."""
    known = known_numbers(positive(value, name, unit))
    if known is None:
        raise InputError(
            f"The {name} must be known, and JAX is still tracing it: call this outside of jit, "
            f"with a number in {unit}."
        )
    if not known.size:
        raise InputError(f"The {name} is empty: give at least one number in {unit}.")
    return known


def one_positive(value: float, name: str, unit: str) -> float:
    """Return `value` as a float, refused unless it is one positive, finite number."""
    known = positive_array(value, name, unit)
    if known.ndim:
        raise InputError(f"The {name} has shape {known.shape}: give one number in {unit}.")
    return cast(float, known[()])


def parse_positive(text: str, si_unit: str, where: str) -> float:
    """Read "11 ohm cm2" in `si_unit`, refused unless it is positive.

    Raises InputError as :func:`~ssb_model.library.parse` does; every sentence begins with `where`.
    """
    try:
        value = parse(text, si_unit)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if value <= 0:
        raise InputError(f"{where} must be positive, not {text}.")
    refuse_impossible(value, text, si_unit, where)
    return value


def parse_relative(text: str, where: str) -> float:
    """Read a relative error such as "2 %" as parts of one.

    Raises InputError as :func:`parse_positive` does, above 100 %, and for a number alone that may
    be meant in percent: "0.5" would be 50 %.
    """
    value = parse_positive(text, "-", where)
    if value >= LARGE and _NUMBER_ALONE.fullmatch(text):
        raise InputError(
            f"{where} is '{text.strip()}' without a unit, which would be {100 * value:.4g} %: "
            f"write '{text.strip()} %' or '{100 * value:.4g} %', whichever is meant."
        )
    if value > 1:
        raise InputError(
            f"{where} is {100 * value:.4g} %: an error of more than 100 % says nothing."
        )
    return value


def refuse_impossible(value: float, text: str, si_unit: str, where: str) -> None:
    """InputError if a number in `si_unit`, written as `text`, is larger than any in a lab."""
    largest = LARGEST.get(si_unit, float("inf"))
    if value > largest:
        raise InputError(
            f"{where}: {text} is outside what is physical, up to {largest:g} {si_unit}: check the "
            "number and its unit."
        )


def non_negative(value: "Given", name: str, unit: str) -> "Numbers":
    """Return `value` as a number or an array, refused if any of it is negative or infinite."""
    return _accepted(value, lambda x: x >= 0, f"The {name} must be finite and not negative", unit)


def share(value: "Given", name: str) -> "Numbers":
    """Return `value` as a number or an array, refused unless all of it lies between 0 and 1."""
    message = f"The {name} must lie between 0 and 1"
    return _accepted(value, lambda x: (x >= 0) & (x <= 1), message, "parts of 1")


def within(value: "Given", bounds: Range, name: str, unit: str, law: str) -> None:
    """Refuse a `value` outside what `law` can answer for."""
    known = [x for x in map(known_numbers, (value, *bounds)) if x is not None]
    if len(known) < 3:
        return
    x, lowest, highest = known
    wrong = x[(x < lowest * (1 - ROUNDING)) | (x > highest * (1 + ROUNDING))]
    if wrong.size:
        raise InputError(
            f"{law} has no answer for a {name} of {wrong.flat[0]:.4g} {unit}: keep it between "
            f"{lowest:.4g} and {highest:.4g}, or take another law."
        )


def is_true(condition: "Numbers | bool") -> bool:
    """Whether all of `condition` holds; what is not known yet is believed."""
    known = known_numbers(condition)
    return known is None or bool(known.all())


def _accepted(
    value: "Given",
    allowed: Callable[[Float[np.ndarray, "..."]], Bool[np.ndarray, "..."]],
    message: str,
    unit: str,
) -> "Numbers":
    try:
        known = known_numbers(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{message}, not {value!r:.60}: give a number in {unit}.") from error
    if known is None:
        return cast("Numbers", value)
    wrong = known[~(np.isfinite(known) & allowed(known))]
    if wrong.size:
        raise InputError(f"{message}, not {wrong.flat[0]:g}: give it in {unit}.")
    return cast("Numbers", value) if hasattr(value, "shape") else known[()]


def known_numbers(value: "Given | bool") -> Float[np.ndarray, "..."] | None:
    """The value as a float array, or None while JAX is tracing it; ValueError for no number."""
    if isinstance(value, str) or np.iscomplexobj(value):
        raise ValueError(value)
    try:
        return np.asarray(value, dtype=float)
    except TypeError:
        if hasattr(value, "__array_namespace__") and not isinstance(value, np.ndarray | np.generic):
            return None
        raise
