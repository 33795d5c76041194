"""Cells as points with their intervals, beside the band of their group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter
from matplotlib.typing import ColorType

from ssb_model.plotting import QUIET, footer, house_style, new_figure, shades
from ssb_model.populations.measurement import degC

if TYPE_CHECKING:
    from ssb_model.populations.group import Group
    from ssb_model.populations.population import Population

ORIGIN = (
    "Circles: cells with 95 % intervals; grey: measurements. Line and dark band: the group's "
    "median and its 95 % interval; light band: 95 % of new cells."
)
WIDTH = 0.8  # of a group's band, in the distance of two groups
BESIDE = 0.25  # of a cell's place: from the cell to its measurements


@house_style()
def draw_population(population: Population, temperature: float | None = None) -> Figure:
    """All groups of a population side by side."""
    figure, axes = new_figure(size=(8.0, 5.6))
    mark_groups(axes, population, temperature)
    footer(figure, origin=ORIGIN)
    return figure


def mark_groups(axes: Axes, population: Population, temperature: float | None = None) -> None:
    """Draw the groups of a population on axes of any size."""
    groups = list(population.groups.values())
    for k, (group, colour) in enumerate(zip(groups, shades(len(groups)), strict=True)):
        _bands(axes, k, group, temperature, colour)
        _cells(axes, k, group, temperature, colour)
    label = f"{population.quantity} [{population.unit}]" if population.unit else population.quantity
    axes.set(yscale="log", ylabel=label, xlim=(-0.6, len(groups) - 0.4))
    for set_words in (axes.yaxis.set_major_formatter, axes.yaxis.set_minor_formatter):
        set_words(LogFormatter(labelOnlyBase=False, minor_thresholds=(1.5, 0.6)))
    axes.set_xticks(range(len(groups)), [_named(group, temperature) for group in groups])
    axes.grid(False, axis="x")


def _named(group: Group, temperature: float | None) -> str:
    T = degC(group.temperature if temperature is None else temperature)
    return "\n".join(filter(None, (group.name, T.replace("degC", "°C"))))


def _bands(axes: Axes, k: int, group: Group, temperature: float | None, colour: ColorType) -> None:
    ends = [k - WIDTH / 2, k + WIDTH / 2]
    for one, alpha in ((group.new_cell(temperature), 0.12), (group.median(temperature), 0.3)):
        axes.fill_between(ends, one.lower, one.upper, color=colour, alpha=alpha, lw=0)
    axes.plot(ends, [group.median(temperature).value] * 2, "-", color=colour)


def _cells(axes: Axes, k: int, group: Group, temperature: float | None, colour: ColorType) -> None:
    """A place a cell from left to right; its measurements beside it."""
    count = len(group.cells)
    places = k + WIDTH * ((np.arange(count) + 0.5) / count - 0.5)
    place = dict(zip(group.cells, places, strict=True))
    x = [place[one.cell] + BESIDE * WIDTH / count for one in group.measurements]
    axes.plot(x, group.moved(temperature), ".", color=QUIET, ms=4, alpha=0.7, zorder=3)
    for cell, at in place.items():
        own = group.cell(cell, temperature)
        bars = [[own.value - own.lower], [own.upper - own.value]]
        style = {"color": colour, "mfc": "white", "capsize": 2, "lw": 0.9, "zorder": 4}
        axes.errorbar([at], [own.value], bars, fmt="o", **style)
