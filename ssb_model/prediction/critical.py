"""Critical current density of a coating: forecast from its resistance, or as measured.

The forecast is learnt from the library of published coatings (:mod:`..critical_current.forecast`).
Beside it stands what each law says that is forced through the founding experiment's two cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.constants import TO_MA_CM2, TO_S_CM
from ssb_model.critical_current import (
    MeasuredCell,
    calibrate,
    electron_supply,
    leakage_factor,
)
from ssb_model.critical_current.forecast import learned_forecast
from ssb_model.errors import InputError
from ssb_model.prediction.coated_cells import face_name
from ssb_model.prediction.draws import CURRENT_SCATTER
from ssb_model.prediction.questions import CRITICAL_CURRENT

if TYPE_CHECKING:
    from ssb_model.prediction.draws import Draws
    from ssb_model.prediction.files import Coating

SUPPLY = "electron supply at the garnet"
LEAKING = f"{CRITICAL_CURRENT} with leakage"

#: values of all draws, and their unit
Answer = tuple[Float[np.ndarray, " draws"], str]


def critical_currents(
    coating: Coating,
    draws: Draws,
    resistance: Float[np.ndarray, " draws"],
    founding: Sequence[Coating],
    garnet_resistance: float,
    strength: float | None = None,
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
        [Ohm.m2]
    strength
        Leakage strength [S.m-1]; without one electrons do no harm.

    Raises
    ------
    InputError
        If a strength is given for a layer that does not cover the garnet.
    """
    J = _density(coating, draws, resistance)
    answers = {CRITICAL_CURRENT: (J * TO_MA_CM2, "mA/cm2")}
    answers |= _by_law(resistance, founding, garnet_resistance)
    if coating.layered and not coating.partial:
        name = face_name("layer electronic conductivity", "S.m-1")
        supply = np.asarray(electron_supply(draws.columns()[name]))
        answers[SUPPLY] = (supply * TO_S_CM, "S/cm")
        if strength is not None:
            answers[LEAKING] = (J * leakage_factor(supply, strength) * TO_MA_CM2, "mA/cm2")
    elif strength is not None:
        raise InputError(
            f"{coating.path}: leakage needs a layer that covers the garnet: where lithium touches "
            "it, lithium supplies the electrons. Leave the leakage strength out."
        )
    return answers


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


def _density(
    coating: Coating, draws: Draws, resistance: Float[np.ndarray, " draws"]
) -> Float[np.ndarray, " draws"]:
    """Critical current density [A.m-2]."""
    normal = draws.own[CURRENT_SCATTER]
    if coating.critical_current is not None:
        centre, sd = coating.critical_current
        return np.exp(centre + sd * normal)
    return learned_forecast().draw(resistance, ndtr(normal))
