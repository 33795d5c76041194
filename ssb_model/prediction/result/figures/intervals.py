"""Intervals of a prediction sheet: resistances, critical currents, and what causes them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from matplotlib import colormaps

from ssb_model.library import published_coatings
from ssb_model.plotting import QUIET, SMALL, ohm_cm2, plain_ticks
from ssb_model.prediction.critical import PLATING
from ssb_model.prediction.questions import CRITICAL_CURRENT, RESISTANCE
from ssb_model.prediction.result.explained import CONSTANT

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.container import Container

    from ssb_model.prediction.result.figures.curves import Shown
    from ssb_model.prediction.result.prediction import Prediction
    from ssb_model.prediction.result.quantity import Quantity

    Colour = str | tuple[float, float, float, float]

ROW_NAME = 25  # letters
TICKS = ((1.5, (1, 2, 5)), (3.5, (1, 3)), (np.inf, (1,)))  # a decade, up to so many decades
LAWS = {"A0": "o", "A": "s", "B": "D", "C": "v", "D": "P"}
CAUSED = {  # quantity -> its words beside a bar
    RESISTANCE: "interface\nresistance",
    "interface activation energy": "interface\nactivation energy",
    "polarisation at 0.1 mA/cm2": "polarisation\nat 0.1 mA/cm²",
    "growth of interface resistance at 1 mA/cm2 in 200 h": "growth in 200 h\nat 1 mA/cm²",
    "capacity at 1C": "capacity\nat 1C",
    CRITICAL_CURRENT: "critical\ncurrent",
}
OTHER = "not named: below 5 % each, or together"
OTHER_LOOK = {"color": "white", "edgecolor": "#B0B0B0", "linewidth": 0.8}
COLOURS = [colormaps["Set3"](k) for k in (0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11)]  # without its grey
READABLE = 0.06  # share of a bar from which its number fits in


def draw_resistances(axes: Axes, shown: Shown) -> None:
    """Interface resistance at room temperature of each, above those that papers report."""
    for row, (one, colour) in enumerate(shown):
        _interval(axes, row, one[RESISTANCE], colour, _short(one))
    reported = [
        ohm_cm2(coating.resistance.after)
        for coating in published_coatings()
        if coating.resistance and coating.resistance.after
    ]
    row = len(shown)
    axes.plot(reported, np.full(len(reported), row), "|", color=QUIET, markersize=11, mew=1.4)
    _write(axes, row, "coatings in the library, as reported", QUIET)
    _rows(axes, row + 1, "interface resistance, both faces [Ω cm²]")
    axes.set_title("Interface resistance at 25 °C")


def draw_critical_currents(axes: Axes, shown: Shown) -> None:
    """Critical current of each, below it that with lithium below the layer, above it by laws."""
    plating = any(PLATING in one.values for one, _ in shown)
    for row, (one, colour) in enumerate(shown):
        origin = "forecast" if one.coating.critical_current is None else "measured"
        _interval(axes, row, one[CRITICAL_CURRENT], colour, f"{_short(one, 18)}, {origin}")
        if PLATING in one.values:
            _bar(axes, row + 0.22, one[PLATING], colour, fill="white")
        for name, marker in LAWS.items():
            by_law = np.median(one[f"{CRITICAL_CURRENT}, law {name} through the founding cells"])
            axes.plot(by_law, row - 0.16, marker, color=colour, mfc="white", ms=5, mew=1.2)
    handles: list[Artist | Container] = [
        axes.plot([], [], m, color=QUIET, mfc="white", ms=5)[0] for m in LAWS.values()
    ]
    labels = list(LAWS)
    if plating:
        handles.append(axes.errorbar([], [], xerr=[], fmt="o", color=QUIET, mfc="white"))
        labels.append("with Li below")
    _rows(axes, len(shown) + 0.6, "critical current density [mA/cm²]")
    axes.legend(
        handles,
        labels,
        loc="lower left",
        ncols=6,
        columnspacing=0.7,
        handletextpad=0.1,
        title="small: laws through the founding cells",
        alignment="left",
        borderaxespad=0.1,
    )
    axes.set_title("Critical current")


def draw_causes(axes: Axes, prediction: Prediction) -> None:
    """Which unknown causes how much of each interval, and the unknowns' colours below it."""
    quantities = {name: prediction.quantity(name) for name in CAUSED}
    unknowns = list(dict.fromkeys(c["unknown"] for q in quantities.values() for c in q["causes"]))
    colours = dict(zip(unknowns, cycle(COLOURS)))
    for row, quantity in enumerate(quantities.values()):
        _stacked(axes, row, quantity, colours)
    axes.set_yticks(range(len(CAUSED)), CAUSED.values())
    axes.set(xlim=(0, 100), ylim=(len(CAUSED) - 0.5, -0.5))
    axes.set_xlabel("share of the interval [%]")
    axes.grid(False, axis="y")
    axes.set_title(f"What causes the intervals of: {_short(prediction, 60)}")
    handles = [axes.barh(0, 0, color=colour) for colour in colours.values()]
    handles.append(axes.barh(0, 0, **OTHER_LOOK))
    names = [textwrap.fill(name, 32) for name in (*colours, OTHER)]
    below = {"loc": "upper left", "bbox_to_anchor": (-0.02, -0.2), "borderaxespad": 0.0}
    axes.legend(handles, names, ncols=3, fontsize=11, frameon=False, **below)


