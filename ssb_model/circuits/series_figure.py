"""Element values of a series against what changes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from ssb_model.plotting import footer, house_style, new_figure, shades

if TYPE_CHECKING:
    from ssb_model.circuits.series import CircuitSeries

ORIGIN = "Fitted circuits, each spectrum for itself; bars: 95 % intervals."


@house_style()
def draw_series(series: "CircuitSeries", names: Sequence[str] = ()) -> Figure:
    """One curve an element; what a spectrum does not determine has no mark."""
    names = names or [p.name for p in series.fits[0].circuit.parameters if p.symbol == "R"]
    figure, axes = new_figure(size=(8.0, 5.6))
    for name, colour in zip(names, shades(len(names)), strict=True):
        found = [fit[name] for fit in series.fits]
        value = np.array([e.value for e in found])
        low = value - [e.lower95 for e in found]
        high = np.array([e.upper95 for e in found]) - value
        bars = [low, high]
        label = f"{name} [{found[0].unit}]" if found[0].unit else name
        axes.errorbar(series.along, value, yerr=bars, fmt="o-", ms=4, color=colour, label=label)
    axes.set(xlabel=series.label, ylabel="Value", yscale="log")
    axes.legend()
    footer(figure, origin=ORIGIN)
    return figure
