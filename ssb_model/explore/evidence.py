"""The published cells on one interactive plot, by any two of their numbers, as one HTML file.

Bands of the model stand where they have a meaning: the critical current over the resistance at
25 degC, and over the temperature at 10 ohm cm2, both of a coated cell. A click on a cell opens its
source. Nothing is fetched: the page has all its scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from bokeh.embed import file_html
from bokeh.layouts import column
from bokeh.models import ColumnDataSource, CustomJS, HoverTool, OpenURL, Select, TapTool
from bokeh.plotting import figure
from bokeh.resources import INLINE

from ssb_model.constants import (
    FROM_MPA,
    TO_MA_CM2,
    TO_MS_CM,
    TO_OHM_CM2,
    TO_UM,
    ZERO_CELSIUS,
)
from ssb_model.critical_current import FieldForecast
from ssb_model.library import FieldCell, Reported, parse
from ssb_model.prediction import forecast_of

#: what an axis may show, by a short name
AXES = {
    "R": "interface resistance, as reported [Ω cm²]",
    "J": "critical current density [mA/cm²]",
    "T": "temperature [°C]",
    "density": "relative density [%]",
    "conductivity": "garnet's conductivity [mS/cm]",
    "pressure": "stack pressure [MPa]",
    "thickness": "thickness of the garnet [µm]",
}
COLOURS = {
    "coated": "#0072b2",
    "bare": "#d55e00",
    "bare control": "#7f7f7f",
    "wetted": "#009e73",
    "three-dimensional": "#cc79a7",
}
RESISTANCES = np.geomspace(0.5, 2e4, 60)  # ohm cm2
WARMTHS = np.linspace(15, 80, 40)  # degC
BAND_RESISTANCE = 10e-4  # Ohm.m2
SHOW = """
const x = across.value, y = up.value
for (const source of sources) {
  source.data = {...source.data, x: source.data[x], y: source.data[y]}
}
plot.below[0].axis_label = labels[x]
plot.left[0].axis_label = labels[y]
for (const [name, parts] of Object.entries(bands)) {
  for (const part of parts) part.visible = y === "J" && x === name
}
"""

#: so that a phone shows the page at its own width
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


def evidence_page(cells: Sequence[FieldCell]) -> str:
    """The page, as HTML."""
    plot = figure(
        sizing_mode="stretch_width",
        max_width=1100,
        height=560,
        x_axis_type="log",
        y_axis_type="log",
        x_axis_label=AXES["R"],
        y_axis_label=AXES["J"],
        tools="pan,wheel_zoom,box_zoom,reset,save",
    )
    bands = {
        "R": _band(plot, *_over_resistance(), legend_label="model, coated (95 %)"),
        "T": _band(plot, *_over_temperature()),
    }
    for part in bands["T"]:
        part.visible = False
    sources, drawn = [], []
    for contact, colour in COLOURS.items():
        source = ColumnDataSource(_columns([c for c in cells if c.contact == contact]))
        look = {"size": 9, "color": colour, "line_color": "white", "legend_label": contact}
        drawn.append(plot.scatter("x", "y", source=source, marker="marker", **look))
        sources.append(source)
    tips = [(name, f"@{{{name}}}") for name in ("name", "treatment", "J as printed", "source")]
    plot.add_tools(HoverTool(renderers=drawn, tooltips=tips))
    plot.add_tools(TapTool(renderers=drawn, callback=OpenURL(url="@link")))
    plot.legend.click_policy, plot.legend.ncols = "hide", 2
    plot.add_layout(plot.legend[0], "below")
    selects = [_select("across", "R"), _select("up", "J")]
    told = {"across": selects[0], "up": selects[1], "sources": sources, "plot": plot}
    show = CustomJS(args={**told, "labels": AXES, "bands": bands}, code=SHOW)
    for select in selects:
        select.js_on_change("value", show)
    whole = column(*selects, plot, sizing_mode="stretch_width")
    page = file_html(whole, INLINE, "Published cells of lithium and garnet")
    return page.replace("<head>", f"<head>{VIEWPORT}", 1)


def _select(title: str, value: str) -> Select:
    return Select(
        title=title,
        value=value,
        options=[*AXES.items()],
        sizing_mode="stretch_width",
        max_width=420,
    )


def _columns(cells: Sequence[FieldCell]) -> dict[str, Any]:
    """Numbers of each axis, NaN where a row states none; a bound is a triangle."""
    numbers = {name: [_number(cell, name) for cell in cells] for name in AXES}
    up = {">": "triangle", ">=": "triangle", "<": "inverted_triangle", "<=": "inverted_triangle"}
    marks = [up.get((cell.J.sign if cell.J else None) or "", "circle") for cell in cells]
    texts = {
        "name": [cell.name for cell in cells],
        "treatment": [cell.treatment for cell in cells],
        "J as printed": [cell.critical_current or "not stated" for cell in cells],
        "source": [cell.source for cell in cells],
        "link": [_link(cell) for cell in cells],
        "marker": marks,
    }
    return {**numbers, **texts, "x": numbers["R"], "y": numbers["J"]}


def _link(cell: FieldCell) -> str:
    """Where its source is; nowhere else for one without a web address."""
    url = f"https://doi.org/{cell.doi}" if cell.doi else cell.url or ""
    return url if url.startswith(("https://", "http://")) else "#"


def _number(cell: FieldCell, name: str) -> float:
    known: Mapping[str, float | None] = {
        "R": _middle(cell.R, TO_OHM_CM2),
        "J": _middle(cell.J, TO_MA_CM2),
        "T": None if cell.T is None else cell.T - ZERO_CELSIUS,
        "density": _middle(cell.relative_density, 100.0),
        "conductivity": _middle(cell.garnet_conductivity, TO_MS_CM),
        "pressure": None if not cell.stack else cell.stack / FROM_MPA,
        "thickness": parse(cell.thickness, "m") * TO_UM if cell.thickness else None,
    }
    value = known[name]
    return float("nan") if value is None else value


def _middle(number: Reported | None, factor: float) -> float | None:
    """The value, or the geometric mean of a range's ends."""
    if number is None:
        return None
    upper = number.upper or number.value
    return factor * float(np.sqrt(number.value * upper))


def _over_resistance() -> tuple[np.ndarray, np.ndarray]:
    forecast: FieldForecast = forecast_of("mixed")
    R = RESISTANCES / TO_OHM_CM2
    return RESISTANCES, np.stack([forecast.quantile(R, p) for p in (0.025, 0.5, 0.975)])


def _over_temperature() -> tuple[np.ndarray, np.ndarray]:
    forecast = forecast_of("mixed")
    found = [
        np.exp(forecast.at(T + ZERO_CELSIUS).mixture(BAND_RESISTANCE).quantile(p)) / TO_MA_CM2
        for T in WARMTHS
        for p in (0.025, 0.5, 0.975)
    ]
    return WARMTHS, np.reshape(found, (-1, 3)).T


def _band(plot: figure, x: np.ndarray, J: np.ndarray, **legend: str) -> list[Any]:
    low, middle, high = J * TO_MA_CM2
    quiet: dict[str, Any] = {"color": "#0072b2", **legend}
    return [
        plot.varea(x, low, high, fill_alpha=0.12, **quiet),
        plot.line(x, middle, line_dash="dashed", **quiet),
    ]
