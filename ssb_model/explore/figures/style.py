"""One look for the page's figures: quiet axes, the house's colours, room for fingers."""

from __future__ import annotations

from typing import Any, Literal

from bokeh.models import (
    Axis,
    ColumnDataSource,
    DataRange1d,
    LogTicker,
    Model,
    PrintfTickFormatter,
)
from bokeh.plotting import figure

from ssb_model.explore.figures.look import Look

HEIGHT = 290  # px


def new_figure(
    look: Look,
    x: str,
    y: str,
    x_scale: Literal["linear", "log"] = "linear",
    y_scale: Literal["linear", "log"] = "linear",
    **options: Any,
) -> figure:
    """An empty figure with labelled axes that fills the width of its place.

    Dragging moves the page and not the picture: its tools are chosen first.
    """
    plot = figure(
        height=HEIGHT,
        sizing_mode="stretch_width",
        x_axis_label=x,
        y_axis_label=y,
        x_axis_type=x_scale,
        y_axis_type=y_scale,
        tools="pan,box_zoom,reset,save",
        active_drag=None,
        output_backend="canvas",
        background_fill_color=look.ground,
        border_fill_color=look.ground,
        **options,
    )
    plot.toolbar.logo = None
    plot.toolbar.autohide = True
    plot.outline_line_color = None
    plot.min_border_right = 14
    for axis in plot.axis:
        quiet_axis(axis, look)
    for grid in plot.grid:
        grid.grid_line_color = look.grid
    return plot


def quiet_axis(axis: Axis, look: Look) -> None:
    """Upright labels of a size to read, in one ink, and no small ticks."""
    axis.axis_label_text_font_style = "normal"
    axis.axis_label_text_font_size = "13px"
    axis.major_label_text_font_size = "12px"
    axis.axis_label_text_color = axis.major_label_text_color = look.ink
    axis.axis_line_color = axis.major_tick_line_color = look.quiet
    axis.minor_tick_line_color = None


def plain_decades(axis: Axis) -> None:
    """Ticks 0.1, 0.2, 0.5, 1 of a logarithmic axis."""
    axis.ticker = LogTicker(mantissas=[1, 2, 5], num_minor_ticks=0, desired_num_ticks=8)
    axis.formatter = PrintfTickFormatter(format="%g")


def source(name: str, *columns: str) -> ColumnDataSource:
    """An empty table with these columns; the page's scripts know it by its name."""
    return ColumnDataSource({column: [] for column in columns}, name=name)


def measured(*columns: str) -> ColumnDataSource:
    """The table of measured points: of each also its file's label, colour and marker."""
    return source("points", *columns, "label", "colour", "marker")


def band(look: Look) -> dict[str, Any]:
    """How an interval is shaded."""
    return {"fill_color": look.line, "fill_alpha": 0.18}


def marked(size: float) -> dict[str, Any]:
    """How measured points are drawn: each file in its own colour and marker."""
    return {
        "marker": {"field": "marker"},
        "fill_color": {"field": "colour"},
        "line_color": {"field": "colour"},
        "size": size,
    }


def follow(plot: figure, renderers: list[Model]) -> None:
    """Let both axes follow these renderers alone, so that what is far off may leave the picture."""
    plot.x_range = DataRange1d(renderers=renderers)
    plot.y_range = DataRange1d(renderers=renderers)


def plain_legend(plot: figure, location: Literal["top_left", "bottom_left"], look: Look) -> None:
    """A small legend without a box, whose entries hide their curves."""
    for legend in plot.legend:
        legend.location = location
        legend.label_text_font_size = "12px"
        legend.label_text_color = look.ink
        legend.border_line_color = None
        legend.background_fill_color = look.ground
        legend.background_fill_alpha = 0.6
        legend.update(spacing=0, padding=4, glyph_height=15)
        legend.click_policy = "hide"
