"""A number as a coating or cell file gives it: "200 nm", or ["150 nm", "250 nm"] for the range that
one believes with 95 %."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, TypeVar

import numpy as np
from pydantic import Field

from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95
from ssb_model.library import Prior, Quantity, check_scale, parse, refuse_impossible
from ssb_model.measurements import charge_of

Text = Annotated[str, Field(min_length=1)]
Stated = Text | Annotated[list[Text], Field(min_length=2, max_length=2)]
Value = TypeVar("Value")


def stated_quantity(quantity: Quantity, text: str | list[str], where: str) -> Quantity:
    """The quantity of a parameter set with what a file states of it; without a range it is fixed.

    Raises
    ------
    InputError
        Beginning with ``where``, for a wrong unit, a value that is not physical or a range that
        does not rise.
    """
    numbers = [_in_file(where, _physical, quantity, part) for part in _listed(text)]
    source = f"stated in {where.split(': ')[0]}"
    if len(numbers) == 1:
        return replace(quantity, value=numbers[0], prior=None, tag="stated", source=source)
    lower, upper = _rising(numbers, where)
    scale = quantity.known.scale
    check_scale(scale, lower, upper, where)
    middle = _middle(scale, lower, upper)
    prior = Prior(lower, upper, scale)
    return replace(quantity, value=middle, prior=prior, tag="stated", source=source)


def stated_logarithm(
    text: str | list[str], unit: str, noise: float, where: str
) -> tuple[float, float]:
    """Centre and standard deviation of the logarithm of a measured positive number in ``unit``.

    ``noise`` is the standard deviation, relative, of a number without a range.
    """
    numbers = [_in_file(where, parse, part, unit) for part in _listed(text)]
    if min(numbers) <= 0:
        raise InputError(f"{where} must be positive.")
    for value, part in zip(numbers, _listed(text), strict=True):
        refuse_impossible(value, part, unit, where)
    if len(numbers) == 1:
        return np.log(numbers[0]), noise
    lower, upper = np.log(_rising(numbers, where))
    return (lower + upper) / 2, (upper - lower) / (2 * NORMAL_95)


def _listed(text: str | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else text


def _physical(quantity: Quantity, text: str) -> float:
    return quantity.within_bounds(parse(text, quantity.unit), text)


def _in_file(where: str, function: Callable[..., Value], *args: object) -> Value:
    try:
        return function(*args)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _rising(numbers: Sequence[float], where: str) -> tuple[float, float]:
    lower, upper = numbers
    if not lower < upper:
        raise InputError(f"{where}: the range must rise: write the lower end first.")
    return lower, upper


def _middle(scale: str, lower: float, upper: float) -> float:
    if scale == "log":
        return float(np.sqrt(lower * upper))
    if scale == "logit":
        middle = np.mean([np.log(x / (1 - x)) for x in (lower, upper)])
        return float(1 / (1 + np.exp(-middle)))
    return (lower + upper) / 2


def stated_charge(text: str | None, where: str) -> str | None:
    """The words for a charge, checked; ``where`` is the file."""
    if text is not None:
        try:
            charge_of(text)
        except InputError as error:
            raise InputError(f"{where}: charge: {error}") from None
    return text
