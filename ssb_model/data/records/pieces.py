"""A record of a current that is switched, as pieces of one current each."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float

REST = 0.005  # of the largest current: below it the cell rests
SWITCH = 0.005  # of the current itself: a smaller change is noise of the source
NOISES = 6.0  # times the scatter of the current: a larger change is a switch
WHOLE = 3  # samples: fewer are the averages that an instrument stores while it switches


@dataclass(frozen=True)
class Piece:
    """Rows `begin` to `end` (not included) of a record, all at one current [A], signed."""

    begin: int
    end: int
    current: float


def pieces_of(current: Float[np.ndarray, " samples"]) -> list[Piece]:
    """The pieces of a record in which current flows; rests and switching are left out."""
    flows = np.abs(current) > REST * np.abs(current).max(initial=0.0)
    edges = np.flatnonzero(_switched(current) | (flows[1:] != flows[:-1])) + 1
    found = [
        Piece(begin, end, float(np.median(current[begin:end])))
        for begin, end in pairwise([0, *edges.tolist(), len(current)])
        if flows[begin]
    ]
    long = [piece for piece in found if piece.end - piece.begin >= WHOLE]
    return long if 2 * len(long) > len(found) else found


def _switched(current: Float[np.ndarray, " samples"]) -> Bool[np.ndarray, " changes"]:
    change = np.abs(np.diff(current))
    scatter = 1.4826 * np.median(change) / np.sqrt(2)
    larger = np.maximum(np.abs(current[1:]), np.abs(current[:-1]))
    return change > np.maximum(SWITCH * larger, NOISES * scatter)


def steps_of(pieces: list[Piece]) -> list[tuple[int, int]]:
    """(begin, end) among the pieces of each step: pieces of one size, whatever their sign."""
    size = np.abs([piece.current for piece in pieces])
    new = np.abs(np.diff(size)) > 2 * SWITCH * np.maximum(size[1:], size[:-1])
    return list(pairwise([0, *(np.flatnonzero(new) + 1).tolist(), len(pieces)]))
