"""Paper and model at a glance: the deviation of every judged row."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.plotting import PAPER, SMALL, footer, house_style, new_figure, plain_ticks
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


# Not the colours of the cells: here a colour is a role.
ROLES = {
    "exactly determined": ("s", "#009E73"),
    "fitted": ("o", "#56B4E9"),
    "predicted": ("D", "#E69F00"),
    "bound": (">", "#CC79A7"),
}

LINEAR = 4.0  # noises: beyond, the axis is logarithmic, for intervals of unknown resistances


@house_style()
def residuals(reproduction: Reproduction) -> Figure:
    """Deviations of fitted rows in units of their tolerance, of the others of the noise."""
    rows = [row for row in _numbered(reproduction) if row.role in ROLES and row.model is not None]
    held = [row for row in rows if row.tolerance is not None]
    free = [row for row in rows if row.tolerance is None and row.paper is not None and row.noise]
    figure, (left, right) = new_figure(1, 2, size=(13.5, 8.6))
    _deviations(left, held, [row.tolerance for row in held], intervals=False)
    left.axvspan(-1, 1, color=PAPER, alpha=0.08, lw=0, zorder=0)
    left.set(xlim=(-1.5, 1.5), xlabel="(model − paper) / tolerance [1]")
    left.set_title("Rows with a tolerance")
    _deviations(right, free, [row.noise for row in free], intervals=True)
    right.set_xscale("symlog", linthresh=LINEAR, linscale=1.5)
    right.set_xlabel("(model − paper) / noise [1]")
    right.set_xticks([-10, -2, 0, 2, 10, 100], ["−10", "−2", "0", "2", "10", "100"])
    edges = 1.4 * np.array(right.get_xlim())
    for inner, outer in ((-LINEAR, edges[0]), (LINEAR, edges[1])):
        right.axvspan(inner, outer, color=PAPER, alpha=0.04, lw=0, zorder=0)
    right.set_xlim(edges)
    right.set_title("Rows without one: 95 % interval")
    handles = {}
    for axes in (left, right):
        handles |= dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    figure.legend(handles.values(), handles, loc="outside upper center", ncols=len(ROLES))
    footer(
        figure,
        "Grey, left: inside the tolerance; right: logarithmic axis. Open symbol: missed. "
        "Noise: one standard deviation. A root mean square is compared with zero.",
        origin="Paper: Zhai et al. 2024, numbers stated in the text.",
    )
    return figure


@house_style()
def ratios(reproduction: Reproduction) -> Figure:
    """Arcs, critical currents and lives that no noise is stated for: model over paper."""
    rows = [row for row in _numbered(reproduction) if _is_ratio(row)]
    figure, axes = new_figure(size=(11.0, 8.4))
    for place, row in enumerate(rows):
        marker, colour = ROLES[row.role]
        bars = None
        if row.lower95 is not None:
            bars = np.array([[row.model - row.lower95], [row.upper95 - row.model]]) / row.paper
        face = "white" if row.within is False else colour
        axes.errorbar(
            row.model / row.paper, place, xerr=bars, fmt=marker, color=colour, markerfacecolor=face
        )
    axes.axvline(1, color=PAPER, lw=1)
    axes.set_xscale("log")
    plain_ticks(axes.xaxis, [0.2, 0.5, 1, 2, 5])
    axes.set_xlabel("model / paper [1]")
    names = [_name(row, 110).replace("critical current density, ", "") for row in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=SMALL)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_title("Arcs, critical currents and lives: predicted over stated")
    footer(
        figure,
        "Bars: 95 %. ≤ and ≥: the paper's number is a bound. Open symbol: missed. The lives are "
        "simulated as far as stated.",
        origin="Paper: Zhai et al. 2024, numbers stated in the text.",
    )
    return figure


def _numbered(reproduction: Reproduction) -> list[NumberedRow]:
    return [row_of(reproduction, row.id) for row in reproduction.rows]


def _is_ratio(row: NumberedRow) -> bool:
    judged = row.role in ROLES and row.model is not None and row.paper is not None
    return judged and row.tolerance is None and not row.noise


def _deviations(
    axes: Axes, rows: Sequence[NumberedRow], scales: Sequence[float], intervals: bool
) -> None:
    """One line a row, top to bottom, coloured by role."""
    for place, (row, scale) in enumerate(zip(rows, scales, strict=True)):
        marker, colour = ROLES[row.role]
        target = row.paper if row.paper is not None else 0.0
        bars = None
        if intervals and row.lower95 is not None:
            bars = np.array([[row.model - row.lower95], [row.upper95 - row.model]]) / scale
        axes.errorbar(
            (row.model - target) / scale,
            place,
            xerr=bars,
            fmt=marker,
            color=colour,
            markerfacecolor="white" if row.within is False else colour,
            label=row.role if row.within is not False else None,
        )
    axes.axvline(0, color=PAPER, lw=1)
    axes.set_yticks(range(len(rows)), [_name(row) for row in rows], fontsize=SMALL)
    axes.set_ylim(len(rows) - 0.4, -0.6)


def _name(row: NumberedRow, width: int = 40) -> str:
    sign = {"at most": "≤ ", "at least": "≥ "}.get(row.bound, "")
    words = f"{row.id}  {sign}{row.quantity}"
    return "\n".join(textwrap.wrap(words, width))
