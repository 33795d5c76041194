"""The charge that a cycler counts is the integral of its current, from each row to the next."""

import numpy as np

from ssb_model.constants import HOUR
from ssb_model.data.consistency.columns import Columns, Points, and_more, rare

AGREES = (0.5, 2.0)  # counted over integrated: beyond it units differ, or what is counted
WITHIN = 0.1  # of the usual interval's charge
SCATTERS = 0.1  # of the ratio: more, and the count is not of this current
LEAST = 5  # intervals
#: columns of capacity, and the direction of the current that they count; 0: both
COUNTED = {"capacity": 0, "discharge capacity": 1, "charge capacity": -1}


def odd_charges(columns: Columns) -> list[str]:
    """Sentences about intervals, or whole columns, whose count is not the integral."""
    found = []
    for quantity, direction in COUNTED.items():
        if quantity in columns.values:
            found += _compared(columns, quantity, direction)
    return found


def _compared(columns: Columns, quantity: str, direction: int) -> list[str]:
    I, time = columns.values["current"], columns.values["time"]
    count = columns.values[quantity]
    counted = np.abs(np.diff(count))
    sizes = np.abs(I)
    passed = (sizes[1:] + sizes[:-1]) / 2 * np.diff(time) / HOUR
    unsure = np.abs(np.diff(sizes)) * np.diff(time) / HOUR
    flows = (I[1:] * I[:-1] > 0) & (passed > 0)
    flows &= (np.abs(count[1:]) > 2 * passed) | (np.abs(count[:-1]) <= 2 * passed)  # begun anew
    if direction:
        flows &= np.sign(I[1:]) == direction
    if flows.sum() < LEAST:
        return []
    ratio = counted[flows] / passed[flows]
    middle = float(np.median(ratio))
    if np.median(np.abs(ratio - middle)) > SCATTERS * middle:
        return []
    if not AGREES[0] < middle < AGREES[1]:
        header = columns.header(quantity)
        return [
            f"column '{header}' counts {middle:.3g} times the integral of the current over time: "
            "is one of the three in another unit than the file says?"
        ]
    usual = float(np.median(passed[flows]))
    off = np.abs(counted - middle * passed) > WITHIN * np.maximum(usual, passed) + unsure
    return _told(columns, quantity, counted, passed, rare(np.append(False, off & flows)))


def _told(
    columns: Columns, quantity: str, counted: Points, passed: Points, found: np.ndarray
) -> list[str]:
    if not found.size:
        return []
    row = int(found[0])
    return [
        f"{columns.holds(row, quantity)}: {counted[row - 1]:.4g} Ah are counted since the row "
        f"before, and its current makes {passed[row - 1]:.4g} Ah{and_more(found)}: is one of its "
        "numbers damaged?"
    ]
