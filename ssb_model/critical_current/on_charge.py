r"""A full cell that is charged above its critical current.

Lithium is plated on charge. At a current density :math:`J` above the critical one, :math:`J_c`,
filaments have crossed the garnet when the charge passed above it is the filament charge
:math:`q_f` (:mod:`ssb_model.cells.short_circuit`, whose solution at constant current this is),

.. math::

    n \, Q \, (1 - J_c/J) \ge q_f,

with :math:`Q` [C.m-2] the charge of each of :math:`n` charges: each uses up the share
:math:`Q (1 - J_c/J) / q_f` of what the garnet bears. Contact that is lost in use would
lower :math:`J_c` further: those that short are the least that do.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike


def filament_share(
    charge: ArrayLike,
    current_density: ArrayLike,
    critical_current_density: ArrayLike,
    filament_charge: ArrayLike,
) -> Float[np.ndarray, " cells"]:
    """Share of the filament charge that one charge uses up: a cell has shorted after as many
    charges as sum up to 1. It is 0 below the critical current density.

    Parameters
    ----------
    charge
        Of one charge [C.m-2].
    current_density, critical_current_density
        [A.m-2]
    filament_charge
        Above the critical current density, that shorts the cell [C.m-2].

    Examples
    --------
    3 mAh/cm2 at 1.0 mA/cm2, twice the critical current density, and a filament charge of 3 mAh/cm2:

    >>> float(filament_share(3 * 36.0, 10.0, 5.0, 3 * 36.0))
    0.5
    """
    Q, J, J_c, q_f = map(
        np.asarray, (charge, current_density, critical_current_density, filament_charge)
    )
    return Q * np.maximum(1 - J_c / J, 0.0) / q_f


def surviving(share: Float[np.ndarray, " cells"], charges: ArrayLike) -> Float[np.ndarray, ...]:
    """Survival curve: how many of the cells [%] have not shorted after so many charges.

    Parameters
    ----------
    share
        Of its filament charge that each cell uses up in a charge (:func:`filament_share`).
    charges
        Their number, of any shape, which is that of the result.

    Examples
    --------
    >>> surviving(np.array([0.0, 0.5]), [1, 2]).tolist()
    [100.0, 50.0]
    """
    return 100 * np.mean(np.asarray(charges, dtype=float)[..., None] * share < 1, axis=-1)
