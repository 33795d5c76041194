"""Critical current density, forecast from the interface resistance."""

from dataclasses import dataclass

import numpy as np

from ssb_model.constants import TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current.forecast import HIGHEST, LOWEST, learned_forecast
from ssb_model.explore.curves.interval import ENDS
from ssb_model.explore.curves.resistances import resistances

EVEN = (np.arange(25) + 0.5) / 25  # probabilities


@dataclass(frozen=True, eq=False)
class Critical:
    """Where the state lies: (most probable, low, high) of each.

    Attributes
    ----------
    resistance, cell_resistance : tuple of float
        Of both faces, and of the whole cell [ohm cm2].
    current : tuple of float or None
        Critical current density [mA/cm2]; None for resistances the forecast has no answer to.
    measured : float or None
        As the coating's file states it [mA/cm2], as long as nothing of the face was moved.
    """

    resistance: tuple
    cell_resistance: tuple
    current: tuple | None
    measured: float | None


def critical(explorer, state):
    """The :class:`Critical` of a state."""
    found = resistances(explorer, state)
    R = found["interface"]
    known = (R >= LOWEST) & (R <= HIGHEST)
    current = None
    if known[0] and known[1:].any():
        forecast = explorer.forecast
        J = forecast.quantile(R[known, None], EVEN) * TO_MA_CM2
        middle = forecast.quantile(R[:1], 0.5) * TO_MA_CM2
        current = (float(middle[0]), *map(float, np.percentile(J, ENDS)))
    return Critical(
        resistance=_with_ends(R * TO_OHM_CM2),
        cell_resistance=_with_ends(found["cell"] * TO_OHM_CM2),
        current=current,
        measured=_measured(explorer, state),
    )


def forecast_band(resistances):
    """Median and 95 % interval of the forecast [mA/cm2] (3, n) at resistances [ohm cm2]."""
    R, forecast = np.asarray(resistances) / TO_OHM_CM2, learned_forecast()
    return np.stack([forecast.quantile(R, p) * TO_MA_CM2 for p in (0.5, 0.025, 0.975)])


def _with_ends(values):
    return (float(values[0]), *map(float, np.percentile(values[1:], ENDS)))


def _measured(explorer, state):
    stated = explorer.coating.critical_current
    touched = any(explorer.sliders[name].part in ("coating", "conditions") for name in state.moved)
    return None if stated is None or touched else stated.value * TO_MA_CM2
