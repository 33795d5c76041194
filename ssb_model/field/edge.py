"""The current density at the very edge of a contact, and the limit of infinitely fine pixels.

With a contact resistance the current at an edge is finite, and reached steeply: the parabola
through the three pixels next to the edge is read half a pixel beyond the first. Without one it is
singular, as distance to the power -1/2, and there is no edge value.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import InputError
from ssb_model.field.result import ContactField

Value = TypeVar("Value", float, np.ndarray)


def edge_current_density(field: ContactField, line: int | None = None) -> float:
    """Largest current density at the edges of the contacts along one line of pixels [A.m-2].

    Parameters
    ----------
    field
        With a contact resistance.
    line
        Pixel in the second direction of a face; its middle where not given.

    Raises
    ------
    InputError
        At a perfect contact, or where no contact of three pixels ends on the line.
    """
    line = field._line(line)
    contact, current = (
        values if line is None else values[:, line]
        for values in (field.contact, field.current_density)
    )
    resistance = np.broadcast_to(field.contact_resistance, field.contact.shape)
    if (resistance[field.contact] == 0).any():
        raise InputError(
            "The current density at the edge of a perfect contact is unbounded; give a contact "
            "resistance, or read current_density at a distance from the edge."
        )
    return float(max(_at_edges(contact, current), _at_edges(contact[::-1], current[::-1])))


def _at_edges(contact: Bool[np.ndarray, " n"], current: Float[np.ndarray, " n"]) -> float:
    """Largest value at edges whose contact lies towards higher indices."""
    starts = contact & ~np.roll(contact, 1) & np.roll(contact, -1) & np.roll(contact, -2)
    if not starts.any():
        raise InputError("No contact of at least three pixels ends on this line; choose another.")
    edge = (15 * current - 10 * np.roll(current, -1) + 3 * np.roll(current, -2)) / 8
    return float(edge[starts].max())


def richardson(coarse: Value, fine: Value, order: int = 2) -> Value:
    """Limit of infinitely fine pixels from values on pixels of width 2 h and h.

    The error is taken to fall with h to the power ``order``: 2 for edges along the lattice, 1 for
    contacts with curved edges.

    >>> richardson(1.04, 1.01)
    1.0
    """
    return fine + (fine - coarse) / (2**order - 1)
