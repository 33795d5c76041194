"""What the page draws: one file a curve, each a function of an explorer and a state."""

from ssb_model.explore.curves.contact import Contact, contact
from ssb_model.explore.curves.critical import Critical, critical, forecast_band as forecast_band
from ssb_model.explore.curves.impedance import Impedance, impedance
from ssb_model.explore.curves.interval import line_and_band as line_and_band
from ssb_model.explore.curves.polarisation import Polarisation, polarisation_curve
from ssb_model.explore.curves.rates import RATES as RATES, Rates, rates

#: every curve, the quickest first; each takes explorer and state, and a function that raises when
#: what it computes is wanted no longer
CURVES = {
    "impedance": lambda explorer, state, superseded: impedance(explorer, state),
    "critical": lambda explorer, state, superseded: critical(explorer, state),
    "polarisation": lambda explorer, state, superseded: polarisation_curve(explorer, state),
    "contact": lambda explorer, state, superseded: contact(explorer, state),
    "rates": rates,
}
#: what is drawn at once: the browser is busy while it paints, so that several messages of what
#: takes milliseconds to compute would wait for each other's pictures
TOGETHER = (("impedance", "critical", "polarisation"), ("contact",), ("rates",))

__all__ = [
    "CURVES",
    "TOGETHER",
    "Contact",
    "Critical",
    "Impedance",
    "Polarisation",
    "Rates",
    "contact",
    "critical",
    "impedance",
    "polarisation_curve",
    "rates",
]
