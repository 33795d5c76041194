"""Current in the garnet below one contact of the face.

One disc in a square cell of the same area as the model's circle, with the model's contact fraction
and spacing. What the face resists beyond constriction is spread over the contact. Of the most
probable point alone.
"""

from dataclasses import dataclass

import numpy as np

from ssb_model.cells import constriction_resistance
from ssb_model.constants import TO_OHM_CM2, TO_UM
from ssb_model.explore.curves.resistances import resistances
from ssb_model.field import contact_field, disc

PIXELS, DEPTHS = 192, 64
DEEPEST = 0.6  # of the period
UNIFORM = 0.999  # of the face: all of it touches


@dataclass(frozen=True, eq=False)
class Contact:
    """Cut through the middle of a contact.

    Attributes
    ----------
    width, depth : float
        Of the picture [um].
    ratio : array (depths, pixels)
        Size of the current density over its mean; the first row is at the face.
    touching : array of bool (pixels,)
        Where lithium touches along the cut.
    focusing : float
        Largest over mean current density at the face.
    fraction : float
        Contact fraction.
    constriction : float
        Constriction resistance of both faces [ohm cm2].
    """

    width: float
    depth: float
    ratio: np.ndarray
    touching: np.ndarray
    focusing: float
    fraction: float
    constriction: float


def contact(explorer, state):
    """The :class:`Contact` of a state.

    Raises
    ------
    InputError
        For a contact smaller than a pixel.
    """
    face = _face(explorer, state)
    pixels = disc((PIXELS, PIXELS), face.pop("fraction"))
    field = contact_field(pixels, **face).at_current_density(1.0)
    depth = min(DEEPEST * field.period[0], field.thickness)
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


def _face(explorer, state):
    """What :func:`~ssb_model.field.contact_field` takes, and the contact fraction."""
    values = explorer.values(state)
    fraction, spacing = values["contact fraction"], values["contact spacing"]
    thickness = explorer.first("Garnet thickness [m]", state)
    found = {name: float(x[0]) for name, x in resistances(explorer, state).items()}
    conductivity = thickness / found["garnet"]
    funnel = constriction_resistance(fraction, spacing, conductivity)
    return {
        "fraction": fraction,
        "period": spacing * np.sqrt(np.pi) / 2,
        "conductivity": conductivity,
        "thickness": thickness,
        "contact_resistance": fraction * (found["interface"] / 2 - funnel),
    }