def _stacked(axes: Axes, row: int, quantity: Quantity, colours: Mapping[str, Colour]) -> None:
    """One bar; shares that unknowns have in common count twice, so that more than 1 is scaled."""
    causes = quantity["causes"]
    total = sum(c["share"] for c in causes)
    start, scale = 0.0, 100 / max(total, 1.0)
    for cause in causes:
        width = scale * cause["share"]
        axes.barh(row, width, 0.62, left=start, color=colours[cause["unknown"]])
        if width >= 100 * READABLE:
            axes.text(start + width / 2, row, f"{width:.0f}", ha="center", va="center")
        start += width
    if quantity["upper95"] - quantity["lower95"] <= CONSTANT * abs(quantity["median"]):
        axes.text(1, row, "nothing: it does not vary", va="center", fontsize=SMALL, color=QUIET)
    elif start < 100:
        axes.barh(row, 100 - start, 0.62, left=start, **OTHER_LOOK)


def _interval(
    axes: Axes, row: int, values: Float[np.ndarray, " n"], colour: str, words: str
) -> None:
    """A row: name and numbers above, median and 95 % interval below."""
    median, low, high = map(_number, _bar(axes, row, values, colour))
    _write(axes, row, f"{words}: {median} ({low} … {high})", colour)


def _bar(
    axes: Axes,
    height: float,
    values: Float[np.ndarray, " n"],
    colour: str,
    fill: str | None = None,
) -> tuple[float, float, float]:
    median, low, high = np.percentile(values, (50, 2.5, 97.5))
    axes.errorbar(
        median,
        height,
        xerr=[[median - low], [high - median]],
        fmt="o",
        color=colour,
        markerfacecolor=fill or colour,
        capsize=4,
    )
    return median, low, high


def _write(axes: Axes, row: int, text: str, colour: str) -> None:
    axes.text(
        0.01,
        row - 0.3,
        text,
        transform=axes.get_yaxis_transform(),
        fontsize=SMALL,
        color=colour,
        va="bottom",
    )


def _rows(axes: Axes, number: float, label: str) -> None:
    """Rows from above, on a logarithmic axis."""
    axes.set(xscale="log", ylim=(number - 0.4, -0.75), xlabel=label, yticks=[])
    _widen_to_a_decade(axes)
    low, high = axes.get_xlim()
    steps = next(steps for most, steps in TICKS if np.log10(high / low) < most)
    ticks = [step * 10.0**decade for decade in range(-6, 7) for step in steps]
    plain_ticks(axes.xaxis, [tick for tick in ticks if low <= tick <= high])


def _widen_to_a_decade(axes: Axes) -> None:
    """So that any axis has ticks to be read by."""
    low, high = axes.get_xlim()
    middle, half = np.sqrt(low * high), np.sqrt(10)
    axes.set_xlim(min(low, middle / half), max(high, middle * half))


def _number(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def _short(prediction: Prediction, width: int = ROW_NAME) -> str:
    return textwrap.shorten(prediction.coating.name, width, placeholder=" …")
