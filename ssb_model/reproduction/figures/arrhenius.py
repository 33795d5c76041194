"""Fig. 2f: interface resistance against temperature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import ROOM_TEMPERATURE, ZERO_CELSIUS
from ssb_model.plotting import BARE, COATED, footer, house_style, mark_model, mark_paper, new_figure
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


#: Rows at 40, 60 and 80 degC, and the row of the activation energy, of each cell.
PREDICTED = {"bare": ("13c", "13d", "13e"), "coated": ("13f", "13g", "13h")}
AT_ROOM = {"bare": "9", "coated": "10"}
ENERGY = {"bare": "13a", "coated": "13b"}


@house_style()
def arrhenius(reproduction: Reproduction) -> Figure:
    """Interface conductance of both cells against inverse temperature."""
    data = reproduction.curves["arrhenius"]
    figure, axes = new_figure(size=(8.0, 6.2))
    T = data["temperature"]
    for name, colour, words in (("coated", COATED, "ZnI₂ 0.5 mol/L"), ("bare", BARE, "bare")):
        axes.semilogy(1000 / T, 1 / data[name], color=colour)
        rows = [row_of(reproduction, id) for id in PREDICTED[name]]
        _conductance_points(axes, rows, colour)
        energy = row_of(reproduction, ENERGY[name])
        middle = len(T) // 2
        axes.annotate(
            f"{words}\nEₐ = {energy.paper:g} kJ/mol stated, {energy.model:.1f} model",
            (1000 / T[middle], 1 / data[name][middle]),
            (4, 14),
            textcoords="offset points",
            color=colour,
        )
    stated = [1 / row_of(reproduction, id).paper for id in AT_ROOM.values()]
    mark_paper(
        axes, [1000 / ROOM_TEMPERATURE] * 2, stated, "stated at room temperature (25 °C assumed)"
    )
    axes.set(xlabel="1000 / T [1/K]", ylabel="1 / interface resistance [S/cm²]")
    axes.set_ylim(top=3 / np.min(data["coated"]))
    axes.legend(loc="upper right", bbox_to_anchor=(1.0, 0.62))
    top = axes.secondary_xaxis("top", functions=(_celsius, _inverse))
    top.set(xlabel="temperature [°C]", xticks=[20, 30, 40, 50, 60, 70, 80])
    axes.set_title("The coating lowers resistance and activation energy (paper: Fig. 2f)")
    footer(figure, "Open circles: predicted, with 95 % intervals.")
    return figure


def _conductance_points(axes: Axes, rows: Sequence[NumberedRow], colour: str) -> None:
    """Predicted resistances as conductances; the interval turns round."""
    T = np.array([40.0, 60.0, 80.0]) + ZERO_CELSIUS
    middle = np.array([1 / row.model for row in rows])
    low = middle - [1 / row.upper95 for row in rows]
    high = np.array([1 / row.lower95 for row in rows]) - middle
    mark_model(axes, 1000 / T, middle, low, high, colour)


def _celsius(inverse: ArrayLike) -> ArrayLike:
    return 1000 / np.maximum(inverse, 1e-9) - ZERO_CELSIUS


def _inverse(celsius: ArrayLike) -> ArrayLike:
    return 1000 / (np.asarray(celsius) + ZERO_CELSIUS)
