"""Temperatures and pressures that a cell with lithium metal can have, or one sentence."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.constants import FROM_MPA, ZERO_CELSIUS
from ssb_model.errors import InputError
from ssb_model.library.numbers import known_numbers
from ssb_model.library.units import parse

LITHIUM_MELTS = 453.7  # K
COLDEST = 173.0  # K: below, Arrhenius laws are not those of room temperature
LEAST_PRESSURE = 1e3  # Pa: 10 g on 1 cm2; what lies between 0 and it is a slip of unit
MOST_PRESSURE = 1e9  # Pa
TEMPERATURE = "Ambient temperature [K]"
PRESSURES = ("Stack pressure [Pa]", "Assembly pressure [Pa]")


def refuse_conditions(inputs: Mapping[str, Any]) -> None:
    """InputError for a temperature or a pressure that no cell has.

    ``inputs`` are numbers or arrays in SI by PyBaMM name; only temperature and pressures are looked
    at, and only those that are known.
    """
    for name, value in inputs.items():
        if name == TEMPERATURE:
            refuse_temperature(value, "ambient temperature")
        elif name in PRESSURES:
            refuse_pressure(value, name.removesuffix(" [Pa]").lower())


def parse_temperature(text: str, where: str) -> float:
    """Read "60 degC" in K, refused unless lithium is solid there; ``where`` begins sentences."""
    try:
        T = parse(text, "K")
        refuse_temperature(T, "temperature")
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    return T


def refuse_temperature(value: Any, name: str) -> None:
    """InputError unless every temperature [K] is one at which lithium is solid."""
    T = _first_wrong(value, name, "K", lambda x: (x >= COLDEST) & (x < LITHIUM_MELTS))
    if T is None:
        return
    if T >= LITHIUM_MELTS:
        raise InputError(
            f"The {name} is {T:g} K, {T - ZERO_CELSIUS:.4g} °C, and lithium melts at "
            f"{LITHIUM_MELTS} K: give a temperature at which it is solid."
        )
    meant = T + ZERO_CELSIUS
    hint = f": write {meant:g} K if {T:g} °C is meant" if COLDEST <= meant < LITHIUM_MELTS else ""
    raise InputError(f"The {name} is {T:g} K, and no law here holds below {COLDEST:g} K{hint}.")


def refuse_pressure(value: Any, name: str) -> None:
    """InputError unless every pressure [Pa] is 0, or from 1 kPa to 1 GPa."""
    P = _first_wrong(value, name, "Pa", _is_pressure)
    if P is None:
        return
    if P < 0:
        raise InputError(f"The {name} must not be negative, and {P:g} Pa is: correct it.")
    if P < LEAST_PRESSURE:
        raise InputError(
            f"The {name} is {P:g} Pa, less than 10 g on 1 cm2: write {P * FROM_MPA:g} Pa if "
            f"{P:g} MPa is meant, or 0."
        )
    raise InputError(
        f"The {name} is {P:g} Pa, more than {MOST_PRESSURE:g} Pa: check its unit, 1 MPa is 1e6 Pa."
    )


def _is_pressure(x: Float[np.ndarray, "..."]) -> Bool[np.ndarray, "..."]:
    return (x == 0) | ((x >= LEAST_PRESSURE) & (x <= MOST_PRESSURE))


def _first_wrong(
    value: Any,
    name: str,
    unit: str,
    allowed: Callable[[Float[np.ndarray, "..."]], Bool[np.ndarray, "..."]],
) -> float | None:
    """The first known number that is not allowed; InputError for what is no finite number."""
    try:
        known = known_numbers(value)
    except (TypeError, ValueError):
        raise InputError(f"The {name} is {value!r:.60}: give it as a number in {unit}.") from None
    if known is None:
        return None
    if not np.isfinite(known).all():
        raise InputError(f"The {name} must be finite: give it in {unit}.")
    wrong = known[~allowed(known)]
    return float(wrong.flat[0]) if wrong.size else None
