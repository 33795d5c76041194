"""What a figure of the page can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, TypeAlias, runtime_checkable

from bokeh.plotting import figure

from ssb_model.explore.figures.look import Look
from ssb_model.explore.overlay import Overlay

#: columns of a table, by name
Columns: TypeAlias = Mapping[str, Any]
#: properties of a figure's models, by the models' names
Models: TypeAlias = dict[str, dict[str, Any]]


class PageFigure(Protocol):
    """A figure that is made empty; the browser fills it with what ``models`` says.

    What ``models`` takes are the curves of the names in ``curves``; without the first there is no
    picture, any other may be a sentence that says why there is none.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    curves: ClassVar[tuple[str, ...]]

    def __init__(self, look: Look) -> None: ...

    @property
    def figure(self) -> figure:
        """Without numbers."""
        ...

    @staticmethod
    def models(curve: Any, *others: Any) -> Models:
        """What shows the curves."""
        ...

    @staticmethod
    def note(curve: Any) -> str:
        """What stands below the figure."""
        ...


@runtime_checkable
class TakesOverlays(Protocol):
    """A figure on which measured files are drawn, in its table "points"."""

    @staticmethod
    def points(overlay: Overlay) -> Columns:
        """The file's points, perhaps none."""
        ...
