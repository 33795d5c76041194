"""What a figure of the page can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from bokeh.plotting import figure

from ssb_model.explore.overlay import Overlay


class PageFigure(Protocol):
    """A figure of one curve; what ``draw`` and ``note`` take is that curve's own class."""

    curve: ClassVar[str]  #: name of the curve
    figure: figure

    def draw(self, curve: Any) -> None:
        """Show the curve."""

    def note(self, curve: Any) -> str:
        """What stands below the figure."""
        ...


@runtime_checkable
class TakesOverlays(Protocol):
    """A figure on which measured files are drawn."""

    def overlay(self, overlays: Sequence[Overlay]) -> None:
        """Show these files, and no others."""
