"""Critical current against interface resistance: forecast, published cells, and this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from bokeh.models import GlyphRenderer, HoverTool

from ssb_model.explore import curves
from ssb_model.explore.curves import forecast_band
from ssb_model.explore.figures.style import LINE, new_figure, plain_decades, plain_legend, source
from ssb_model.library import PublishedCoating, paired, published_coatings
from ssb_model.plotting import COLOURS, QUIET, WORDS, mA_cm2, ohm_cm2

if TYPE_CHECKING:
    from bokeh.models.sources import DataDict

RESISTANCES = np.geomspace(1, 1e4, 81)  # ohm cm2


class Critical:
    """The forecast's 95 % band, the published cells by type of layer, and the state's place."""

    curve: ClassVar[str] = "critical"

    def __init__(self) -> None:
        plot = self.figure = new_figure(
            "Critical current",
            "interface resistance [Ω cm²]",
            "critical current [mA/cm²]",
            "log",
            "log",
            x_range=(1, 1e4),
            y_range=(0.03, 20),
        )
        middle, low, high = forecast_band(RESISTANCES)
        plot.varea(RESISTANCES, low, high, fill_color=QUIET, fill_alpha=0.12)
        plot.line(RESISTANCES, middle, color=QUIET, line_dash="dotted", line_width=1.5)
        self._draw_published()
        self.place = source("R", "J", name="critical")
        self.bars = source("x0", "y0", "x1", "y1")
        self.measured = source("R", "J")
        plot.segment("x0", "y0", "x1", "y1", source=self.bars, color=LINE, line_width=2.5)
        plot.scatter("R", "J", source=self.place, color=LINE, size=13, line_color="white")
        plot.scatter("R", "J", source=self.measured, color="black", marker="star", size=14)
        plain_legend(plot, "bottom_left")
        plain_decades(plot.yaxis[0])
        plain_decades(plot.xaxis[0])

    def draw(self, curve: curves.Critical) -> None:
        """Show the state's place."""
        R, *ends = curve.resistance
        if curve.current is None:
            self.place.data, self.bars.data = {"R": [], "J": []}, _segments([])
        else:
            J, low, high = curve.current
            self.place.data = {"R": [R], "J": [J]}
            self.bars.data = _segments([(ends[0], J, ends[1], J), (R, low, R, high)])
        known = [curve.measured] if curve.measured else []
        at: DataDict = {"R": [R] * len(known), "J": known}
        self.measured.data = at

    def _draw_published(self) -> None:
        coatings, drawn = paired(published_coatings()), []
        for kind, colour in COLOURS.items():
            own = [_place(c, "after") for c in coatings if c.types[0] == kind]
            label = f"published, {WORDS.get(kind, kind)}"
            drawn += self._draw_cells(own, label, color=colour, line_color="white", size=9)
        before = [_place(c, "before") for c in coatings if _bare_known(c)]
        look = {"fill_color": "white", "line_color": QUIET, "size": 8}
        drawn += self._draw_cells(before, "published, before coating", **look)
        self.figure.add_tools(HoverTool(renderers=drawn, tooltips="@title"))

    def _draw_cells(
        self, cells: Sequence[tuple[float, float, str]], label: str, **look: Any
    ) -> list[GlyphRenderer]:
        """Dots for (resistance, current, title) of cells; none makes no entry in the legend."""
        if not cells:
            return []
        table = source("R", "J", "title")
        table.data = dict(
            zip(("R", "J", "title"), map(list, zip(*cells, strict=True)), strict=True)
        )
        return [self.figure.scatter("R", "J", source=table, legend_label=label, **look)]

    def note(self, curve: curves.Critical) -> str:
        """What stands for what."""
        star = " Star: as measured." if curve.measured else ""
        return (
            "Blue: this cell. Grey: forecast learnt from published cells, 95 %; temperature counts "
            f"through the resistance alone.{star}"
        )


def _place(coating: PublishedCoating, when: Literal["before", "after"]) -> tuple[float, float, str]:
    current = getattr(coating.known_critical_currents[0], when)
    return ohm_cm2(getattr(coating.resistance, when)), mA_cm2(current), coating.title


def _bare_known(coating: PublishedCoating) -> bool:
    resistance, current = coating.resistance, coating.known_critical_currents[0]
    return bool(resistance and resistance.before and current.before)


def _segments(ends: Sequence[tuple[float, float, float, float]]) -> DataDict:
    columns = list(zip(*ends, strict=True)) or [[]] * 4
    return dict(zip(("x0", "y0", "x1", "y1"), map(list, columns), strict=True))
