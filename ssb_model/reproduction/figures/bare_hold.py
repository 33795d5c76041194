"""Fig. S12: the bare cell cycled at 0.1 mA/cm2 until it shorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.plotting import BARE, PAPER, QUIET, SIMULATED, SMALL, footer, house_style, new_figure
from ssb_model.reproduction.figures.half_cycles import draw_half_cycles
from ssb_model.reproduction.figures.numbers import number, row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


@house_style()
def bare_hold(reproduction: Reproduction) -> Figure:
    """Voltage, retained contact and critical current of the bare cell against time.

    The current is held below the critical current of a new cell; what falls is the critical
    current, and the short is where it has fallen far and long enough below the current.
    """
    data, row = reproduction.curves["bare hold"], row_of(reproduction, "21a")
    current = _current_density(reproduction)
    figure, panels = new_figure(3, 1, size=(9.0, 8.4), sharex=True, height_ratios=(1.7, 1, 1))
    voltage, contact, critical = panels
    _voltage(voltage, data, row)
    contact.plot(data["hours"], data["contact"], color=BARE)
    contact.set(ylabel="retained contact\nof one face [1]", ylim=(0, 1.08))
    critical.plot(data["hours"], data["critical"], color=BARE, label="critical current, simulated")
    held = f"current, {current:g} mA/cm² presumed"
    critical.axhline(current, color=QUIET, ls="--", lw=1.6, label=held)
    critical.set(ylabel="current density\n[mA/cm²]", ylim=(0, 1.15 * data["critical"][0]))
    critical.legend(loc="lower left")
    for axes in panels:
        axes.axvline(row.paper, color=PAPER, ls=":", lw=1.6)
    _crossing(panels[1:], data, current)
    figure.align_ylabels()
    critical.set(xlabel="time [h]", xlim=(0, 1.12 * row.paper))
    voltage.set_title("A current below the critical one shorts the bare cell (paper: Fig. S12)")
    footer(
        figure,
        f"The {row.paper:g} h calibrate the contact loss: no prediction. The current is not "
        "restated, and the stated overpotential is “large”, without a number. At the short the "
        "filament joins the electrodes: the fall to zero is the model's definition of it.",
        origin=SIMULATED.replace("Black", "Black dots"),
    )
    return figure


def _voltage(axes: Axes, data: Mapping[str, Any], row: NumberedRow) -> None:
    """The voltage both ways, and its fall at the short."""
    draw_half_cycles(axes, data, BARE)
    largest = np.abs(data["voltage"]).max()
    axes.annotate(
        f"stated: falls rapidly\nafter {row.paper:g} h",
        (row.paper, 1.28 * largest),
        (-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=SMALL + 1,
        color=PAPER,
    )
    axes.set(ylabel="voltage [mV]", ylim=(-1.12 * largest, 1.55 * largest))


def _crossing(panels: Sequence[Axes], data: Mapping[str, Any], current: float) -> None:
    """From where the critical current lies below the current, filaments grow."""
    below = data["hours"][data["critical"] < current]
    if not below.size:
        return
    for axes in panels:
        axes.axvspan(below[0], data["short"], color=QUIET, alpha=0.14, lw=0)
    panels[0].annotate(
        "filaments grow",
        ((below[0] + data["short"]) / 2, 0.12),
        ha="center",
        fontsize=SMALL,
        color=QUIET,
    )


def _current_density(reproduction: Reproduction) -> float:
    protocol = reproduction.experiment.protocols["symmetric cycling at 0.1 mA/cm2"]
    return number(protocol.settings["bare cell current density"])
