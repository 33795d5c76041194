"""The laws of the critical current side by side: calibrated on two cells, asked about two more."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import FROM_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import CriticalCurrentLaw, MeasuredCell, calibrate
from ssb_model.plotting import (
    PAPER,
    QUIET,
    SMALL,
    footer,
    house_style,
    mark_paper,
    mark_rows,
    new_figure,
    plain_ticks,
    shades,
)
from ssb_model.reproduction.figures.numbers import number, row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import ColorType

    from ssb_model.reproduction.results import Reproduction


LEAST, MOST = 5.0, 2000.0  # ohm cm2 drawn
CURRENTS = [0.1, 0.2, 0.5, 1, 2, 5, 10]  # mA/cm2
STYLES = ("--", "-", "-.", ":", (0, (6, 1, 1, 1, 1, 1)))
#: Statement's number -> heading.
ASKED = {16: "ZnI₂ 1.5 mol/L\n(paper: Fig. S10)", 17: "I₂, LiI alone\n(paper: Fig. S11)"}


@house_style()
def critical_laws(reproduction: Reproduction) -> Figure:
    """Critical current against interface resistance by every law, and each law's predictions."""
    laws = _calibrated(reproduction)
    colours = dict(zip(laws, shades(len(laws)), strict=True))
    figure, (curves, *panels) = new_figure(1, 3, size=(13.2, 6.6), width_ratios=(1.9, 1.15, 1.15))
    _curves(curves, reproduction, laws, colours)
    for axes, asked in zip(panels, ASKED, strict=True):
        _predictions(axes, reproduction, asked, colours)
    panels[0].set_ylabel("critical current density [mA/cm²]")
    footer(
        figure,
        "Calibrated: each law on the two black circles, A0 on both with its one constant; the "
        "contact loss of the ramps on the bare cell's 25 h. Predicted: both panels at the right, "
        "nothing tuned; 95 % intervals with the resistances' priors and the scatter between cells.",
        origin="Lines: laws. Diamonds: the resistance that each requires. Black: Zhai et al. 2024, "
        "stated in the text.",
    )
    return figure


def _calibrated(reproduction: Reproduction) -> Mapping[str, CriticalCurrentLaw]:
    """Every law through the bare and the coated cell, the garnet from the polarisation."""
    row = partial(row_of, reproduction)
    cells = [
        MeasuredCell(row(R).model / TO_OHM_CM2, row(J).paper * FROM_MA_CM2)
        for R, J in (("9", "14"), ("10", "15"))
    ]
    stated = reproduction.experiment.statements[12].further
    current = next(number(item) for item in stated if item.quantity == "current density")
    garnet = row("12").model / current - row("10").model
    return calibrate(cells, garnet / TO_OHM_CM2)


def _curves(
    axes: Axes,
    reproduction: Reproduction,
    laws: Mapping[str, CriticalCurrentLaw],
    colours: Mapping[str, ColorType],
) -> None:
    """J(R) of each law, and the resistance that each requires for the two stated currents."""
    row = partial(row_of, reproduction)
    for (name, law), style in zip(laws.items(), STYLES, strict=True):
        low, high = (edge * TO_OHM_CM2 for edge in law.resistance_range)
        inside = 1 + 1e-9  # of the edges, whatever the rounding
        R = np.geomspace(max(LEAST, low * inside), min(MOST, high / inside), 200)
        J = np.asarray(law.current_density(R / TO_OHM_CM2)) / FROM_MA_CM2
        axes.loglog(R, J, ls=style, color=colours[name], label=law.title)
    mark_paper(axes, [row("9").paper, row("10").paper], [row("14").paper, row("15").paper])
    for asked in ASKED:
        _required(axes, reproduction, asked, laws, colours)
    axes.set(xlim=(LEAST, MOST), ylim=(0.03, 4.5))
    plain_ticks(axes.xaxis, [5, 10, 20, 50, 100, 200, 500, 1000])
    plain_ticks(axes.yaxis, CURRENTS)
    axes.set(xlabel="interface resistance [Ω cm²]", ylabel="critical current density [mA/cm²]")
    axes.set_title("Five laws through two cells\n(paper: Fig. 3a)")
    axes.legend(loc="lower left")


def _required(
    axes: Axes,
    reproduction: Reproduction,
    asked: int,
    laws: Mapping[str, CriticalCurrentLaw],
    colours: Mapping[str, ColorType],
) -> None:
    """A stated current as a line, with the resistance that each law requires on it."""
    statement = reproduction.experiment.statements[asked]
    J = number(statement)
    axes.axhline(J, color=PAPER, lw=1.1, ls=":")
    sign = "at most " if statement.bound == "upper" else ""
    axes.annotate(
        f"{ASKED[asked].splitlines()[0]}:\n{sign}{J:g} stated",
        (LEAST, J),
        (6, -4),
        textcoords="offset points",
        va="top",
        fontsize=SMALL,
    )
    for name, law in laws.items():
        R = float(law.resistance_at(J * FROM_MA_CM2)) * TO_OHM_CM2
        axes.plot(R, J, "D", color=colours[name], markeredgecolor="white", markersize=8, zorder=4)


def _predictions(
    axes: Axes, reproduction: Reproduction, asked: int, colours: Mapping[str, ColorType]
) -> None:
    """Closed form and simulated ramp by each law, with intervals, beside what is stated."""
    for place, (name, colour) in enumerate(colours.items()):
        closed, ramp = (row_of(reproduction, f"{asked}-{name}{kind}") for kind in ("", "-ramp"))
        mark_rows(axes, place - 0.13, [closed], colour)
        mark_rows(axes, place + 0.13, [ramp], colour).lines[0].set_marker("s")
    row = row_of(reproduction, f"{asked}-{next(iter(colours))}")  # all state the same
    stated = row.paper
    axes.axhline(stated, color=PAPER, lw=1.1, ls=":")
    bound = row.bound == "at most"
    if bound:
        axes.axhspan(1e-3, stated, color=PAPER, alpha=0.07, lw=0)
    axes.annotate(
        f"stated:\n{'at most ' if bound else ''}{stated:g}",
        (4.45, stated),
        (0, -4),
        textcoords="offset points",
        va="top",
        fontsize=SMALL,
    )
    for marker, words in (("o", "closed form"), ("s", "simulated ramp with contact loss")):
        axes.plot([], [], marker, color=QUIET, markerfacecolor="white", label=words)
    axes.set(yscale="log", ylim=(0.08, 12), xlim=(-0.5, 6.2), xlabel="law [by letter]")
    axes.set_xticks(range(len(colours)), list(colours))
    plain_ticks(axes.yaxis, CURRENTS)
    axes.set_title(ASKED[asked])
    axes.legend(loc="upper left")
