"""Current in the garnet below one contact of the face.

One disc in a square cell of the same area as the model's circle, with the model's contact fraction
and spacing. What the face resists beyond constriction is spread over the contact. Of the most
probable point alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.cells import constriction_resistance
from ssb_model.constants import TO_OHM_CM2, TO_UM
from ssb_model.explore.curves.resistances import resistances
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State
from ssb_model.field import contact_field, disc

PIXELS, DEPTHS = 192, 64
DEEPEST = 0.6  # of the period


@dataclass(frozen=True, eq=False)
class Contact:
    """Cut through the middle of a contact.

    Attributes
    ----------
    width, depth
        Of the picture [um].
    ratio
        Size of the current density over its mean; the first row is at the face.
    touching
        Where lithium touches along the cut.
    focusing
        Largest over mean current density at the face.
    fraction
        Contact fraction.
    constriction
        Constriction resistance of both faces [ohm cm2].
    """

    width: float
    depth: float
    ratio: Float[np.ndarray, "depths pixels"]
    touching: Bool[np.ndarray, " pixels"]
    focusing: float
    fraction: float
    constriction: float


class _Face(TypedDict):
    """What :func:`~ssb_model.field.contact_field` takes besides the pixels."""

    period: float
    conductivity: float
    thickness: float
    contact_resistance: float


def contact(explorer: Explorer, state: State) -> Contact:
    """The :class:`Contact` of a state.

    Raises
    ------
    InputError
        For a contact smaller than a pixel.
    """
    fraction, face = _face(explorer, state)
    pixels = disc((PIXELS, PIXELS), fraction)
    field = contact_field(pixels, **face).at_current_density(1.0)
    depth = min(DEEPEST * field.period[0], face["thickness"])
    cut = field.cut(np.linspace(0, depth, DEPTHS))
    return Contact(
        width=TO_UM * field.period[0],
        depth=TO_UM * depth,
        ratio=np.hypot(cut.along, cut.down),
        touching=np.asarray(field.contact[:, PIXELS // 2], dtype=bool),
        focusing=field.focusing_factor,
        fraction=field.contact_fraction,
        constriction=2 * TO_OHM_CM2 * field.constriction_resistance,
    )


def _face(explorer: Explorer, state: State) -> tuple[float, _Face]:
    """The contact fraction, and the face around it."""
    values = explorer.values(state)
    fraction, spacing = values["contact fraction"], values["contact spacing"]
    thickness = explorer.first("Garnet thickness [m]", state)
    R = {name: float(x[0]) for name, x in resistances(explorer, state).items()}
    conductivity = thickness / R["garnet"]
    funnel = constriction_resistance(fraction, spacing, conductivity)
    return fraction, {
        "period": spacing * np.sqrt(np.pi) / 2,
        "conductivity": conductivity,
        "thickness": thickness,
        "contact_resistance": fraction * (R["interface"] / 2 - funnel),
    }
