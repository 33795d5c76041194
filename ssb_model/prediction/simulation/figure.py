"""What cells did that followed a protocol, cycle by cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from matplotlib.ticker import MaxNLocator

from ssb_model.constants import TO_MV
from ssb_model.plotting import (
    COATED,
    QUIET,
    draw_spectrum,
    equal_axes,
    footer,
    house_style,
    new_figure,
    shades,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.prediction.simulation.simulated import Simulated

SIZE = (14.0, 8.5)
BAND = {"alpha": 0.22, "linewidth": 0}
HEIGHT = 0.7  # of the panel of impedances, in widths; what is higher leaves it
FEW = 40  # cycles, up to which each has a dot
MOST_SPECTRA = 6
ORIGIN = (
    "Simulated, not measured. Lines: medians of the cells that live; bands: their central 95 %. "
    "Impedance: the cell whose resistance is the median."
)


@house_style()
def simulation_figure(found: Simulated) -> Figure:
    """Charge, voltage, cells without a short, resistance, retained contact, and impedances."""
    figure, panels = new_figure(2, 3, SIZE)
    full = found.protocol.cell == "full"
    _band(panels[0, 0], found.of_living("discharge"), f"discharge [{found.unit}]", "Discharge")
    if full:
        _band(panels[0, 1], found.of_living("hours"), "hours since the beginning [h]", "Time")
    else:
        V = TO_MV * found.of_living("potential")
        _band(panels[0, 1], V, "largest polarisation [mV]", "Polarisation at the steps' ends")
    _survival(panels[0, 2], found)
    R = found.of_living("resistance")
    _band(panels[1, 0], R, "interface resistance [ohm cm²]", "The face" if full else "Both faces")
    x = 100 * found.of_living("contact")
    _band(panels[1, 1], x, "contact retained [%]", "Contact after voids")
    _spectra(panels[1, 2], found)
    for axes in panels.flat[:5]:
        axes.set(xlim=(0.5, len(found.alive) + 0.5), xlabel="cycle [–]")
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True, min_n_ticks=1))
    whose = "of the mean cell" if found.of_the_mean else "further cells"
    title = f"{found.coating} in the cell {found.cell}: {found.protocol.name}"
    figure.suptitle(f"{title}, {found.cells} draws, {whose}", x=0.01, ha="left")
    footer(figure, *found.all_warnings, origin=ORIGIN)
    return figure


def _band(axes: Axes, ends: Float[np.ndarray, "cycles 3"], label: str, title: str) -> None:
    """Median and 95 % of each cycle, nothing where no cell lives."""
    cycle = np.arange(1, len(ends) + 1)
    median, low, high = ends.T
    marker = "o" if len(ends) <= FEW else ""
    axes.fill_between(cycle, low, high, color=COATED, **BAND)
    if len(ends) == 1:
        axes.errorbar(cycle, median, [median - low, high - median], color=COATED)
    axes.plot(cycle, median, color=COATED, marker=marker)
    axes.set(ylabel=label, title=title)
    if np.isfinite(high).any():
        axes.set_ylim(0, 1.08 * np.nanmax(high) or 1)


def _survival(axes: Axes, found: Simulated) -> None:
    cycle = np.arange(len(found.alive) + 1)
    axes.step(cycle, np.append(100.0, found.survival), where="post", color=COATED)
    axes.set(ylim=(0, 105), ylabel="without a short circuit [%]", title="Cells that live")


def _spectra(axes: Axes, found: Simulated) -> None:
    """One cell's impedances on its way, or where none lives through all of them one cell's each."""
    axes.set(xlabel="Z' [ohm cm²]", ylabel="−Z'' [ohm cm²]", title="Impedance")
    chosen = found.spectra[:: max(1, -(-len(found.spectra) // MOST_SPECTRA))]
    for spectrum, colour in zip(chosen, shades(len(chosen)), strict=True):
        z = found.typical(spectrum)
        if z is None:
            continue
        draw_spectrum(axes, np.array(spectrum[1]), z, colour, label=spectrum[0])
    shown = [x for line in axes.lines for x in np.asarray(line.get_xdata())]
    if shown:
        left, right = 0.95 * min(shown), 1.03 * max(shown)
        equal_axes(axes, (left, right), 0, HEIGHT * (right - left))
        axes.legend()
    else:
        said = "none asked for" if not found.spectra else "no cell lives"
        axes.text(0.5, 0.5, said, transform=axes.transAxes, ha="center", color=QUIET)
