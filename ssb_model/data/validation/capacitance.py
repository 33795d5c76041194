"""Which process a capacitance may belong to, by its decade.

After Irvine, Sinclair and West 1990, for a cell constant of 1 cm-1. **The limits of the decades are
assumed**, overlap, and are a first guess, not an identification. What fills the pellet (bulk, grain
boundaries) scales as C l/A, what lies on its faces as C/A.
"""

from typing import NamedTuple

import numpy as np

from ssb_model.constants import TO_F_CM, TO_F_CM2
from ssb_model.library import one_positive


class CapacitanceClass(NamedTuple):
    """A process and its assumed decades: F.cm-1 for what fills the pellet, F.cm-2 for a face."""

    name: str
    lowest: float
    highest: float
    on_face: bool


CLASSES = (
    CapacitanceClass("bulk", 1e-13, 1e-11, False),
    CapacitanceClass("grain boundaries", 1e-11, 1e-8, False),
    CapacitanceClass("surface layer", 1e-9, 1e-7, True),
    CapacitanceClass("electrode interface", 1e-7, 1e-5, True),
    CapacitanceClass("reaction", 1e-5, np.inf, True),
)


def capacitance_classes(
    capacitance: float, area: float, thickness: float | None = None
) -> tuple[str, ...]:
    """Names of the processes whose assumed decades hold a capacitance.

    Parameters
    ----------
    capacitance
        F.
    area
        Of the cell [m2].
    thickness
        Of the pellet [m]; without it only processes on its faces are considered.

    Raises
    ------
    InputError
        For an area or a thickness that is not positive.

    Examples
    --------
    >>> capacitance_classes(1e-6, area=1e-4)
    ('electrode interface',)
    >>> capacitance_classes(5e-9, area=1e-4, thickness=0.85e-3)
    ('grain boundaries', 'surface layer')
    """
    one_positive(area, "area", "m2")
    face, filling = capacitance / area * TO_F_CM2, None
    if thickness is not None:
        one_positive(thickness, "thickness", "m")
        filling = capacitance * thickness / area * TO_F_CM
    return tuple(one.name for one in CLASSES if _holds(one, face if one.on_face else filling))


def _holds(one: CapacitanceClass, value: float | None) -> bool:
    return value is not None and one.lowest <= value < one.highest
