"""Discharge curves of the full cell, a colour a rate."""

from matplotlib import colormaps
from matplotlib.colors import to_hex

from ssb_model.explore.curves import RATES
from ssb_model.explore.figures.measured import points_of
from ssb_model.explore.figures.style import MEASURED, new_figure, plain_legend, source


class Discharge:
    """Voltage against capacity at each rate, of the most probable point; measured discharges."""

    curve = "rates"

    def __init__(self):
        made = self.figure = new_figure(
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
            made.line("Q", "V", source=line, color=colour, width=2, legend_label=f"{rate:g}C")
            self.lines.append(line)
        self.points = source("Q", "V", "label")
        made.scatter("Q", "V", source=self.points, color=MEASURED, size=3, legend_field="label")
        plain_legend(made, "bottom_left")

    def draw(self, found):
        """Show :class:`~ssb_model.explore.curves.Rates`."""
        for line, Q, V in zip(self.lines, found.capacity, found.voltage, strict=True):
            line.data = {"Q": Q, "V": V}

    def overlay(self, overlays):
        """Show the discharges of overlays."""
        Q, V, label = points_of(overlays, "discharges")
        self.points.data = {"Q": Q, "V": V, "label": label}

    def note(self, found):
        """Whose curves."""
        return "The most probable point, down to 2.5 V."
