"""Critical current density of a coating: forecast from its resistance, or as measured.

The forecast is learnt from the library of published coatings (:mod:`..critical_current.forecast`).
Beside it stands what each law says that is forced through the founding experiment's two cells.
"""

import numpy as np
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

SUPPLY = "electron supply at the garnet"
LEAKING = f"{CRITICAL_CURRENT} with leakage"


def critical_currents(coating, draws, resistance, founding, garnet_resistance, strength=None):
    """Answers by name: arrays (n,) and their units.

    Parameters
    ----------
    coating : Coating
    draws : Draws
    resistance : array (n,)
        Sum of both faces [Ohm.m2].
    founding : sequence of two Coating
        Bare and coated, that the laws are forced through.
    garnet_resistance : float
        [Ohm.m2]
    strength : float, optional
        Leakage strength [S.m-1]; without one electrons do no harm.
    """
    J = _density(coating, draws, resistance)
    found = {CRITICAL_CURRENT: (J * TO_MA_CM2, "mA/cm2")}
    laws = calibrate(
        [MeasuredCell(c.resistance.value, c.critical_current.value) for c in founding],
        garnet_resistance,
    )
    for name, law in laws.items():
        reachable = np.clip(resistance, *law.resistance_range)
        by_law = np.asarray(law.current_density(reachable)) * TO_MA_CM2
        found[f"{CRITICAL_CURRENT}, law {name} through the founding cells"] = (by_law, "mA/cm2")
    if coating.layered and not coating.partial:
        name = face_name("layer electronic conductivity", "S.m-1")
        supply = electron_supply(draws.columns()[name])
        found[SUPPLY] = (supply * TO_S_CM, "S/cm")
        if strength is not None:
            found[LEAKING] = (J * leakage_factor(supply, strength) * TO_MA_CM2, "mA/cm2")
    elif strength is not None:
        raise InputError(
            f"{coating.path}: leakage needs a layer that covers the garnet: where lithium touches "
            "it, lithium supplies the electrons. Leave the leakage strength out."
        )
    return found


def _density(coating, draws, resistance):
    normal = draws.own[CURRENT_SCATTER]
    if coating.critical_current is not None:
        centre, sd = coating.critical_current
        return np.exp(centre + sd * normal)
    return learned_forecast().draw(resistance, ndtr(normal))
