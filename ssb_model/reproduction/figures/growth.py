"""Fig. 4c: growth of the interface resistance on cycling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ssb_model.plotting import (
    COATED,
    PAPER,
    QUIET,
    SMALL,
    footer,
    house_style,
    mark_paper,
    mark_rows,
    new_figure,
)
from ssb_model.reproduction.figures.numbers import row_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ssb_model.reproduction.figures.numbers import NumberedRow
    from ssb_model.reproduction.results import Reproduction


GROWTH_HOURS = 200  # h: when the rise at 0.1 mA/cm2 was read; presumed at 1.0 mA/cm2


@house_style()
def growth(reproduction: Reproduction) -> Figure:
    """Rise of the interface resistance with time at the lowest and the highest current."""
    data = reproduction.curves["polarisation"]
    figure, axes = new_figure()
    _measured_growth(axes, data, 0, row_of(reproduction, "22"), "", (10, -18))
    _measured_growth(axes, data, -1, row_of(reproduction, "23"), ", 200 h presumed", (14, 62))
    current, life = data["current"][0], data["lives"][0]
    linear, ceiling = row_of(reproduction, "18c"), row_of(reproduction, "18b").paper / current
    axes.plot([0, life], [0, linear.model / current], "--", color=QUIET, lw=1.8)
    mark_rows(axes, [life], [linear], QUIET, scale=1 / current)
    axes.annotate(
        f"linear growth at {current:g} mA/cm²:\nexcluded by the plateau",
        (0.6 * life, 0.6 * linear.model / current),
        (-12, 4),
        textcoords="offset points",
        ha="right",
        color=QUIET,
    )
    axes.plot([0, life], [ceiling, ceiling], ":", color=PAPER, lw=1.6)
    axes.text(
        life,
        ceiling + 0.7,
        f"ceiling at {current:g} mA/cm²: {ceiling:g} Ω cm²\n"
        f"({row_of(reproduction, '18b').paper:g} mV of rounding in {life:g} h)",
        ha="right",
        fontsize=SMALL,
    )
    axes.set(xlim=(0, 1.04 * life), ylim=(0, 1.2 * linear.model / current))
    axes.set(xlabel="time [h]", ylabel="rise of the interface resistance [Ω cm²]")
    axes.set_title("The interface grows, but slower than linearly (paper: Fig. 4c)")
    footer(
        figure,
        "The duration of the 7.3 Ω cm² is not stated: 200 h presumed, as at 0.1 mA/cm². Error "
        "bars: 95 %.",
    )
    return figure


def _measured_growth(
    axes: Axes,
    data: Mapping[str, Any],
    i: int,
    row: NumberedRow,
    remark: str,
    offset: tuple[float, float],
) -> None:
    """A current's curve up to its life, with the stated rise on it."""
    alive = data["hours"] <= data["lives"][i]
    hours, rise = data["hours"][alive], data["growth"][i, alive]
    axes.plot(hours, rise, color=COATED)
    axes.annotate(
        f"{data['current'][i]:.1f} mA/cm²",
        (hours[-1], rise[-1]),
        (0, 8) if i else (0, -18),
        textcoords="offset points",
        ha="right",
        color=COATED,
    )
    mark_paper(axes, GROWTH_HOURS, row.paper, error=1.96 * row.noise)
    axes.annotate(
        f"+{row.paper:g}{remark}",
        (GROWTH_HOURS, row.paper),
        offset,
        textcoords="offset points",
        ha="center" if offset[1] > 0 else "left",
        fontsize=SMALL,
        arrowprops={"arrowstyle": "-", "color": PAPER, "shrinkB": 6} if remark else None,
    )
