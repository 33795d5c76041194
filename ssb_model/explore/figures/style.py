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
    Title,
)
from bokeh.plotting import figure

from ssb_model.plotting import COATED, PAPER

LINE, MEASURED = COATED, PAPER
BAND: dict[str, Any] = {"fill_color": LINE, "fill_alpha": 0.18}
FINE: dict[str, Any] = {"line_color": LINE, "line_alpha": 0.18, "line_width": 1}
HEIGHT = 320  # px


def new_figure(
    title: str,
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
        title=Title(text=title, text_font_size="14px"),
        height=HEIGHT,
        sizing_mode="stretch_width",
        x_axis_label=x,
        y_axis_label=y,
        x_axis_type=x_scale,
        y_axis_type=y_scale,
        tools="pan,box_zoom,reset,save",
        active_drag=None,
        output_backend="canvas",
        **options,
    )
    plot.toolbar.logo = None
    plot.toolbar.autohide = True
    plot.outline_line_color = None
    plot.min_border_right = 14
    for axis in plot.axis:
        axis.axis_label_text_font_style = "normal"
        axis.axis_label_text_font_size = "13px"
        axis.major_label_text_font_size = "12px"
        axis.minor_tick_line_color = None
    for grid in plot.grid:
        grid.grid_line_color = "#E6E6E6"
    return plot


def plain_decades(axis: Axis) -> None:
    """Ticks 0.1, 0.2, 0.5, 1 of a logarithmic axis."""
    axis.ticker = LogTicker(mantissas=[1, 2, 5], num_minor_ticks=0, desired_num_ticks=8)
    axis.formatter = PrintfTickFormatter(format="%g")


def source(*columns: str, name: str | None = None) -> ColumnDataSource:
    """An empty table with these columns; the page's scripts know it by its ``name``."""
    return ColumnDataSource({column: [] for column in columns}, name=name)


def follow(plot: figure, renderers: list[Model]) -> None:
    """Let both axes follow these renderers alone, so that what is far off may leave the picture."""
    plot.x_range = DataRange1d(renderers=renderers)
    plot.y_range = DataRange1d(renderers=renderers)


def plain_legend(plot: figure, location: Literal["top_left", "bottom_left"]) -> None:
    """A small legend without a box, whose entries hide their curves."""
    for legend in plot.legend:
        legend.location = location
        legend.label_text_font_size = "11px"
        legend.border_line_color = None
        legend.background_fill_alpha = 0.6
        legend.update(spacing=0, padding=4, glyph_height=14)
        legend.click_policy = "hide"
