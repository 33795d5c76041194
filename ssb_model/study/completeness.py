"""What a study's full cell has where its rate tests do not say how the cell is charged.

How complete a charge is (:mod:`ssb_model.measurements.charging`) is then one more unknown, fitted
with all others: intervals and predictions hold every charge from one without a hold to a full one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.library import quantity
from ssb_model.measurements import COMPLETENESS

if TYPE_CHECKING:
    from ssb_model.library import Quantity

LABEL = "completeness of charge"  # of the parameter that stands for what is not stated


def charge_quantities(cell: str) -> dict[str, Quantity]:
    """Those of a type of cell by PyBaMM name."""
    if cell != "full":
        return {}
    known = quantity(
        LABEL,
        "0.5",
        "-",
        ["0", "1"],
        "how a cell is charged before a discharge where nobody states it: 0 without a hold of the "
        "upper cut-off, at the rate of the discharge; 1 with a hold to a hundredth of that current",
        range=["0", "1"],
        scale="linear",
    )
    return {COMPLETENESS: known}
