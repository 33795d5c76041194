"""Bode plot: modulus and phase with their intervals, measured points."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from bokeh.models import LinearAxis, LinearScale, Range1d
from jaxtyping import Complex, Float

from ssb_model.explore.curves import Impedance, line_and_band
from ssb_model.explore.figures.base import Columns, Models
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import (
    band,
    follow,
    marked,
    measured,
    new_figure,
    plain_decades,
    quiet_axis,
    source,
)
from ssb_model.explore.overlay import Overlay, joined

PHASES = (-5, 95)
COLUMNS = ("f", "Z", "Z low", "Z high", "phase", "phase low", "phase high")


class Bode:
    """Modulus on the left axis, phase on the right one."""

    name: ClassVar[str] = "bode"
    title: ClassVar[str] = "Bode plot, symmetric cell"
    curves: ClassVar[tuple[str, ...]] = ("impedance",)

    def __init__(self, look: Look) -> None:
        plot = new_figure(look, "frequency [Hz]", "|Z| [Ω cm²]", "log", "log")
        self.figure = plot
        plot.extra_y_ranges = {"phase": Range1d(start=PHASES[0], end=PHASES[1])}
        plot.extra_y_scales = {"phase": LinearScale()}
        right = LinearAxis(y_range_name="phase", axis_label="−phase [°]")
        quiet_axis(right, look)
        right.axis_label_text_color = look.second
        plot.add_layout(right, "right")
        plot.yaxis[0].axis_label_text_color = look.line
        line, points = source("bode", *COLUMNS), measured("f", "Z", "phase")
        plot.varea("f", "Z low", "Z high", source=line, **band(look))
        on_right: dict[str, Any] = {"y_range_name": "phase"}
        phase_band: dict[str, Any] = band(look) | on_right | {"fill_color": look.second}
        plot.varea("f", "phase low", "phase high", source=line, **phase_band)
        modulus = plot.line("f", "Z", source=line, color=look.line, line_width=2.5)
        dashed = {"line_width": 2, "line_dash": "dashed", "color": look.second}
        plot.line("f", "phase", source=line, **dashed, **on_right)
        dots = plot.scatter("f", "Z", source=points, **marked(6))
        plot.scatter("f", "phase", source=points, **marked(6) | {"fill_alpha": 0}, **on_right)
        follow(plot, [modulus, dots])
        plain_decades(plot.yaxis[0])

    @staticmethod
    def models(curve: Impedance, *_: object) -> Models:
        """The spectra."""
        z = np.concatenate([curve.line[None], curve.draws]).T
        modulus, phase = line_and_band(np.abs(z)), line_and_band(_phase(z))
        values = [curve.frequency, *modulus, *phase]
        return {"bode": {"data": dict(zip(COLUMNS, values, strict=True))}}

    @staticmethod
    def points(overlay: Overlay) -> Columns:
        """The spectra of a file."""
        f, z = joined(overlay.spectra)
        return {"f": f, "Z": np.abs(z), "phase": _phase(z)}

    @staticmethod
    def note(curve: Impedance) -> str:
        """What is shaded."""
        return "Shades: central 95 %. Dashed, and open symbols: phase."


def _phase(z: Complex[np.ndarray, " *shape"]) -> Float[np.ndarray, " *shape"]:
    return -np.rad2deg(np.angle(z))
