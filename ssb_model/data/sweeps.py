"""Sweeps of frequency: several in one table are parted, and each is put in falling order.

A sweep ends where the cycle number changes, or where the frequency jumps back by more than half of
its logarithmic range.
"""

import numpy as np
from jaxtyping import Complex, Float, Int

from ssb_model.data.text import Table
from ssb_model.errors import InputError

JUMP_BACK = 0.5  # share of the logarithmic range of all frequencies


def split_sweeps(
    frequency: Float[np.ndarray, " points"],
    cycle: Float[np.ndarray, " points"] | None,
    rows: Int[np.ndarray, " rows"],
) -> list[Int[np.ndarray, " rows"]]:
    """Part `rows` into the rows of each sweep, in the order of the file.

    >>> split_sweeps(np.array([100, 10, 1, 100, 10, 1.0]), None, np.arange(6))
    [array([0, 1, 2]), array([3, 4, 5])]
    """
    steps = np.diff(np.log(frequency[rows]))
    starts = np.zeros(len(rows), dtype=bool)
    if cycle is not None:
        starts[1:] |= np.diff(cycle[rows]) != 0
    if len(steps) > 2:
        span = np.ptp(np.log(frequency[rows]))
        direction = np.sign(np.median(steps[steps != 0])) if steps.any() else 0
        starts[1:] |= -direction * steps > JUMP_BACK * span
    return np.split(rows, np.flatnonzero(starts))


def strictly_falling(
    table: Table,
    frequency: Float[np.ndarray, " points"],
    z: Complex[np.ndarray, " points"],
    rows: Int[np.ndarray, " rows"],
) -> tuple[Int[np.ndarray, " rows"], tuple[str, ...]]:
    """Rows of one sweep by falling frequency, and notes on what was done to them.

    Rows that repeat another to the last digit are left out and noted. Raises InputError where one
    frequency has two impedances.
    """
    notes = []
    steps = np.diff(frequency[rows])
    if not ((steps <= 0).all() or (steps >= 0).all()):
        notes.append("frequencies were out of order and have been sorted")
    order = rows[np.argsort(-frequency[rows], kind="stable")]
    same = np.flatnonzero(np.diff(frequency[order]) == 0)
    for one, other in zip(order[same], order[same + 1], strict=True):
        if z[one] != z[other]:
            _refuse_two_impedances(table, float(frequency[one]), one, other)
    if same.size:
        notes.append(f"{same.size} rows that repeat another exactly were left out")
    return np.delete(order, same + 1), tuple(notes)


def _refuse_two_impedances(table: Table, frequency: float, one: int, other: int) -> None:
    first, second = sorted((table.lines[one], table.lines[other]))
    raise InputError(
        f"{table.path}, lines {first} and {second}: {frequency:g} Hz has two different "
        "impedances: delete one of the lines, or split the file if it holds two sweeps."
    )
