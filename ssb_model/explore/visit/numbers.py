"""The numbers that people ask for first, with their intervals."""

from __future__ import annotations

import math
from typing import NamedTuple

from ssb_model.explore.curves import Critical, Curve, Polarisation, Rates
from ssb_model.library import written

CURRENT, RATES = 0.1, (0.1, 1.0)


class Number(NamedTuple):
    """One number as text."""

    name: str
    value: str
    interval: str


def numbers_of(curve: Curve | str) -> list[Number]:
    """The numbers that a curve holds."""
    if isinstance(curve, Critical):
        return _critical(curve)
    if isinstance(curve, Polarisation):
        name = f"polarisation at {CURRENT:g} mA/cm²"
        return [_number(name, "mV", curve.at(CURRENT))]
    if isinstance(curve, Rates):
        return [_capacity(curve, rate) for rate in RATES]
    return []


def _critical(curve: Critical) -> list[Number]:
    numbers = [
        _number("interface resistance", "Ω cm²", curve.resistance),
        _number("cell resistance", "Ω cm²", curve.cell_resistance),
    ]
    if curve.current is None:
        return [*numbers, Number("critical current", "–", "beyond the forecast")]
    numbers.append(_number("critical current, forecast", "mA/cm²", curve.current))
    if curve.measured is not None:
        value = f"{written(curve.measured)} mA/cm²"
        numbers.append(Number("critical current, measured", value, ""))
    return numbers


def _capacity(curve: Rates, rate: float) -> Number:
    number = _number(f"capacity at {rate:g}C", "mAh/g", curve.at(rate))
    if curve.shorts is not None and rate > curve.shorts[0]:
        return number._replace(interval=f"{number.interval}, above the critical current")
    return number


def _number(name: str, unit: str, interval: tuple[float, float, float]) -> Number:
    value, low, high = interval
    if math.isnan(value):
        return Number(name, "–", "no answer")
    return Number(name, f"{written(value)} {unit}", f"{written(low)} … {written(high)}")
