"""Bode plot: modulus and phase with their intervals, measured points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from bokeh.models import LinearAxis, LinearScale, Range1d
from jaxtyping import Complex, Float

from ssb_model.explore.curves import Impedance, line_and_band
from ssb_model.explore.figures.measured import points_of
from ssb_model.explore.figures.style import (
    BAND,
    LINE,
    MEASURED,
    follow,
    new_figure,
    plain_decades,
    source,
)
from ssb_model.explore.overlay import Overlay
from ssb_model.plotting import BARE

PHASE = BARE
PHASES = (-5, 95)


class Bode:
    """Modulus on the left axis, phase on the right one."""

    curve: ClassVar[str] = "impedance"

    def __init__(self) -> None:
        plot = self.figure = new_figure("Bode plot", "frequency [Hz]", "|Z| [Ω cm²]", "log", "log")
        plot.extra_y_ranges = {"phase": Range1d(start=PHASES[0], end=PHASES[1])}
        plot.extra_y_scales = {"phase": LinearScale()}
        right = LinearAxis(y_range_name="phase", axis_label="−phase [°]")
        right.axis_label_text_font_style, right.axis_label_text_color = "normal", PHASE
        right.minor_tick_line_color = None
        plot.add_layout(right, "right")
        plot.yaxis[0].axis_label_text_color = LINE
        columns = ("f", "Z", "Z low", "Z high", "phase", "phase low", "phase high")
        self.line, self.points = source(*columns, name="bode"), source("f", "Z", "phase")
        plot.varea("f", "Z low", "Z high", source=self.line, **BAND)
        phase_band: dict[str, Any] = BAND | {"fill_color": PHASE, "y_range_name": "phase"}
        plot.varea("f", "phase low", "phase high", source=self.line, **phase_band)
        modulus = plot.line("f", "Z", source=self.line, color=LINE, line_width=2.5)
        on_right: dict[str, Any] = {"y_range_name": "phase", "color": PHASE}
        plot.line("f", "phase", source=self.line, line_width=2, line_dash="dashed", **on_right)
        points = plot.scatter("f", "Z", source=self.points, color=MEASURED, size=4)
        plot.scatter("f", "phase", source=self.points, marker="x", size=5, **on_right)
        follow(plot, [modulus, points])
        plain_decades(plot.yaxis[0])

    def draw(self, curve: Impedance) -> None:
        """Show the spectra."""
        z = np.concatenate([curve.line[None], curve.draws]).T
        modulus, phase = line_and_band(np.abs(z)), line_and_band(_phase(z))
        names = map(str, self.line.data)
        self.line.data = dict(zip(names, [curve.frequency, *modulus, *phase], strict=True))

    def overlay(self, overlays: Sequence[Overlay]) -> None:
        """Show the spectra of overlays."""
        f, z, _ = points_of(overlays, "spectra")
        self.points.data = {"f": f, "Z": np.abs(z), "phase": _phase(z)}

    def note(self, curve: Impedance) -> str:
        """What is shaded."""
        return "Shades: central 95 %. Dashed: phase."


def _phase(z: Complex[np.ndarray, " *shape"]) -> Float[np.ndarray, " *shape"]:
    return -np.rad2deg(np.angle(z))
