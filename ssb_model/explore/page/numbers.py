"""The numbers that people ask for first, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import panel as pn

from ssb_model.explore.curves import CURVES, Critical, Curve, Polarisation, Rates
from ssb_model.explore.page.layout import PHONE
from ssb_model.explore.page.templates import ENVIRONMENT, part
from ssb_model.library import written

CURRENT, RATES = 0.1, (0.1, 1.0)


class Number(NamedTuple):
    """One number as text."""

    name: str
    value: str
    interval: str


class Numbers:
    """All numbers of one page, in a row above its figures."""

    def __init__(self) -> None:
        look = ENVIRONMENT.get_template("numbers.css").render(phone=PHONE)
        self.layout = pn.pane.HTML(
            sizing_mode="stretch_width", css_classes=["numbers"], stylesheets=[look]
        )
        self._shown: dict[str, list[Number]] = {}

    def show(self, curves: Mapping[str, Curve | str]) -> None:
        """Show the numbers of these curves, and further on those of the others."""
        self._shown |= {name: numbers_of(curve) for name, curve in curves.items()}
        rows = [number for name in CURVES for number in self._shown.get(name, ())]
        if rows:
            self.layout.object = part("numbers", rows)


def numbers_of(curve: Curve | str) -> list[Number]:
    """The numbers that a curve holds."""
    if isinstance(curve, Critical):
        return _critical(curve)
    if isinstance(curve, Polarisation):
        name = f"polarisation at {CURRENT:g} mA/cm²"
        return [_number(name, "mV", curve.at(CURRENT))]
    if isinstance(curve, Rates):
        return [_number(f"capacity at {rate:g}C", "mAh/g", curve.at(rate)) for rate in RATES]
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


def _number(name: str, unit: str, interval: tuple[float, float, float]) -> Number:
    value, low, high = interval
    return Number(name, f"{written(value)} {unit}", f"{written(low)} … {written(high)}")
