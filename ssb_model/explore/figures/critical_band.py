"""The critical current on an axis of currents or C-rates: a dashed line in a shade."""

from __future__ import annotations

from bokeh.models import BoxAnnotation, Span
from bokeh.plotting import figure

from ssb_model.explore.curves import Interval
from ssb_model.explore.figures.base import Models
from ssb_model.explore.figures.look import Look

LINE, SHADE = "critical line", "critical shade"


def add_critical_band(plot: figure, look: Look) -> None:
    """Hidden until :func:`critical_band` says where it lies."""
    plot.add_layout(
        Span(
            name=LINE, dimension="height", line_color=look.second, line_dash="dashed", visible=False
        )
    )
    plot.add_layout(
        BoxAnnotation(name=SHADE, fill_color=look.second, fill_alpha=0.12, visible=False)
    )


def critical_band(current: Interval | None) -> Models:
    """Its place: most probable value, low and high end; None hides it."""
    if current is None:
        return {LINE: {"visible": False}, SHADE: {"visible": False}}
    middle, low, high = current
    return {
        LINE: {"location": middle, "visible": True},
        SHADE: {"left": low, "right": high, "visible": True},
    }
