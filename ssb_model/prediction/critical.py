"""Critical current density of a coating: forecast from its resistance, or as measured.

The forecast is learnt from published cells (:mod:`..critical_current.field_model`) and conditioned
on those of the batch that the coating's file has. Beside it stands what each law says that is
forced through the founding experiment's two cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.constants import TO_MA_CM2, TO_S_CM
from ssb_model.critical_current import (
    LayerWays,
    MeasuredCell,
    borne_with_plating,
    calibrate,
    electron_supply,
)
from ssb_model.errors import InputError
from ssb_model.prediction.coated_cells import face_name
from ssb_model.prediction.draws import CURRENT_SCATTER
from ssb_model.prediction.field import forecast_for
from ssb_model.prediction.questions import CRITICAL_CURRENT

if TYPE_CHECKING:
    from ssb_model.prediction.draws import Draws
    from ssb_model.prediction.files import Coating

FOUNDING_GARNET = 119.7e-4  # Ohm.m2: 13 mV at 0.1 mA/cm2, less 10.3 ohm cm2 of the faces
SUPPLY = "electron supply at the garnet"
PLATING = f"{CRITICAL_CURRENT} with lithium below the layer"

#: values of all draws, and their unit
Answer = tuple[Float[np.ndarray, " draws"], str]


def critical_currents(
    coating: Coating,
    draws: Draws,
    resistance: Float[np.ndarray, " draws"],
    founding: Sequence[Coating],
    garnet_resistance: float,
    nucleation: float | None = None,
) -> dict[str, Answer]:
    """Critical currents and the electron supply, by name.

    Parameters
    ----------
    coating
        What is predicted.
    draws
        Of all that is uncertain.
    resistance
        Sum of both faces [Ohm.m2].
    founding
        Bare and coated, that the laws are forced through.
    garnet_resistance
        Of the founding cells, not of the cell that is predicted [Ohm.m2].
    nucleation
        Overpotential above which lithium nucleates below a layer [V]; without one it does not.

    Raises
    ------
    InputError
        If it is given for a layer that does not cover the garnet.
    """
    J = critical_current_density(coating, draws, resistance)
    answers = {CRITICAL_CURRENT: (J * TO_MA_CM2, "mA/cm2")}
    answers |= _by_law(resistance, founding, garnet_resistance)
    if coating.layered and not coating.partial:
        columns = draws.columns()
        s_e = columns[face_name("layer electronic conductivity", "S.m-1")]
        answers[SUPPLY] = (np.asarray(electron_supply(s_e)) * TO_S_CM, "S/cm")
        if nucleation is not None:
            ways = LayerWays(resistance / 2, columns[face_name("layer thickness", "m")] / s_e)
            borne = np.asarray(borne_with_plating(J, ways, nucleation, _bare(founding)))
            answers[PLATING] = (borne * TO_MA_CM2, "mA/cm2")
    elif nucleation is not None:
        raise InputError(
            f"{coating.path}: lithium can plate below a layer that covers the garnet alone: leave "
            "the nucleation overpotential out."
        )
    return answers


def _bare(founding: Sequence[Coating]) -> float:
    """What lithium on bare garnet bears [A.m-2]."""
    return next(c.critical_current.value for c in founding if c.critical_current and not c.layered)


def _by_law(
    resistance: Float[np.ndarray, " draws"], founding: Sequence[Coating], garnet_resistance: float
) -> dict[str, Answer]:
    """What each law says that is forced through the founding cells."""
    cells = [
        MeasuredCell(c.resistance.value, c.critical_current.value)
        for c in founding
        if c.resistance and c.critical_current
    ]
    answers = {}
    for name, law in calibrate(cells, garnet_resistance).items():
        J = np.asarray(law.current_density(np.clip(resistance, *law.resistance_range)))
        question = f"{CRITICAL_CURRENT}, law {name} through the founding cells"
        answers[question] = (J * TO_MA_CM2, "mA/cm2")
    return answers


def critical_current_density(
    coating: Coating, draws: Draws, resistance: Float[np.ndarray, " draws"]
) -> Float[np.ndarray, " draws"]:
    """Critical current density [A.m-2] of each draw: as measured, or forecast from its interface
    resistance [Ohm.m2]."""
    normal = draws.own[CURRENT_SCATTER]
    if coating.critical_current is not None:
        centre, sd = coating.critical_current
        return np.exp(centre + sd * normal)
    return forecast_for(coating).draw(resistance, ndtr(normal))
