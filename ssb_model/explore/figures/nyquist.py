"""Nyquist plot: the most probable spectrum, the draws about it, measured points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from ssb_model.explore.curves import Impedance
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
from ssb_model.explore.overlay import Overlay

MOST_LINES, COARSER = 24, 2  # fine lines, and every n-th of their points


class Nyquist:
    """Impedance of the symmetric cell, one scale both ways."""

    curve: ClassVar[str] = "impedance"

    def __init__(self) -> None:
        self.figure = new_figure(
            "Impedance, symmetric cell", "Re Z [Ω cm²]", "−Im Z [Ω cm²]", match_aspect=True
        )
        self.line, self.draws = source("x", "y", name="nyquist"), source("x", "y")
        self.points = source("x", "y", "label", name="nyquist points")
        self.figure.line("x", "y", source=self.draws, **FINE)
        line = self.figure.line("x", "y", source=self.line, color=LINE, line_width=2.5)
        points = self.figure.scatter(
            "x", "y", source=self.points, color=MEASURED, size=4, legend_field="label"
        )
        plain_legend(self.figure, "top_left")
        follow(self.figure, [line, points])

    def draw(self, curve: Impedance) -> None:
        """Show the spectra."""
        self.line.data = {"x": np.real(curve.line), "y": -np.imag(curve.line)}
        some = curve.draws[:MOST_LINES, ::COARSER]
        parted = np.pad(some, ((0, 0), (0, 1)), constant_values=np.nan).ravel()
        self.draws.data = {"x": np.real(parted), "y": -np.imag(parted)}

    def overlay(self, overlays: Sequence[Overlay]) -> None:
        """Show the spectra of overlays."""
        _, z, label = points_of(overlays, "spectra")
        self.points.data = {"x": np.real(z), "y": -np.imag(z), "label": label}
        self.figure.legend.visible = len(label) > 0

    def note(self, curve: Impedance) -> str:
        """What the fine lines are."""
        return f"Fine lines: {MOST_LINES} draws. 10 MHz to 10 mHz, at rest."
