"""The current below one contact: a cut through the garnet, lithium above."""

import numpy as np
from bokeh.models import ColorBar, LogColorMapper, Range1d

from ssb_model.explore.figures.style import new_figure, source
from ssb_model.plotting import QUIET

PALETTE = "Inferno256"
FOCUSING = (0.1, 30.0)  # times the mean: ends of the colours
LITHIUM = 0.05  # of the depth shown


class Contact:
    """Size of the current density over its mean."""

    curve = "contact"

    def __init__(self):
        made = self.figure = new_figure(
            "Current below one contact", "along the face [µm]", "depth in the garnet [µm]"
        )
        made.x_range, made.y_range = Range1d(0, 1), Range1d(1, 0)
        self.image = source("image", "width", "depth", name="contact")
        self.lithium = source("left", "right", "top", "bottom")
        colours = LogColorMapper(palette=PALETTE, low=FOCUSING[0], high=FOCUSING[1])
        made.image(
            image="image",
            x=0,
            y=0,
            dw="width",
            dh="depth",
            source=self.image,
            color_mapper=colours,
        )
        made.quad("left", "right", "top", "bottom", source=self.lithium, color=QUIET)
        made.add_layout(
            ColorBar(color_mapper=colours, title="× mean", width=10, border_line_color=None),
            "right",
        )
        made.grid.visible = False

    def draw(self, found):
        """Show a :class:`~ssb_model.explore.curves.Contact`."""
        self.image.data = {
            "image": [found.ratio.astype("float32")],
            "width": [found.width],
            "depth": [found.depth],
        }
        top = LITHIUM * found.depth
        x = np.linspace(0, found.width, len(found.touching) + 1)
        left, right = x[:-1][found.touching], x[1:][found.touching]
        self.lithium.data = {
            "left": left,
            "right": right,
            "top": np.full(len(left), -top),
            "bottom": np.zeros(len(left)),
        }
        self.figure.x_range.update(start=0, end=found.width)
        self.figure.y_range.update(start=found.depth, end=-1.2 * top)

    def note(self, found):
        """The picture in words."""
        if found.fraction == 1:
            return "Contact everywhere: the current runs evenly."
        return (
            f"Contact on {100 * found.fraction:.3g} % of the face: up to {found.focusing:.3g} "
            f"times the mean current; constriction {found.constriction:.3g} Ω cm² (both faces). "
            "A disc in a square cell, most probable values."
        )
