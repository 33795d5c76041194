"""A voltage that turns with the current every half cycle, drawn up to the short."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_half_cycles(axes: Axes, data: Mapping[str, Any], colour: str) -> None:
    """Half cycles as filled bars, then the fall to zero at the short.

    The points are minutes apart and a capacitance charges in seconds, so that a value holds for
    the time before it (steps), not half way to the one before.

    Parameters
    ----------
    axes
        To draw on.
    data
        "hours" and "voltage" [mV] of the points; "short" [h].
    colour
        Of the cell.
    """
    hours, voltage = data["hours"], data["voltage"]
    axes.fill_between(hours, voltage, color=colour, alpha=0.22, lw=0, step="pre")
    axes.plot(hours, voltage, color=colour, lw=1.1, drawstyle="steps-pre")
    short = data["short"]
    axes.plot([short, short, 2 * short], [voltage[-1], 0, 0], color=colour, lw=1.1)
