"""The page's figures: one file a figure, each draws one curve of
:mod:`ssb_model.explore.curves`."""

from ssb_model.explore.figures.all import FIGURES
from ssb_model.explore.figures.base import PageFigure, TakesOverlays
from ssb_model.explore.figures.polarisation import Polarisation
from ssb_model.explore.figures.style import HEIGHT as HEIGHT

__all__ = ["FIGURES", "PageFigure", "Polarisation", "TakesOverlays"]
