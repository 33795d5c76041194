"""Nyquist plot: the most probable spectrum, the draws about it, measured points."""

import numpy as np

from ssb_model.explore.figures.measured import points_of
from ssb_model.explore.figures.style import (
    FINE,
    LINE,
    MEASURED,
    follow,
    new_figure,
    plain_legend,
    source,
)

MOST_LINES, COARSER = 24, 2  # fine lines, and every so many of their points


class Nyquist:
    """Impedance of the symmetric cell, one scale both ways."""

    curve = "impedance"

    def __init__(self):
        self.figure = new_figure(
            "Impedance, symmetric cell", "Re Z [Ω cm²]", "−Im Z [Ω cm²]", match_aspect=True
        )
        self.line, self.draws = source("x", "y", name="nyquist"), source("x", "y")
        self.points = source("x", "y", "label", name="nyquist points")
        self.figure.line("x", "y", source=self.draws, **FINE)
        line = self.figure.line("x", "y", source=self.line, color=LINE, width=2.5)
        points = self.figure.scatter(
            "x", "y", source=self.points, color=MEASURED, size=4, legend_field="label"
        )
        plain_legend(self.figure, "top_left")
        follow(self.figure, [line, points])

    def draw(self, found):
        """Show an :class:`~ssb_model.explore.curves.Impedance`."""
        self.line.data = {"x": found.line.real, "y": -found.line.imag}
        some = found.draws[:MOST_LINES, ::COARSER]
        parted = np.pad(some, ((0, 0), (0, 1)), constant_values=np.nan).ravel()
        self.draws.data = {"x": parted.real, "y": -parted.imag}

    def overlay(self, overlays):
        """Show the spectra of :class:`~ssb_model.explore.overlay.Overlay` s."""
        _, z, label = points_of(overlays, "spectra")
        self.points.data = {"x": z.real, "y": -z.imag, "label": label}
        self.figure.legend.visible = len(label) > 0

    def note(self, found):
        """What the fine lines are."""
        return f"Fine lines: {MOST_LINES} draws. 10 MHz to 10 mHz, at rest."
