"""Every curve of the page by name, and which are drawn together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ssb_model.explore.curves.contact import Contact, contact
from ssb_model.explore.curves.critical import Critical, critical
from ssb_model.explore.curves.impedance import Impedance, impedance
from ssb_model.explore.curves.polarisation import Polarisation, polarisation_curve
from ssb_model.explore.curves.rates import Rates, rates
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State

Curve: TypeAlias = Impedance | Critical | Polarisation | Contact | Rates
#: takes explorer and state, and a function that raises when what it computes is wanted no longer
CurveFunction: TypeAlias = Callable[[Explorer, State, Callable[[], None]], Curve]

#: every curve, the quickest first
CURVES: dict[str, CurveFunction] = {
    "impedance": lambda explorer, state, superseded: impedance(explorer, state),
    "critical": lambda explorer, state, superseded: critical(explorer, state),
    "polarisation": lambda explorer, state, superseded: polarisation_curve(explorer, state),
    "contact": lambda explorer, state, superseded: contact(explorer, state),
    "rates": rates,
}
#: what is drawn at once: the browser is busy while it paints, so that several messages of what
#: takes milliseconds to compute would wait for each other's pictures
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("impedance", "critical", "polarisation"),
    ("contact",),
    ("rates",),
)


def computed(
    name: str, explorer: Explorer, state: State, superseded: Callable[[], None] = lambda: None
) -> Curve:
    """One of the curves. Those of the opening state, which every visit asks for, are kept.

    Raises
    ------
    InputError
        If there is none; whatever ``superseded`` raises.
    """
    if state != explorer.start:
        return CURVES[name](explorer, state, superseded)
    if name not in explorer.opening:
        explorer.opening[name] = CURVES[name](explorer, state, superseded)
    return explorer.opening[name]
