"""Sweeps of frequency: several in one table are parted, and each is put in falling order.

A sweep ends where the cycle number changes, or where the frequency jumps back by more than half of
its logarithmic range.
"""

import itertools
from pathlib import Path

import numpy as np

from ssb_model.errors import InputError

JUMP_BACK = 0.5  # share of the logarithmic range of all frequencies


def split_sweeps(
    frequency: np.ndarray, cycle: np.ndarray | None, rows: np.ndarray
) -> list[np.ndarray]:
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
    path: Path, frequency: np.ndarray, z: np.ndarray, lines: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Rows of one sweep by falling frequency, and what was done to them.

    Rows that repeat another to the last digit are left out and noted. Raises InputError where one
    frequency has two impedances.
    """
    notes = []
    steps = np.diff(frequency[rows])
    if not ((steps <= 0).all() or (steps >= 0).all()):
        notes.append("frequencies were out of order and have been sorted")
    order = rows[np.argsort(-frequency[rows], kind="stable")]
    kept = [0]
    for index, (one, other) in enumerate(itertools.pairwise(order), 1):
        if frequency[one] != frequency[other]:
            kept.append(index)
        elif z[one] != z[other]:
            raise InputError(
                f"{path}, lines {min(lines[[one, other]])} and {max(lines[[one, other]])}: "
                f"{frequency[one]:g} Hz has two different impedances: delete one of the lines, or "
                "split the file if it holds two sweeps."
            )
    dropped = len(order) - len(kept)
    if dropped:
        notes.append(f"{dropped} rows that repeat another exactly were left out")
    return order[kept], tuple(notes)
