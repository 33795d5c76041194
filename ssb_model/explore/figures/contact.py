"""The current below one contact: a cut through the garnet, lithium above."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from bokeh.models import ColorBar, LogColorMapper, Range1d

from ssb_model.explore import curves
from ssb_model.explore.figures.style import new_figure, source
from ssb_model.plotting import QUIET

PALETTE = "Inferno256"
FOCUSING = (0.1, 30.0)  # times the mean: ends of the colours
LITHIUM = 0.05  # of the depth shown


class Contact:
    """Size of the current density over its mean."""

    curve: ClassVar[str] = "contact"

    def __init__(self) -> None:
        plot = self.figure = new_figure(
            "Current below one contact", "along the face [µm]", "depth in the garnet [µm]"
        )
        plot.x_range, plot.y_range = Range1d(start=0, end=1), Range1d(start=1, end=0)
        self.image = source("image", "width", "depth", name="contact")
        self.lithium = source("left", "right", "top", "bottom")
        colours = LogColorMapper(palette=PALETTE, low=FOCUSING[0], high=FOCUSING[1])
        plot.image(
            image="image",
            x=0,
            y=0,
            dw="width",
            dh="depth",
            source=self.image,
            color_mapper=colours,  # pyright: ignore[reportCallIssue] as in Bokeh's manual
        )
        plot.quad("left", "right", "top", "bottom", source=self.lithium, color=QUIET)
        plot.add_layout(
            ColorBar(color_mapper=colours, title="× mean", width=10, border_line_color=None),
            "right",
        )
        plot.grid.visible = False

    def draw(self, curve: curves.Contact) -> None:
        """Show the cut through the garnet."""
        self.image.data = {
            "image": [curve.ratio.astype("float32")],
            "width": [curve.width],
            "depth": [curve.depth],
        }
        top = LITHIUM * curve.depth
        x = np.linspace(0, curve.width, len(curve.touching) + 1)
        left, right = x[:-1][curve.touching], x[1:][curve.touching]
        self.lithium.data = {
            "left": left,
            "right": right,
            "top": np.full(len(left), -top),
            "bottom": np.zeros(len(left)),
        }
        self.figure.x_range.update(start=0, end=curve.width)
        self.figure.y_range.update(start=curve.depth, end=-1.2 * top)

    def note(self, curve: curves.Contact) -> str:
        """The picture in words."""
        if curve.fraction == 1:
            return "Contact everywhere: the current runs evenly."
        return (
            f"Contact on {100 * curve.fraction:.3g} % of the face: up to {curve.focusing:.3g} "
            f"times the mean current; constriction {curve.constriction:.3g} Ω cm² (both faces). "
            "A disc in a square cell, most probable values."
        )
