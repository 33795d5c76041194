"""The page's figures: one file a figure, each draws one curve of :mod:`..curves`."""

from ssb_model.explore.figures.bode import Bode
from ssb_model.explore.figures.capacity import Capacity
from ssb_model.explore.figures.contact import Contact
from ssb_model.explore.figures.critical import Critical
from ssb_model.explore.figures.discharge import Discharge
from ssb_model.explore.figures.nyquist import Nyquist
from ssb_model.explore.figures.polarisation import Polarisation
from ssb_model.explore.figures.style import HEIGHT as HEIGHT

FIGURES = (Nyquist, Bode, Polarisation, Critical, Capacity, Discharge, Contact)

__all__ = ["FIGURES", *(figure.__name__ for figure in FIGURES)]
