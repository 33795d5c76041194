"""That growth and life are of priors: no model of published cells stands behind them."""

from __future__ import annotations

from ssb_model.library import Quantity, written
from ssb_model.prediction.files import Coating

GROWTH = "reference calendar growth", "reference current growth", "growth exponent"


def says_of_growth(coating: Coating) -> tuple[str, ...]:
    """The priors of the growth that a coating's file does not state, with their tags."""
    unsaid = [
        (name, coating.quantities[name])
        for name in GROWTH
        if name in coating.quantities and name not in coating.stated
    ]
    known = ", ".join(_prior(name, own) for name, own in unsaid if own.prior is not None)
    if not known:
        return ()
    return (
        "Growth and life are of no model of published cells, of which too few state either, but "
        f"of priors (SI): {known}.",
    )


def _prior(name: str, own: Quantity) -> str:
    assert own.prior is not None
    ends = f"{written(own.prior.lower)} to {written(own.prior.upper)}"
    unit = "" if own.unit == "-" else f" {own.unit}"
    return f"{name} {written(own.value)} ({ends}){unit}, {own.tag}"
