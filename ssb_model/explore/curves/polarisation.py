"""Voltage of the symmetric cell after an hour at constant current."""

from dataclasses import dataclass

import numpy as np

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MA_CM2, HOUR, TO_MV
from ssb_model.explore.curves.interval import line_and_band, lost
from ssb_model.explore.explorer import FEWER, LOOSE
from ssb_model.measurements import measure, polarisation

CURRENTS = np.array([0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0])  # mA/cm2
DURATION = HOUR


@dataclass(frozen=True, eq=False)
class Polarisation:
    """current [mA/cm2], line, low and high [mV], all (currents,); how many draws have no answer."""

    current: np.ndarray
    line: np.ndarray
    low: np.ndarray
    high: np.ndarray
    lost: int

    def at(self, current):
        """line, low and high at one of the currents."""
        [k] = np.flatnonzero(np.isclose(self.current, current))
        return self.line[k], self.low[k], self.high[k]


def polarisation_curve(explorer, state):
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
    V = np.abs(V[0].reshape(members, currents).T) * TO_MV
    return Polarisation(CURRENTS, *line_and_band(V), lost(V))
