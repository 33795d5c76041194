"""The hot-spot law, a hypothesis: four critical currents, beside the other laws, and what is known
of its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.plotting import (
    MIDDLE,
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
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.results import Reproduction

#: cell, its row predicted from bare and coated cell (those are fitted), its row of all at once
CELLS = (
    ("bare", None, "14-H"),
    ("0.5 mol/L", None, "15-H"),
    ("1.5 mol/L", "16-H", "16-H-all"),
    ("LiI alone", "17-H", "17-H-all"),
)
DETERMINED = 0.5  # posterior over prior width
STATEMENTS = {
    "probability_of_at_most_1.0_at_1.5_mol_per_L": "at most 1.0 at 1.5 mol/L (stated)",
    "probability_of_at_most_0.5_with_LiI_alone": "at most 0.5 with LiI alone (0.5 stated)",
}


@house_style()
def hot_spot(reproduction: Reproduction) -> Figure:
    """Critical currents by the hot-spot law, probabilities by law, and its parameters."""
    figure, (currents, laws, known) = new_figure(
        1, 3, size=(14.5, 6.8), width_ratios=(1.0, 1.3, 0.9)
    )
    _currents(currents, reproduction)
    _laws(laws, reproduction.hot_spot["probabilities"])
    _parameters(known, reproduction.hot_spot["fits"]["all"]["parameters"])
    footer(
        figure,
        "A hypothesis: the current of the hottest spot is the same at the short in every cell. "
        "How even the layers are is not stated: their variations and the correlation length have "
        "assumed priors. Intervals: 95 %.",
        origin="Black: Zhai et al. 2024, stated in the text; an arrow is a bound.",
    )
    return figure


def _currents(axes: Axes, reproduction: Reproduction) -> None:
    for place, (_, predicted, all_at_once) in enumerate(CELLS):
        met = row_of(reproduction, all_at_once)
        if predicted is not None:
            label = "predicted from bare and 0.5 mol/L" if place == 2 else None
            mark_rows(axes, place - 0.15, [row_of(reproduction, predicted)], MIDDLE, label)
        label = "fitted to all statements at once" if place == 0 else None
        mark_rows(axes, place + 0.15, [met], QUIET, label)
        mark_paper(axes, place, met.paper, "stated" if place == 0 else None)
        if met.bound == "at most":
            axes.annotate(
                "",
                (place, met.paper / 1.6),
                (place, met.paper),
                arrowprops={"arrowstyle": "->", "color": PAPER, "lw": 1.5},
            )
    axes.set(yscale="log", ylim=(0.08, 12), xlim=(-0.5, 3.5))
    axes.set_xticks(range(len(CELLS)), [name for name, *_ in CELLS])
    plain_ticks(axes.yaxis, [0.1, 0.2, 0.5, 1, 2, 5, 10])
    axes.set(xlabel="cell [by its dip]", ylabel="critical current density [mA/cm²]")
    axes.set_title("Hot-spot law, four cells")
    axes.legend(loc="upper left")


def _laws(axes: Axes, probabilities: Sequence[dict[str, Any]]) -> None:
    names = [entry["law"] for entry in probabilities]
    x = np.arange(len(names))
    for k, (key, label) in enumerate(STATEMENTS.items()):
        values = [entry[key] for entry in probabilities]
        bars = axes.bar(x + 0.4 * (k - 0.5), values, 0.38, color=shades(2)[k], label=label)
        axes.bar_label(bars, [f"{value:.2f}" for value in values], fontsize=SMALL)
    axes.set(ylim=(0, 1.35), xlabel="law [by letter]", ylabel="predictive probability [1]")
    axes.set_xticks(x, names)
    axes.set_yticks(np.linspace(0, 1, 6))
    axes.set_title("Critical current in mA/cm², by law")
    axes.legend(loc="upper left")


def _parameters(axes: Axes, parameters: Sequence[dict[str, Any]]) -> None:
    names = [row["parameter"] for row in parameters]
    widths = [row["posterior_over_prior_width"] for row in parameters]
    colours = [MIDDLE if width <= DETERMINED else QUIET for width in widths]
    axes.barh(np.arange(len(names)), widths, color=colours)
    axes.axvline(DETERMINED, color=PAPER, lw=1, ls=":")
    axes.set_yticks(np.arange(len(names)), names, fontsize=SMALL)
    axes.invert_yaxis()
    axes.set(xlim=(0, 1.05), xlabel="posterior over prior width [1]")
    axes.set_title("Grey: not determined")
