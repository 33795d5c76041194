"""Discharge curves of the full cell, a colour a rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from matplotlib import colormaps
from matplotlib.colors import to_hex

from ssb_model.explore.curves import RATES, Rates
from ssb_model.explore.figures.measured import points_of
from ssb_model.explore.figures.style import MEASURED, new_figure, plain_legend, source
from ssb_model.explore.overlay import Overlay


class Discharge:
    """Voltage against capacity at each rate, of the most probable point; measured discharges."""

    curve: ClassVar[str] = "rates"

    def __init__(self) -> None:
        plot = self.figure = new_figure(
            "Discharge, full cell",
            "capacity [mAh/g]",
            "voltage [V]",
            x_range=(0, 175),
            y_range=(2.45, 3.65),
        )
        self.lines = []
        for k, rate in enumerate(RATES):
            line = source("Q", "V", name=f"discharge at {rate:g}C")
            colour = to_hex(colormaps["viridis"](0.9 * k / (len(RATES) - 1)))
            plot.line("Q", "V", source=line, color=colour, line_width=2, legend_label=f"{rate:g}C")
            self.lines.append(line)
        self.points = source("Q", "V", "label")
        plot.scatter("Q", "V", source=self.points, color=MEASURED, size=3, legend_field="label")
        plain_legend(plot, "bottom_left")

    def draw(self, curve: Rates) -> None:
        """Show the discharges."""
        for line, Q, V in zip(self.lines, curve.capacity, curve.voltage, strict=True):
            line.data = {"Q": Q, "V": V}

    def overlay(self, overlays: Sequence[Overlay]) -> None:
        """Show the discharges of overlays."""
        Q, V, label = points_of(overlays, "discharges")
        self.points.data = {"Q": Q, "V": V, "label": label}

    def note(self, curve: Rates) -> str:
        """Whose curves."""
        return "The most probable point, down to 2.5 V."
