"""The page's figures: one file a figure, each made empty once, and filled in the browser with what
it says of a curve of :mod:`ssb_model.explore.curves`."""

from ssb_model.explore.figures.all import FIGURES, empty_figures, points_of, shown
from ssb_model.explore.figures.look import LOOKS

__all__ = ["FIGURES", "LOOKS", "empty_figures", "points_of", "shown"]
