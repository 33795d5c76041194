"""Functions of the positive electrode of PyBaMM's parameter sets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pybamm

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.errors import InputError, in_short, suggestion

LITHIUM = "lithium_ion"  # PyBaMM's word for the chemistry of sets against lithium
PROBE = 0.5  # stoichiometry


def function_of_set(name: str, parameter: str) -> Callable[..., Any]:
    """A function of a parameter set, or what is constant in it as one.

    Raises
    ------
    InputError
        For a set that PyBaMM does not have or of another ion, and for one without such a function.
    """
    found = _set(name).get(parameter)
    if isinstance(found, int | float):
        return _constant(float(found))
    try:
        if not callable(found):
            raise TypeError("it has none")
        symbol: Any = found(*_arguments(parameter, pybamm.Scalar(PROBE)))
        if not np.isfinite(symbol.evaluate()).all():
            raise ValueError("it is not finite at half lithium")
    except Exception as error:  # whatever a function of another package does
        raise InputError(
            f'PyBaMM\'s parameter set "{name}" gives no "{parameter}" as a function of the '
            f"stoichiometry alone ({in_short(error)}): choose another set, or a table."
        ) from None
    return found


def relative_to_half(name: str, parameter: str) -> Callable[[Any], Any]:
    """A diffusivity's function of the stoichiometry, over its value at half lithium."""
    function = function_of_set(name, parameter)
    half = function(*_arguments(parameter, pybamm.Scalar(PROBE))).evaluate()
    return lambda x: function(*_arguments(parameter, x)) / half


def _arguments(parameter: str, x: Any) -> tuple[Any, ...]:
    return (x, pybamm.Scalar(ROOM_TEMPERATURE)) if "diffusivity" in parameter else (x,)


def _constant(value: float) -> Callable[..., Any]:
    return lambda x, *others: pybamm.Scalar(value) + 0 * x


@cache
def _set(name: str) -> dict[str, Any]:
    if name not in pybamm.parameter_sets:
        known = suggestion(name, pybamm.parameter_sets)
        raise InputError(f'PyBaMM has no parameter set "{name}". {known}')
    try:
        found = dict(pybamm.parameter_sets[name])
    except Exception as error:  # sets of other packages too
        raise InputError(
            f'PyBaMM\'s parameter set "{name}" cannot be read ({in_short(error)}): choose another.'
        ) from None
    if found.get("chemistry", LITHIUM) != LITHIUM:
        raise InputError(
            f'PyBaMM\'s parameter set "{name}" is not of lithium: its potential is not one against '
            "lithium metal; choose another set."
        )
    return found
