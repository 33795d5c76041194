"""Figs. 5c and 5d: capacity against cycle, and the voltage of charge and discharge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from jaxtyping import Float

from ssb_model.plotting import (
    COATED,
    ORIGIN,
    PAPER,
    QUIET,
    SMALL,
    footer,
    house_style,
    mark_paper,
    new_figure,
    shades,
)
from ssb_model.reproduction.figures.numbers import number, row_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction


@house_style()
def fade(reproduction: Reproduction) -> Figure:
    """Capacity of the cycling cell against cycle number."""
    data = reproduction.curves["fade"]
    last, other = row_of(reproduction, "29"), row_of(reproduction, "27d")
    settings = reproduction.experiment.protocols["full-cell cycling"].settings
    first, cycles = number(settings["first discharge capacity"]), number(settings["cycles"])
    figure, axes = new_figure()
    axes.plot(data["cycle"], data["capacity"], color=COATED)
    mark_paper(axes, cycles, last.paper, error=last.noise)
    axes.plot(1, first, "o", color=PAPER, markerfacecolor="white", markersize=9, zorder=5)
    axes.plot(0, other.paper, "s", color=QUIET, markersize=9, zorder=5)
    fade_rate = row_of(reproduction, "30").paper
    for x, y, text, place in (
        (cycles, last.paper, f"{last.paper:g} stated", {"xytext": (-12, -34), "ha": "right"}),
        (1, first, f"{first:g} derived from\n{fade_rate:g} %/cycle", {"xytext": (14, 12)}),
        (0, other.paper, f"{other.paper:g} stated at 0.5C:\nanother cell", {"xytext": (14, -12)}),
    ):
        axes.annotate(text, (x, y), textcoords="offset points", fontsize=SMALL + 1, **place)
    axes.set(xlim=(-8, 1.06 * cycles), ylim=(138, 156))
    axes.set(xlabel="cycle number [1]", ylabel="discharge capacity at 0.5C [mAh/g of LFP]")
    axes.set_title("Fade of the cycling cell (paper: Fig. 5c)")
    footer(
        figure,
        "Open: derived. Grey: the rate cell. Error bar: 3 mAh/g, assumed. The cycling cell is not "
        "the cell of the rate test and has a utilisation of its own.",
    )
    return figure


@house_style()
def profiles(reproduction: Reproduction) -> Figure:
    """Voltage against capacity at each rate: discharge from full charge, then charge."""
    data = reproduction.curves["profiles"]
    low, high = (row_of(reproduction, id).paper for id in ("26a", "26b"))
    figure, panels = new_figure(1, 2, size=(10.4, 5.8), sharey=True)
    for axes, way in zip(panels, ("discharge", "charge"), strict=True):
        for i, colour in enumerate(shades(len(data["rate"]))):
            q, V = _with_end(data, way, i, low if way == "discharge" else high)
            axes.plot(q, V, color=colour, label=f"{data['rate'][i]:g}C")
        for edge in (low, high):
            axes.axhline(edge, color=QUIET, lw=1, ls=":")
        axes.set(xlabel="capacity [mAh/g of LFP]", xlim=(0, 165), title=way)
    stated = [row_of(reproduction, f"27{letter}").paper for letter in "abcdef"[: len(data["rate"])]]
    panels[0].scatter(
        stated, [low] * len(stated), s=55, c=shades(len(stated)), edgecolors=PAPER, zorder=5
    )
    panels[0].annotate(
        "circles: stated discharge capacities,\nin the colour of their rate",
        (0.03, low),
        (0, 14),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        fontsize=SMALL,
    )
    panels[0].set(ylabel="voltage [V]", ylim=(low - 0.1, high + 0.1))
    panels[0].set_title("Discharge from full charge (paper: Fig. 5d)")
    panels[1].set_title("Charge at the same rate, without rest")
    panels[1].legend(title="rate", loc="lower right", bbox_to_anchor=(1.0, 0.08), ncols=2)
    footer(
        figure,
        "Dotted: the stated window. Assumed: equilibrium before the discharge; no rest and no "
        "step at constant voltage.",
        origin=ORIGIN.replace("Black symbols", "Circles"),
    )
    return figure


def _with_end(
    data: Mapping[str, Any], way: Literal["discharge", "charge"], i: int, edge: float
) -> tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]:
    """A curve without its empty tail, closed at the cut-off that ended it."""
    filled = np.isfinite(data[way][i])
    q = np.append(data["capacity"][i, filled], data[f"{way}_end"][i])
    return q, np.append(data[way][i, filled], edge)
