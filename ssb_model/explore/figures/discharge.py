"""Discharge curves of the full cell, a colour a rate."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from ssb_model.explore.curves import RATES, Rates
from ssb_model.explore.figures.base import Columns, Models
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import marked, measured, new_figure, plain_legend, source
from ssb_model.explore.overlay import Overlay, joined

FAINT = 0.45  # of a rate at which the cell is forecast to short
NAMES = tuple(f"discharge at {rate:g}C" for rate in RATES)


class Discharge:
    """Voltage against capacity at each rate, of the most probable point; measured discharges."""

    name: ClassVar[str] = "discharge"
    title: ClassVar[str] = "Discharge, full cell"
    curves: ClassVar[tuple[str, ...]] = ("rates",)

    def __init__(self, look: Look) -> None:
        plot = new_figure(
            look, "capacity [mAh/g]", "voltage [V]", x_range=(0, 175), y_range=(2.45, 3.65)
        )
        self.figure = plot
        shares = np.linspace(*look.rates, len(RATES))
        for rate, name, share in zip(RATES, NAMES, shares, strict=True):
            colour = to_hex(colormaps["viridis"](share))
            drawn = plot.line(
                "Q",
                "V",
                source=source(name, "Q", "V"),
                color=colour,
                line_width=2.2,
                legend_label=f"{rate:g}C",
            )
            drawn.glyph.name = f"{name}, line"
        points = measured("Q", "V")
        plot.scatter("Q", "V", source=points, legend_field="label", **marked(4))
        plain_legend(plot, "bottom_left", look)

    @staticmethod
    def models(curve: Rates, *_: object) -> Models:
        """The discharges; dashed where the current is above the critical one."""
        beyond = curve.rate > (curve.shorts[0] if curve.shorts else np.inf)
        rows = zip(NAMES, curve.capacity, curve.voltage, beyond, strict=True)
        models: Models = {}
        for name, Q, V, shorts in rows:
            models[name] = {"data": {"Q": Q, "V": V}}
            look = {"line_dash": [5, 4], "line_alpha": FAINT} if shorts else _WHOLE
            models[f"{name}, line"] = look
        return models

    @staticmethod
    def points(overlay: Overlay) -> Columns:
        """The discharges of a file."""
        Q, V = joined(overlay.discharges)
        return {"Q": Q, "V": V}

    @staticmethod
    def note(curve: Rates) -> str:
        """Whose curves."""
        return f"The most probable point, down to the lower cut-off. {curve.about_shorts}".strip()


_WHOLE = {"line_dash": [], "line_alpha": 1.0}
