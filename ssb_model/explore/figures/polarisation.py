"""Polarisation of the symmetric cell, and where its critical current lies."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from bokeh.models import BoxAnnotation, Span

from ssb_model.explore import curves
from ssb_model.explore.figures.style import BAND, LINE, new_figure, plain_decades, source
from ssb_model.plotting import BARE


class Polarisation:
    """Voltage after an hour against current density; the critical current as a line and a band."""

    curve: ClassVar[str] = "polarisation"

    def __init__(self) -> None:
        plot = self.figure = new_figure(
            "Polarisation, symmetric cell",
            "current density [mA/cm²]",
            "voltage after 1 h [mV]",
            "log",
            "log",
            x_range=(0.045, 6),
        )
        self.line = source("J", "V", "low", "high", name="polarisation")
        plot.varea("J", "low", "high", source=self.line, **BAND)
        plot.line("J", "V", source=self.line, color=LINE, line_width=2.5)
        plot.scatter("J", "V", source=self.line, color=LINE, size=6)
        self.span = Span(dimension="height", line_color=BARE, line_dash="dashed", visible=False)
        self.box = BoxAnnotation(fill_color=BARE, fill_alpha=0.10, visible=False)
        plain_decades(plot.xaxis[0])
        plain_decades(plot.yaxis[0])
        plot.add_layout(self.span)
        plot.add_layout(self.box)

    def draw(self, curve: curves.Polarisation) -> None:
        """Show the voltages."""
        known = np.isfinite(curve.line)
        columns = (curve.current, curve.line, curve.low, curve.high)
        names = ("J", "V", "low", "high")
        self.line.data = {n: values[known] for n, values in zip(names, columns, strict=True)}

    def draw_critical(self, curve: curves.Critical) -> None:
        """Show where the critical current lies."""
        self.span.visible = self.box.visible = curve.current is not None
        if curve.current is not None:
            self.span.location, self.box.left, self.box.right = curve.current

    def note(self, curve: curves.Polarisation) -> str:
        """How many draws are missing, and what the orange band is."""
        lost = f"{curve.lost} draws have no answer. " if curve.lost else ""
        return f"{lost}Orange: critical current as forecast, with its central 95 %."
