"""What the page draws: one file a curve, each a function of an explorer and a state."""

from ssb_model.explore.curves.all import (
    CURVES,
    TOGETHER,
    Curve,
    computed as computed,
)
from ssb_model.explore.curves.contact import Contact, contact
from ssb_model.explore.curves.critical import (
    Critical,
    Interval as Interval,
    critical,
    forecast_band as forecast_band,
)
from ssb_model.explore.curves.impedance import Impedance, impedance
from ssb_model.explore.curves.interval import line_and_band as line_and_band
from ssb_model.explore.curves.polarisation import Polarisation, polarisation_curve
from ssb_model.explore.curves.rates import RATES as RATES, Rates, rates

__all__ = [
    "CURVES",
    "TOGETHER",
    "Contact",
    "Critical",
    "Curve",
    "Impedance",
    "Polarisation",
    "Rates",
    "contact",
    "critical",
    "impedance",
    "polarisation_curve",
    "rates",
]
