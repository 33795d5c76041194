"""The current below one contact: a cut through the garnet, lithium above."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from bokeh.models import ColorBar, LogColorMapper, Range1d

from ssb_model.explore import curves
from ssb_model.explore.figures.base import Models
from ssb_model.explore.figures.look import Look
from ssb_model.explore.figures.style import new_figure, source

PALETTE = "Inferno256"
FOCUSING = (0.1, 30.0)  # times the mean: ends of the colours
LITHIUM = 0.05  # of the depth shown


class Contact:
    """Size of the current density over its mean."""

    name: ClassVar[str] = "contact"
    title: ClassVar[str] = "Current below one contact"
    curves: ClassVar[tuple[str, ...]] = ("contact",)

    def __init__(self, look: Look) -> None:
        plot = new_figure(look, "along the face [µm]", "depth in the garnet [µm]")
        self.figure = plot
        plot.x_range = Range1d(start=0, end=1, name="width")
        plot.y_range = Range1d(start=1, end=0, name="depth")
        colours = LogColorMapper(palette=PALETTE, low=FOCUSING[0], high=FOCUSING[1])
        plot.image(
            image="image",
            x=0,
            y=0,
            dw="width",
            dh="depth",
            source=source("contact", "image", "width", "depth"),
            color_mapper=colours,  # pyright: ignore[reportCallIssue] as in Bokeh's manual
        )
        lithium = source("lithium", "left", "right", "top", "bottom")
        plot.quad("left", "right", "top", "bottom", source=lithium, color=look.quiet)
        bar = ColorBar(color_mapper=colours, title="× mean", width=10, border_line_color=None)
        bar.title_text_color = bar.major_label_text_color = look.ink
        bar.background_fill_color = look.ground
        plot.add_layout(bar, "right")
        plot.grid.visible = False

    @staticmethod
    def models(curve: curves.Contact, *_: object) -> Models:
        """The cut through the garnet."""
        top = LITHIUM * curve.depth
        x = np.linspace(0, curve.width, len(curve.touching) + 1)
        left, right = x[:-1][curve.touching], x[1:][curve.touching]
        image = {"image": [curve.ratio], "width": [curve.width], "depth": [curve.depth]}
        lithium = {
            "left": left,
            "right": right,
            "top": np.full(len(left), -top),
            "bottom": np.zeros(len(left)),
        }
        return {
            "contact": {"data": image},
            "lithium": {"data": lithium},
            "width": {"start": 0, "end": curve.width},
            "depth": {"start": curve.depth, "end": -1.2 * top},
        }

    @staticmethod
    def note(curve: curves.Contact) -> str:
        """The picture in words."""
        if curve.fraction == 1:
            return "Contact everywhere: the current runs evenly."
        return (
            f"Contact on {100 * curve.fraction:.3g} % of the face: up to {curve.focusing:.3g} "
            f"times the mean current; constriction {curve.constriction:.3g} Ω cm² (both faces). "
            "A disc in a square cell, most probable values."
        )
