"""Critical current density, forecast from the interface resistance that the cell has at 25 degC.

At the state's own temperature it follows its own activation energy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from ssb_model.constants import ROOM_TEMPERATURE, TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HIGHEST, LOWEST, FieldForecast
from ssb_model.explore.curves.interval import line_and_band, measured
from ssb_model.explore.curves.resistances import resistances
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State

EVEN = (np.arange(25) + 0.5) / 25  # probabilities
Interval: TypeAlias = tuple[float, float, float]  #: most probable value, low and high end


@dataclass(frozen=True, eq=False)
class Critical:
    """Where the state lies.

    Attributes
    ----------
    resistance, cell_resistance
        Of both faces, and of the whole cell [ohm cm2].
    current
        Critical current density [mA/cm2]; None for resistances the forecast has no answer to.
    measured
        As the coating's file states it [mA/cm2], as long as nothing of the face was moved.
    own
        Of cells of one's own: resistance [ohm cm2], critical current [mA/cm2] and name.
    """

    resistance: Interval
    cell_resistance: Interval
    current: Interval | None
    measured: float | None
    own: tuple[tuple[float, float, str], ...] = ()


def critical(explorer: Explorer, state: State) -> Critical:
    """The :class:`Critical` of a state."""
    at_rest = resistances(explorer, state)
    R = resistances(explorer, state, ROOM_TEMPERATURE)["interface"]
    known = (R >= LOWEST) & (R <= HIGHEST)
    current = None
    if known[0] and known[1:].any():
        forecast, factor = explorer.forecast, explorer.activation(state)
        J = forecast.quantile(R[known, None], EVEN) * TO_MA_CM2 * factor[known, None]
        middle = forecast.quantile(R[:1], 0.5) * TO_MA_CM2 * factor[0]
        low, high = np.percentile(J, (2.5, 97.5))
        current = float(middle[0]), float(low), float(high)
    return Critical(
        resistance=_with_ends("interface resistance", at_rest["interface"]),
        cell_resistance=_with_ends("cell resistance", at_rest["cell"]),
        current=current,
        measured=_measured(explorer, state),
        own=tuple(_places(explorer)),
    )


def _places(explorer: Explorer) -> Iterator[tuple[float, float, str]]:
    """Of cells of one's own with both numbers, of both faces where that is known."""
    for row in explorer.coating.known.rows:
        if row.R and row.J:
            both = 1.0 if row.faces == "unknown" else 2 / row.faces
            yield both * row.R.value * TO_OHM_CM2, row.J.value * TO_MA_CM2, row.name


def forecast_band(forecast: FieldForecast, resistances: ArrayLike) -> Float[np.ndarray, "3 points"]:
    """Median and 95 % interval of the forecast [mA/cm2] at resistances [ohm cm2]."""
    R = np.asarray(resistances) / TO_OHM_CM2
    return np.stack([forecast.quantile(R, p) * TO_MA_CM2 for p in (0.5, 0.025, 0.975)])


def _with_ends(name: str, R: Float[np.ndarray, " members"]) -> Interval:
    line, low, high = line_and_band(measured([name], TO_OHM_CM2 * R[None]))
    return float(line[0]), float(low[0]), float(high[0])


def _measured(explorer: Explorer, state: State) -> float | None:
    stated = explorer.coating.critical_current
    touched = any(explorer.sliders[name].part in ("coating", "conditions") for name in state.moved)
    return None if stated is None or touched else stated.value * TO_MA_CM2
