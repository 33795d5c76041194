"""A quantity: its value in SI with how it is known, its prior, and the bounds of its kind."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ssb_model.errors import InputError
from ssb_model.library.quantities import Known, Scale
from ssb_model.library.units import parse

Tag = Literal["stated", "found", "derived", "assumed"]


@dataclass(frozen=True)
class Prior:
    """The central 95 % range of a quantity in its SI unit, and the scale on which it is even."""

    lower: float
    upper: float
    scale: Scale


@dataclass(frozen=True)
class Quantity:
    """One number in SI (PyBaMM notation), how it is known, its prior if it may vary, and the
    bounds and scale of its kind."""

    name: str
    value: float
    unit: str
    tag: Tag
    source: str
    prior: Prior | None
    known: Known

    @property
    def full_name(self) -> str:
        """Its name with its unit as PyBaMM writes it; a pure number's has none."""
        return self.name if self.unit == "-" else f"{self.name} [{self.unit}]"

    def within_bounds(self, value: float, text: str) -> float:
        """Return another value in SI, written as `text`; InputError if it is not physical."""
        return within_bounds(self.known, value, text)


def quantity(
    name: str,
    value: str,
    unit: str,
    bounds: Sequence[str],
    source: str,
    range: Sequence[str] | None = None,
    scale: Scale = "log",
    tag: Tag = "assumed",
) -> Quantity:
    """Declare a quantity that a mechanism of another package brings.

    Parameters
    ----------
    name
        As users write it, without a unit.
    value
        With its unit, as in the lab.
    unit
        SI, in PyBaMM's notation, "-" for a pure number.
    bounds
        What is physically conceivable, with units.
    source, tag
        Where the value is from, and how it is known.
    range
        The central 95 % of what one believes; without it the value is fixed unless a study frees it
        with a range of its own.
    scale
        On which the range is even.

    Raises
    ------
    InputError
        For a value or a range that the unit or the bounds do not allow.

    >>> film = quantity(
    ...     "film resistance", "10 ohm cm2", "Ohm.m2", ["0 ohm cm2", "1e6 ohm cm2"], "an example"
    ... )
    >>> film.value
    0.001
    """
    lower, upper = (parse(text, unit) for text in bounds)
    known = Known(unit, lower, upper, scale, "optional")
    number = within_bounds(known, parse(value, unit), value)
    prior = None
    if range is not None:
        ends = [within_bounds(known, parse(text, unit), text) for text in range]
        prior = prior_of(known, ends, number, f"range {list(range)}", value)
    return Quantity(name, number, unit, tag, source, prior, known)


def prior_of(known: Known, ends: Sequence[float], value: float, what: str, text: str) -> Prior:
    """The prior between two ends in SI; InputError, beginning with `what`, if it is none."""
    lower, upper = ends
    if not lower < upper:
        raise InputError(f"{what} must rise from its lower to its upper end.")
    if not lower <= value <= upper:
        raise InputError(f"{what} does not contain the value {text}: widen it.")
    check_scale(known.scale, lower, upper, what)
    return Prior(lower, upper, known.scale)


def check_scale(scale: Scale, lower: float, upper: float, what: str) -> None:
    """Raise InputError, beginning with `what`, unless a range fits its scale."""
    if scale == "logit" and not 0 < lower < upper < 1:
        raise InputError(f"{what} must lie strictly between 0 and 1, as it is a share.")
    if scale == "log" and lower <= 0:
        raise InputError(f"{what} must begin above 0, as its scale is logarithmic.")


def within_bounds(known: Known, si: float, text: str) -> float:
    """Return `si`, written as `text`; InputError if it is not physical."""
    # The rounding of a unit conversion must not throw out a value that lies on a bound.
    for bound in (known.lower, known.upper):
        si = float(bound) if math.isclose(si, bound, rel_tol=1e-12) else si
    if not known.lower <= si <= known.upper:
        bounds = f"{known.lower:g} to {known.upper:g} {known.unit}".removesuffix(" -")
        raise InputError(
            f"{text} is outside what is physical, {bounds}: check the number and its unit."
        )
    return si
