"""Critical current against interface resistance: forecast, published cells, and this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np
from bokeh.models import GlyphRenderer, HoverTool
from bokeh.plotting import figure

from ssb_model.explore import curves
from ssb_model.explore.curves import forecast_band
from ssb_model.explore.figures.base import Models
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import new_figure, plain_decades, plain_legend, source
from ssb_model.library import PublishedCoating, paired, published_coatings
from ssb_model.plotting import COLOURS, WORDS, mA_cm2, ohm_cm2
from ssb_model.prediction import forecast_of

RESISTANCES = np.geomspace(1, 1e4, 81)  # ohm cm2
ENDS = ("x0", "y0", "x1", "y1")


class Critical:
    """The forecast's 95 % band, the published cells by type of layer, and the state's place."""

    name: ClassVar[str] = "critical"
    title: ClassVar[str] = "Critical current"
    curves: ClassVar[tuple[str, ...]] = ("critical",)

    def __init__(self, look: Look) -> None:
        plot = new_figure(
            look,
            "interface resistance [Ω cm²]",
            "critical current [mA/cm²]",
            "log",
            "log",
            x_range=(1, 1e4),
            y_range=(0.03, 20),
        )
        self.figure = plot
        middle, low, high = forecast_band(forecast_of("mixed"), RESISTANCES)
        plot.varea(RESISTANCES, low, high, fill_color=look.quiet, fill_alpha=0.14)
        plot.line(RESISTANCES, middle, color=look.quiet, line_dash="dotted", line_width=1.5)
        _draw_published(plot, look)
        bars = source("bars", *ENDS)
        plot.segment(*ENDS, source=bars, color=look.line, line_width=2.5)
        place = {"color": look.line, "size": 13, "line_color": look.ground}
        plot.scatter("R", "J", source=source("critical", "R", "J"), **place)
        star = {"color": look.ink, "marker": "star", "size": 14}
        plot.scatter("R", "J", source=source("measured", "R", "J"), **star)
        square = {"color": look.line, "marker": "square", "size": 9, "line_color": look.ground}
        own = plot.scatter("R", "J", source=source("own", "R", "J", "title"), **square)
        plot.add_tools(HoverTool(renderers=[own], tooltips="@title"))
        plain_legend(plot, "bottom_left", look)
        plain_decades(plot.yaxis[0])
        plain_decades(plot.xaxis[0])

    @staticmethod
    def models(curve: curves.Critical, *_: object) -> Models:
        """The state's place."""
        R, *ends = curve.resistance
        place, bars = {"R": [], "J": []}, _segments([])
        if curve.current is not None:
            J, low, high = curve.current
            place = {"R": [R], "J": [J]}
            bars = _segments([(ends[0], J, ends[1], J), (R, low, R, high)])
        known = [curve.measured] if curve.measured else []
        star = {"R": [R] * len(known), "J": known}
        R_own, J_own, title = map(list, zip(*curve.own, strict=True)) if curve.own else ([], [], [])
        return {
            "critical": {"data": place},
            "bars": {"data": bars},
            "measured": {"data": star},
            "own": {"data": {"R": R_own, "J": J_own, "title": title}},
        }

    @staticmethod
    def note(curve: curves.Critical) -> str:
        """What stands for what."""
        star = " Star: as measured." if curve.measured else ""
        star += " Squares: cells of your own." if curve.own else ""
        return (
            "Blue: this cell at its temperature, by an activation energy of the critical current. "
            f"Grey: coated cells at 25 °C, learnt from published ones, 95 %.{star}"
        )


def _draw_published(plot: figure, look: Look) -> None:
    coatings, drawn = paired(published_coatings()), []
    for kind, colour in COLOURS.items():
        own = [_place(c, "after") for c in coatings if c.types[0] == kind]
        label = f"published, {WORDS.get(kind, kind)}"
        drawn += _draw_cells(plot, own, label, color=colour, line_color=look.ground, size=9)
    before = [_place(c, "before") for c in coatings if _bare_known(c)]
    ring = {"fill_color": look.ground, "line_color": look.quiet, "size": 8}
    drawn += _draw_cells(plot, before, "published, before coating", **ring)
    plot.add_tools(HoverTool(renderers=drawn, tooltips="@title"))


def _draw_cells(
    plot: figure, cells: Sequence[tuple[float, float, str]], label: str, **look: Any
) -> list[GlyphRenderer]:
    """Dots for (resistance, current, title) of cells; none makes no entry in the legend."""
    if not cells:
        return []
    table = source(label, "R", "J", "title")
    table.data = dict(zip(("R", "J", "title"), map(list, zip(*cells, strict=True)), strict=True))
    return [plot.scatter("R", "J", source=table, legend_label=label, **look)]


def _place(coating: PublishedCoating, when: Literal["before", "after"]) -> tuple[float, float, str]:
    current = getattr(coating.known_critical_currents[0], when)
    return ohm_cm2(getattr(coating.resistance, when)), mA_cm2(current), coating.title


def _bare_known(coating: PublishedCoating) -> bool:
    resistance, current = coating.resistance, coating.known_critical_currents[0]
    return bool(resistance and resistance.before and current.before)


def _segments(ends: Sequence[tuple[float, float, float, float]]) -> dict[str, list[float]]:
    columns = list(zip(*ends, strict=True)) or [()] * len(ENDS)
    return dict(zip(ENDS, map(list, columns), strict=True))
