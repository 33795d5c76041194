"""What a study's full cell has where the charge before its rate tests is unknown.

How complete a charge is (:mod:`ssb_model.measurements.charging`) is then one more unknown, fitted
with all others: intervals and predictions hold every charge from one without a hold to a full one.
Its prior is a normal one about 0.5 whose central 95 % go from -0.25 to 1.25. What lies beyond 0 and
1 counts as these ends, so that the weights, which are assumed, are a tenth for a charge without any
hold (CC-CC), a tenth for a full one, and the rest for holds between.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssb_model.library import Prior, quantity
from ssb_model.measurements import COMPLETENESS

if TYPE_CHECKING:
    from ssb_model.library import Quantity

LABEL = "completeness of charge"  # of the parameter that stands for what nobody knows


def charge_quantities(cell: str) -> dict[str, Quantity]:
    """Those of a type of cell by PyBaMM name."""
    if cell != "full":
        return {}
    known = quantity(
        LABEL,
        "0.5",
        "-",
        ["0", "1"],
        "how a cell is charged before a discharge where nobody knows it: 0 without a hold of the "
        "upper cut-off, at the rate of the discharge; 1 with a hold to a hundredth of that current",
        scale="linear",
    )
    return {COMPLETENESS: replace(known, prior=Prior(-0.25, 1.25, "linear"))}
