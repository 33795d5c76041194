r"""A full cell that is charged above its critical current.

Lithium is plated on charge. At a current density :math:`J` above the critical one, :math:`J_c`,
filaments have crossed the garnet when the charge passed above it is the filament charge
:math:`q_f` (:mod:`ssb_model.cells.short_circuit`, whose solution at constant current this is),

.. math::

    n \, Q \, (1 - J_c/J) \ge q_f,

with :math:`Q` [C.m-2] the charge of each of :math:`n` charges. Contact that is lost in use would
lower :math:`J_c` further: those that short are the least that do.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike


def shorted_on_charge(
    charge: ArrayLike,
    current_density: ArrayLike,
    critical_current_density: ArrayLike,
    filament_charge: ArrayLike,
    charges: float = 1.0,
) -> Bool[np.ndarray, " cells"]:
    """Whether each cell has shorted.

    Parameters
    ----------
    charge
        Of one charge [C.m-2].
    current_density, critical_current_density
        [A.m-2]
    filament_charge
        Above the critical current density, that shorts the cell [C.m-2].
    charges
        Their number.

    Examples
    --------
    3 mAh/cm2 at 1.0 mA/cm2, twice the critical current density, and a filament charge of 1 mAh/cm2:

    >>> bool(shorted_on_charge(3 * 36.0, 10.0, 5.0, 1 * 36.0))
    True
    """
    Q, J, J_c, q_f = map(
        np.asarray, (charge, current_density, critical_current_density, filament_charge)
    )
    above: Float[np.ndarray, " cells"] = charges * Q * np.maximum(1 - J_c / J, 0.0)
    return above >= q_f
