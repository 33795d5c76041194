"""The page's figures, each with a line below it."""

from __future__ import annotations

from collections.abc import Sequence

import panel as pn
from bokeh.models import Title
from panel.viewable import Viewable

from ssb_model.explore.curves import Critical, Curve
from ssb_model.explore.figures import FIGURES, HEIGHT, PageFigure, Polarisation, TakesOverlays
from ssb_model.explore.overlay import Overlay
from ssb_model.explore.page.templates import part

NOTE = ":host { font-size: 12px; color: #6E6E6E; margin: 0 8px; }"


class Tiles:
    """All figures of one page."""

    def __init__(self) -> None:
        self._tiles = [Tile(make()) for make in FIGURES]

    @property
    def layouts(self) -> list[Viewable]:
        """One a figure."""
        return [tile.layout for tile in self._tiles]

    def show(self, name: str, curve: Curve | str) -> None:
        """Draw a curve by name, or say why there is none."""
        for tile in self._tiles:
            if tile.figure.curve == name:
                tile.show(curve)
            if isinstance(curve, Critical) and isinstance(tile.figure, Polarisation):
                tile.figure.draw_critical(curve)

    def overlay(self, overlays: Sequence[Overlay]) -> None:
        """Draw measured files."""
        for tile in self._tiles:
            if isinstance(tile.figure, TakesOverlays):
                tile.figure.overlay(overlays)


class Tile:
    """A figure with a line below it; the line alone where there is nothing to draw."""

    def __init__(self, figure: PageFigure) -> None:
        self.figure = figure
        title = figure.figure.title
        assert isinstance(title, Title)
        self._title = title.text
        self._pane = pn.pane.Bokeh(
            figure.figure, margin=0, visible=False, sizing_mode="stretch_width"
        )
        self._note = pn.pane.HTML(
            part("waiting", self._title), stylesheets=[NOTE], sizing_mode="stretch_width"
        )
        self.layout = pn.Column(
            self._pane, self._note, min_height=HEIGHT, margin=0, sizing_mode="stretch_width"
        )

    def show(self, curve: Curve | str) -> None:
        """Draw a curve, or say why there is none."""
        if isinstance(curve, str):
            self._pane.visible = False
            self._note.object = part("missing", self._title, curve)
            return
        self.figure.draw(curve)
        self._pane.visible = True
        self._note.object = part("text", self.figure.note(curve))
