"""Voltage of the symmetric cell after an hour at constant current."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MA_CM2, HOUR, TO_MV
from ssb_model.explore.curves.interval import line_and_band, lost, measured
from ssb_model.explore.explorer import FEWER, LOOSE, Explorer
from ssb_model.explore.sliders import State
from ssb_model.measurements import measure, polarisation

CURRENTS = np.array([0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0])  # mA/cm2
DURATION = HOUR


@dataclass(frozen=True, eq=False)
class Polarisation:
    """Current density [mA/cm2]; most probable voltage and the ends of its 95 % [mV]; how many draws
    have no answer."""

    current: Float[np.ndarray, " currents"]
    line: Float[np.ndarray, " currents"]
    low: Float[np.ndarray, " currents"]
    high: Float[np.ndarray, " currents"]
    lost: int

    def at(self, current: float) -> tuple[float, float, float]:
        """line, low and high at one of the currents."""
        [k] = np.flatnonzero(np.isclose(self.current, current))
        return self.line[k], self.low[k], self.high[k]


def polarisation_curve(explorer: Explorer, state: State) -> Polarisation:
    """The :class:`Polarisation` of a state."""
    cell = explorer.cells.cells["symmetric"]
    columns = explorer.columns(state, FEWER)
    members, currents = len(next(iter(columns.values()))), len(CURRENTS)
    inputs = explorer.of_cell(
        "symmetric", {name: np.repeat(x, currents) for name, x in columns.items()}
    )
    inputs[CURRENT] = np.tile(CURRENTS * FROM_MA_CM2 * cell.area, members)
    times = np.full((1, members * currents), DURATION)
    V, _ = measure(polarisation, cell.compiled, inputs, {"times": times}, tolerances=LOOSE)
    V = np.abs(np.asarray(V)[0].reshape(members, currents).T) * TO_MV
    V = measured([f"polarisation at {J:g} mA/cm2" for J in CURRENTS], V)
    return Polarisation(CURRENTS, *line_and_band(V), lost(V))
