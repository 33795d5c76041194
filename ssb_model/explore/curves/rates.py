"""Discharges of the full cell at several rates."""

from dataclasses import dataclass

import numpy as np

from ssb_model.compiled import CURRENT
from ssb_model.constants import HOUR
from ssb_model.explore.curves.interval import line_and_band, lost
from ssb_model.explore.explorer import FEWER, LOOSE
from ssb_model.measurements import (
    LONGEST,
    discharge_capacity,
    measure,
    one_c_current,
    voltage_curve,
)

RATES = np.array([0.1, 0.2, 0.3, 0.5, 0.8, 1.0])
POINTS = 80  # of a curve


@dataclass(frozen=True, eq=False)
class Rates:
    """Discharges at rates (N,): capacity [mAh/g of active material] and voltage [V] of the most
    probable point (N, points), NaN past the end; its capacity at the end, with low and high (N,);
    how many draws have no answer."""

    rate: np.ndarray
    capacity: np.ndarray
    voltage: np.ndarray
    line: np.ndarray
    low: np.ndarray
    high: np.ndarray
    lost: int

    def at(self, rate):
        """Capacity at the end of the discharge at one of the rates: line, low and high."""
        [k] = np.flatnonzero(np.isclose(self.rate, rate))
        return self.line[k], self.low[k], self.high[k]


def rates(explorer, state, superseded=lambda: None):
    """The :class:`Rates` of a state; ``superseded`` is called on the way and may raise."""
    cell = explorer.cells.cells["full"]
    one_c, mass = one_c_current(cell.values)
    columns = explorer.of_cell("full", explorer.columns(state, FEWER))
    capacity, voltage = _curves(cell.compiled, columns, one_c, mass)
    superseded()
    Q = _capacities(cell.compiled, columns, one_c, mass)
    return Rates(RATES, capacity, voltage, *line_and_band(Q), lost(Q))


def _curves(compiled, columns, one_c, mass):
    """Capacity and voltage (rates, points) of the first member to its end, then NaN."""
    inputs = {name: values[0] for name, values in columns.items()} | {CURRENT: one_c * RATES}
    times = np.linspace(0, 1, POINTS + 1)[1:, None] * LONGEST * HOUR / RATES
    run = measure(voltage_curve, compiled, inputs, {"times": times}, tolerances=LOOSE)
    times = np.append(times, run.t_end[None], axis=0).T
    voltages = np.append(run.voltage, run.voltage_end[None], axis=0).T
    order = np.argsort(times, axis=1)
    times, voltages = (np.take_along_axis(x, order, axis=1) for x in (times, voltages))
    return times * inputs[CURRENT][:, None] / HOUR / mass, voltages


def _capacities(compiled, columns, one_c, mass):
    """Capacity at the end of every discharge (rates, members), NaN where it does not end."""
    members = len(next(iter(columns.values())))
    rates = np.tile(RATES, members)
    inputs = {name: np.repeat(values, len(RATES)) for name, values in columns.items()}
    inputs[CURRENT] = one_c * rates
    charge, _ = measure(discharge_capacity, compiled, inputs, {"c_rate": rates}, tolerances=LOOSE)
    return (charge / mass).reshape(members, len(RATES)).T
