"""Every figure of the page, in the order in which they stand."""

from ssb_model.explore.figures.base import PageFigure
from ssb_model.explore.figures.bode import Bode
from ssb_model.explore.figures.capacity import Capacity
from ssb_model.explore.figures.contact import Contact
from ssb_model.explore.figures.critical import Critical
from ssb_model.explore.figures.discharge import Discharge
from ssb_model.explore.figures.nyquist import Nyquist
from ssb_model.explore.figures.polarisation import Polarisation

FIGURES: tuple[type[PageFigure], ...] = (
    Nyquist,
    Bode,
    Polarisation,
    Critical,
    Capacity,
    Discharge,
    Contact,
)
