"""Figs. 3a, S10 and S11: ramps of the current until the cell shorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.measurements import SOFT
from ssb_model.plotting import (
    BARE,
    COATED,
    IONIC,
    PAPER,
    QUIET,
    SIMULATED,
    SMALL,
    THICK,
    footer,
    house_style,
    new_figure,
)
from ssb_model.reproduction.figures.half_cycles import draw_half_cycles
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


#: Name of the ramp -> heading, colour, row of its first failed step.
CELLS = {
    "bare": ("bare", BARE, "14-ramp"),
    "coated": ("ZnI₂ 0.5 mol/L", COATED, "15-ramp"),
    "ZnI2 1.5 mol/L": ("ZnI₂ 1.5 mol/L", THICK, "16-A-ramp"),
    "I2": ("I₂, LiI alone", IONIC, "17-A-ramp"),
}
CALIBRATED = (
    "Law A and the contact loss are calibrated on the critical currents of the bare and the "
    "0.5 mol/L cell and on the bare cell's 25 h."
)

LATE_FALL = (
    "The bare cell's interface outweighs its garnet, so that its voltage falls at the hard short."
)


@house_style()
def ramps(reproduction: Reproduction) -> Figure:
    """Voltage and current of the ramps of the bare and the coated cell."""
    figure, panels = _ramp_figure(reproduction, ("bare", "coated"), (12.0, 6.8))
    panels[0, 0].set_title("bare (paper: Fig. 3a)", color=BARE)
    panels[0, 1].set_title("ZnI₂ 0.5 mol/L (paper: Fig. 3a)", color=COATED)
    return _with_footer(figure, reproduction, CALIBRATED, LATE_FALL)


@house_style()
def thick_ramp(reproduction: Reproduction) -> Figure:
    """The predicted ramp of the cell dipped in 1.5 mol/L."""
    return _predicted(
        reproduction, "ZnI2 1.5 mol/L", "Fig. S10", "Predicted from a layer three times as thick."
    )


@house_style()
def ionic_ramp(reproduction: Reproduction) -> Figure:
    """The predicted ramp of the cell with LiI alone."""
    return _predicted(reproduction, "I2", "Fig. S11", "Predicted from assumed values of LiI.")


def _predicted(reproduction: Reproduction, cell: str, counterpart: str, sentence: str) -> Figure:
    words, _, id = CELLS[cell]
    row = row_of(reproduction, id)
    figure, panels = _ramp_figure(reproduction, (cell,), (9.0, 6.6))
    panels[0, 0].set_title(f"{words}, predicted (paper: {counterpart})")
    spread = f"Its 95 % interval is {row.lower95:.1f} to {row.upper95:.1f} mA/cm²."
    return _with_footer(figure, reproduction, sentence, spread, CALIBRATED)


def _ramp_figure(
    reproduction: Reproduction, cells: Sequence[str], size: tuple[float, float]
) -> tuple[Figure, Any]:
    """A column a cell: voltage above, current below."""
    figure, panels = new_figure(
        2, len(cells), size=size, sharex="col", squeeze=False, height_ratios=(2, 1.3)
    )
    for (voltage, current), cell in zip(panels.T, cells, strict=True):
        data, (_, colour, id) = reproduction.curves["ramps"][cell], CELLS[cell]
        row = row_of(reproduction, id)
        _voltage(voltage, data, colour, row)
        _current(current, data, colour, row)
        current.set(xlabel="time [h]", xlim=(0, 1.04 * data["short"]))
    panels[0, 0].set_ylabel("voltage [mV]")
    panels[1, 0].set_ylabel("current density\n[mA/cm²]")
    figure.align_ylabels()
    return figure, panels


def _voltage(axes: Axes, data: Mapping[str, Any], colour: str, row: NumberedRow) -> None:
    """The voltage, and the first failed step."""
    draw_half_cycles(axes, data, colour)
    largest = np.abs(data["voltage"]).max()
    failed = _failed_from(data, row)
    axes.axvspan(failed, data["short"], color=QUIET, alpha=0.18, lw=0)
    axes.annotate(
        f"simulated: first failed step {row.model:g} mA/cm²",
        (failed, 1.2 * largest),
        (-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=SMALL + 1,
        color=QUIET,
    )
    axes.set_ylim(-1.15 * largest, 1.35 * largest)


def _current(axes: Axes, data: Mapping[str, Any], colour: str, row: NumberedRow) -> None:
    """Current both ways, the simulated critical current and the stated one."""
    hours, critical = data["hours"], data["critical"]
    axes.plot(hours, data["current"], color=colour, lw=1.1)
    for sign in (1, -1):
        axes.plot(
            hours,
            sign * critical,
            "--",
            color=QUIET,
            lw=1.5,
            label="critical, simulated" if sign > 0 else None,
        )
        words = f"stated: {'at most ' if row.bound == 'at most' else ''}{row.paper:g} mA/cm²"
        label = words if sign > 0 else None
        axes.axhline(sign * row.paper, color=PAPER, lw=1.4, ls=":", label=label)
    axes.axvspan(_failed_from(data, row), data["short"], color=QUIET, alpha=0.18, lw=0)
    top = max(critical.max(), np.abs(data["current"]).max(), row.paper)
    axes.set_ylim(-1.2 * top, 1.9 * top)
    axes.legend(loc="upper left", ncols=2)


def _failed_from(data: Mapping[str, Any], row: NumberedRow) -> float:
    """Time [h] at which the first failed step begins."""
    return data["hours"][np.abs(data["current"]) > row.model * (1 - 1e-6)][0]


def _with_footer(figure: Figure, reproduction: Reproduction, *sentences: str) -> Figure:
    ramp = reproduction.experiment.protocols["critical-current ramp"].settings
    step, half = ramp["current density step"].value, ramp["half cycle duration"].value
    footer(
        figure,
        f"Assumed ramp: steps of {step:g} mA/cm², {half:g} h each way. Grey: from the first failed "
        f"step (filaments across {SOFT * 100:g} % of the garnet) to the hard short.",
        *sentences,
        origin=SIMULATED.replace("Black", "Black dots"),
    )
    return figure
