"""A recorded current as constant pieces."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError

SAME = 0.01  # of the largest current: a change beyond it begins a new piece
MOST = 400  # pieces


@dataclass(frozen=True, eq=False)
class Pieces:
    """Currents [A], positive on discharge, and how long each flows [s]."""

    current: Float[np.ndarray, " pieces"]
    duration: Float[np.ndarray, " pieces"]

    def __len__(self) -> int:
        return len(self.current)

    @property
    def edges(self) -> Float[np.ndarray, " pieces+1"]:
        """Times [s] at which pieces begin, and the end."""
        return np.append(0.0, np.cumsum(self.duration))


def constant_pieces(
    t: Float[np.ndarray, " samples"], current: Float[np.ndarray, " samples"], where: str
) -> Pieces:
    """Split a record into pieces of constant current.

    A piece begins at the last sample of the one before, when a cycler switches; its current is
    the mean of its samples, the first piece's own first sample included.

    Parameters
    ----------
    t
        s, rising from 0.
    current
        A.
    where
        The beginning of a message.

    Raises
    ------
    InputError
        If the current changes too often to be made of constant pieces.
    """
    first = beginnings(current)
    if len(first) > MOST:
        raise InputError(
            f"{where} has a current that changes {len(first) - 1} times by more than "
            f"{100 * SAME:g} % of its largest: choose a shorter window by times = [...]."
        )
    edges = np.append(t[np.maximum(np.array(first) - 1, 0)], t[-1])
    means = [part.mean() for part in np.split(current, first[1:])]
    duration = np.diff(edges)
    kept = duration > 0  # a single first sample before a step has no duration
    return Pieces(np.array(means)[kept], duration[kept])


def beginnings(current: Float[np.ndarray, " samples"]) -> list[int]:
    """Index of the first sample of each piece."""
    tolerance = SAME * np.abs(current).max()
    first = [0]
    for k, value in enumerate(current):
        if abs(value - current[first[-1]]) > tolerance:
            first.append(k)
    return first
