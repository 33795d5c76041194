"""Figs. 3c, 3d and S13: the coated symmetric cell plated and stripped to and fro."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.plotting import (
    COATED,
    PAPER,
    SIMULATED,
    SMALL,
    footer,
    house_style,
    mark_rows,
    new_figure,
    note,
)
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


ROUNDING = 0.5  # mV: half of the last digit of 13 mV
LIVES = ("18a", "19a", "20a")
#: Rows of the polarisation when new and at the end of life, at the second and third current.
PREDICTED = (None, ("19b", "19c"), ("20b", "20c"))
COUNTERPART = ("Fig. 3c", "Fig. S13", "Fig. 3d")


@house_style()
def polarisation(reproduction: Reproduction) -> Figure:
    """Voltage at the end of every half cycle, whole above, its rise enlarged below.

    The lower axes span the same share of their first value, so that slopes compare.
    """
    runs = reproduction.curves["lives"]
    figure, panels = new_figure(2, 3, size=(12.4, 8.0), sharex="col", height_ratios=(1, 1.15))
    for i, (axes, run) in enumerate(zip(panels.T, runs, strict=True)):
        _envelope(axes[0], run, row_of(reproduction, LIVES[i]))
        _rise(axes[1], run, reproduction, PREDICTED[i])
        axes[0].set_title(f"{run['current']:.1f} mA/cm² (paper: {COUNTERPART[i]})")
        life = run["life"]
        axes[1].set(xlabel="time [h]", xticks=np.linspace(0, life, 3))
        axes[1].set_xlim(-0.06 * life, 1.08 * life)
    stated = row_of(reproduction, "12").paper
    for level in (stated, -stated):
        panels[0, 0].axhline(level, color=PAPER, lw=1.2, ls=":")
    panels[0, 0].set_ylabel("voltage [mV]")
    panels[1, 0].set_ylabel("size of the voltage [mV]")
    figure.align_ylabels()
    footer(
        figure,
        "Above: voltages at the ends of the half cycles, 1 h each way. Below: their size; the axes "
        "span the same share of the first value; bars: 95 %. Runs end at the stated lives, which "
        "are lower bounds; contact loss calibrated on the bare cell's 25 h.",
        origin=SIMULATED,
    )
    return figure


def _envelope(axes: Axes, run: Mapping[str, Any], row: NumberedRow) -> None:
    """Both signs of the voltage, and the stated life that the simulation reaches."""
    hours, voltage = run["hours"], run["voltage"]
    for up in (True, False):
        way = (voltage > 0) == up
        axes.fill_between(hours[way], voltage[way], color=COATED, alpha=0.2, lw=0)
        axes.plot(hours[way], voltage[way], color=COATED)
    largest = np.abs(voltage).max()
    axes.axvline(row.paper, color=PAPER, lw=1.4, ls=":")
    lived = "no short" if row.model >= row.paper else f"short after {row.model:.0f} h"
    axes.annotate(
        f"stated: at least {row.paper:g} h\nsimulated: {lived}",
        (row.paper, 1.38 * largest),
        (-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=SMALL + 1,
    )
    axes.set_ylim(-1.25 * largest, 1.7 * largest)


def _rise(
    axes: Axes,
    run: Mapping[str, Any],
    reproduction: Reproduction,
    predicted: tuple[str, str] | None,
) -> None:
    """The voltage's size, with the rows that answer it."""
    hours, mV = run["hours"], np.abs(run["voltage"])
    axes.plot(hours, mV, color=COATED)
    if predicted:
        rows = [row_of(reproduction, id) for id in predicted]
        mark_rows(axes, [0, run["life"]], rows, COATED, "predicted for a current one way")
    else:
        _stated_plateau(axes, reproduction, run["life"])
    axes.set_ylim(0.92 * mV[0], 1.21 * mV[0])
    axes.legend(loc="upper left")


def _stated_plateau(axes: Axes, reproduction: Reproduction, life: float) -> None:
    row = row_of(reproduction, "12")
    stated = row.paper
    axes.axhspan(stated - ROUNDING, stated + ROUNDING, color=PAPER, alpha=0.10, lw=0)
    axes.plot([0, life], [stated, stated], ":", color=PAPER, lw=1.4, label=f"stated: {stated:g} mV")
    mark_rows(axes, [0], [row], COATED)
    rise = row_of(reproduction, "18b")
    note(
        axes,
        f"grey: all that rounds to {stated:g} mV\n"
        f"rise in {life:g} h: {rise.model:.2f} mV, 95 % from\n"
        f"{rise.lower95:.2f} to {rise.upper95:.2f} (bound: at most {rise.paper:g})",
        (0.06, 0.89),
    )
