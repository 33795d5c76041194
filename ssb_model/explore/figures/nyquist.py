"""Nyquist plot: the most probable spectrum, the draws about it, measured points."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from jaxtyping import Complex

from ssb_model.explore.curves import Impedance
from ssb_model.explore.figures.base import Columns, Models
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import (
    follow,
    marked,
    measured,
    new_figure,
    plain_legend,
    source,
)
from ssb_model.explore.overlay import Overlay, joined

MOST_LINES, COARSER = 24, 2  # fine lines, and every n-th of their points


class Nyquist:
    """Impedance of the symmetric cell, one scale both ways."""

    name: ClassVar[str] = "nyquist"
    title: ClassVar[str] = "Impedance, symmetric cell"
    curves: ClassVar[tuple[str, ...]] = ("impedance",)

    def __init__(self, look: Look) -> None:
        self.figure = new_figure(look, "Re Z [Ω cm²]", "−Im Z [Ω cm²]", match_aspect=True)
        line, draws, points = (
            source("nyquist", "x", "y"),
            source("draws", "x", "y"),
            measured("x", "y"),
        )
        fine = {"line_color": look.line, "line_alpha": 0.22, "line_width": 1}
        self.figure.line("x", "y", source=draws, **fine)
        drawn = self.figure.line("x", "y", source=line, color=look.line, line_width=2.5)
        dots = self.figure.scatter("x", "y", source=points, legend_field="label", **marked(6))
        plain_legend(self.figure, "top_left", look)
        self.figure.legend.name, self.figure.legend.visible = "legend", False
        follow(self.figure, [drawn, dots])

    @staticmethod
    def models(curve: Impedance, *_: object) -> Models:
        """The spectra."""
        some = curve.draws[:MOST_LINES, ::COARSER]
        parted = np.pad(some, ((0, 0), (0, 1)), constant_values=np.nan).ravel()
        return {"nyquist": {"data": _plane(curve.line)}, "draws": {"data": _plane(parted)}}

    @staticmethod
    def points(overlay: Overlay) -> Columns:
        """The spectra of a file."""
        return _plane(joined(overlay.spectra)[1])

    @staticmethod
    def note(curve: Impedance) -> str:
        """What the fine lines are."""
        return f"Fine lines: {MOST_LINES} draws. 10 MHz to 10 mHz, at rest."


def _plane(z: Complex[np.ndarray, " points"]) -> Columns:
    return {"x": np.real(z), "y": -np.imag(z)}
