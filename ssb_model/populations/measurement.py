"""A measured value of a cell of a group, and what it must be to count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Float

from ssb_model.constants import GAS_CONSTANT, TO_KJ, ZERO_CELSIUS
from ssb_model.errors import InputError, suggestion
from ssb_model.populations.posterior import CellData

SAME = 1.0  # K: temperatures within this are one


@dataclass(frozen=True)
class CellMeasurement:
    """One measurement of one cell.

    Attributes
    ----------
    group
        The kind of cell, such as "bare".
    cell
        Name of the cell; several measurements of a cell have the same.
    value
        A positive quantity, in any unit that all rows share.
    standard_error
        Of the value, in its unit; 0 where the measurement has none.
    temperature
        K; None where it does not matter.
    """

    group: str
    cell: str
    value: float
    standard_error: float = 0.0
    temperature: float | None = None


KEYS = tuple(field.name for field in fields(CellMeasurement))


def checked(rows: Iterable[CellMeasurement | Mapping[str, Any]]) -> list[CellMeasurement]:
    """The measurements, each of them possible.

    Raises
    ------
    InputError
        Which row is wrong, and what to write.
    """
    found = [_checked(row, f"Measurement {k}") for k, row in enumerate(rows, 1)]
    if not found:
        raise InputError("A population needs measurements, and there are none.")
    return found


def _checked(row: CellMeasurement | Mapping[str, Any], where: str) -> CellMeasurement:
    one = row if isinstance(row, CellMeasurement) else _of_mapping(row, where)
    where = f"{where} (cell '{one.cell}' of '{one.group}')"
    for name in ("value", "standard_error", "temperature"):
        number = getattr(one, name)
        if name == "temperature" and number is None:
            continue
        if not isinstance(number, int | float | np.number) or not np.isfinite(number):
            raise InputError(f"{where}: {name} is {number}: give a finite number.")
    if one.value <= 0:
        raise InputError(
            f"{where}: the value is {one.value:g}: only positive quantities have the logarithm "
            "that is averaged here."
        )
    if not 0 <= one.standard_error <= one.value:
        raise InputError(
            f"{where}: the standard error is {one.standard_error:g} of {one.value:g}: it must lie "
            "between 0 and the value; leave out what is not determined."
        )
    if one.temperature is not None and one.temperature <= 0:
        raise InputError(f"{where}: the temperature is {one.temperature:g} K: give it in K.")
    return one


def _of_mapping(row: Mapping[str, Any], where: str) -> CellMeasurement:
    for key in row:
        if key not in KEYS:
            raise InputError(f"{where}: unknown key '{key}'. {suggestion(str(key), KEYS)}")
    missing = [key for key in KEYS[:3] if key not in row]
    if missing:
        raise InputError(f"{where} has no '{missing[0]}'. A row has the keys {', '.join(KEYS)}.")
    return CellMeasurement(**row)


def slope_at(temperature: float, reference: float) -> float:
    """x = (1/T - 1/T0)/R [mol/kJ]."""
    return (1 / temperature - 1 / reference) / (GAS_CONSTANT * TO_KJ)


def cell_data(
    measurements: Iterable[CellMeasurement], reference: float | None, sloped: bool
) -> CellData:
    """The measurements of one cell as the model reads them, about a reference temperature [K]."""
    rows = list(measurements)
    value = np.array([one.value for one in rows])
    error = np.array([one.standard_error for one in rows])
    return CellData(_design(rows, reference, sloped), np.log(value), error / value)


def _design(
    rows: list[CellMeasurement], reference: float | None, sloped: bool
) -> Float[np.ndarray, "measurements terms"]:
    ones = np.ones(len(rows))
    if not sloped:
        return ones[:, None]
    x = [slope_at(one.temperature or np.nan, reference or np.nan) for one in rows]
    return np.stack([ones, x], axis=1)


def temperatures(group: str, rows: Iterable[CellMeasurement]) -> Float[np.ndarray, " rows"] | None:
    """Of a group's measurements [K]; None if none has one.

    Raises
    ------
    InputError
        If some have one and some have none.
    """
    said = [one.temperature for one in rows]
    known = [T for T in said if T is not None]
    if not known:
        return None
    if len(known) < len(said):
        raise InputError(
            f"{len(said) - len(known)} of {len(said)} measurements of the group '{group}' have no "
            "temperature: give it to all of them or to none."
        )
    return np.array(known)


def degC(temperature: float | None) -> str:
    """As it is written in a table; nothing where there is none."""
    return "" if temperature is None else f"{temperature - ZERO_CELSIUS:.4g} degC"
