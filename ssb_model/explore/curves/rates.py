"""Discharges of the full cell at several rates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import HOUR, TO_MA_CM2
from ssb_model.explore.curves.critical import Interval, critical
from ssb_model.explore.curves.interval import line_and_band, lost, measured
from ssb_model.explore.explorer import FEWER, LOOSE, Columns, Explorer
from ssb_model.explore.sliders import State
from ssb_model.library import written
from ssb_model.measurements import (
    LONGEST,
    UNKNOWN,
    WINDOW,
    Cycled,
    cycled_discharge,
    measure,
    one_c_current,
    voltage_curve,
)

RATES = np.array([0.1, 0.2, 0.3, 0.5, 0.8, 1.0])
POINTS = 80  # of a curve


@dataclass(frozen=True, eq=False)
class Rates:
    """Discharges at several rates.

    Attributes
    ----------
    rate
        C-rate.
    capacity, voltage
        mAh/g of active material and V of the most probable point, NaN past the end.
    line, low, high
        Its capacity at the end [mAh/g], and the ends of the central 95 %.
    lost
        How many draws have no answer.
    shorts
        C-rate at which the current density is the critical one, most probable and the ends of its
        central 95 %; None where there is no forecast.
    """

    rate: Float[np.ndarray, " rates"]
    capacity: Float[np.ndarray, "rates points"]
    voltage: Float[np.ndarray, "rates points"]
    line: Float[np.ndarray, " rates"]
    low: Float[np.ndarray, " rates"]
    high: Float[np.ndarray, " rates"]
    lost: int
    shorts: Interval | None

    @property
    def about_shorts(self) -> str:
        """Of rates that a cell may not survive; empty where the forecast lies above all."""
        if self.shorts is None:
            return "No forecast of the rate at which the cell shorts."
        rate, low, high = map(written, self.shorts)
        if self.shorts[1] > self.rate[-1]:
            return ""
        forecast = f"Critical current as forecast: {rate}C (95 %: {low} … {high}C)"
        if self.shorts[0] > self.rate[-1]:
            return f"{forecast}; above it lithium shorts the cell."
        return f"{forecast}; above it lithium shorts the cell; drawn as if it did not."

    def at(self, rate: float) -> tuple[float, float, float]:
        """Capacity at the end of the discharge at one of the rates: line, low and high."""
        [k] = np.flatnonzero(np.isclose(self.rate, rate))
        return self.line[k], self.low[k], self.high[k]


def rates(explorer: Explorer, state: State, superseded: Callable[[], None] = lambda: None) -> Rates:
    """The :class:`Rates` of a state; ``superseded`` is called on the way and may raise."""
    cell = explorer.cells.cells["full"]
    one_c, mass = one_c_current(cell.values)
    columns = explorer.of_cell("full", explorer.columns(state, FEWER))
    capacity, voltage = _curves(explorer, columns, one_c, mass)
    superseded()
    Q = _capacities(explorer, columns, one_c, mass)
    Q = measured([f"capacity at {rate:g}C" for rate in RATES], Q)
    shorts = _shorts(explorer, state, one_c / cell.area)
    return Rates(RATES, capacity, voltage, *line_and_band(Q), lost(Q), shorts)


def _shorts(explorer: Explorer, state: State, one_c: float) -> Interval | None:
    """The critical current density in C-rates; ``one_c`` is in A.m-2."""
    current = critical(explorer, state).current
    if current is None:
        return None
    middle, low, high = (J / (one_c * TO_MA_CM2) for J in current)
    return middle, low, high


def _curves(
    explorer: Explorer, columns: Columns, one_c: float, mass: float
) -> tuple[Float[np.ndarray, "rates points"], Float[np.ndarray, "rates points"]]:
    """Capacity and voltage of the first member to its end, then NaN."""
    first = {name: values[0] for name, values in columns.items()}
    currents = one_c * RATES
    times = np.linspace(0, 1, POINTS + 1)[1:, None] * LONGEST * HOUR / RATES
    inputs = first | {CURRENT: currents}
    start = {"times": times, "state": _discharges(explorer, inputs, RATES).start}
    run = measure(
        voltage_curve, explorer.cells.cells["full"].compiled, inputs, start, tolerances=LOOSE
    )
    times = np.append(times, np.asarray(run.t_end)[None], axis=0).T
    voltages = np.append(np.asarray(run.voltage), np.asarray(run.voltage_end)[None], axis=0).T
    order = np.argsort(times, axis=1)
    times, voltages = (np.take_along_axis(x, order, axis=1) for x in (times, voltages))
    return times * currents[:, None] / HOUR / mass, voltages


def _capacities(
    explorer: Explorer, columns: Columns, one_c: float, mass: float
) -> Float[np.ndarray, "rates members"]:
    """Capacity at the end of every discharge, NaN where it does not end."""
    members = len(next(iter(columns.values())))
    rates = np.tile(RATES, members)
    inputs = {name: np.repeat(values, len(RATES)) for name, values in columns.items()}
    inputs[CURRENT] = one_c * rates
    capacity = np.asarray(_discharges(explorer, inputs, rates).capacity)
    return (capacity / mass).reshape(members, len(RATES)).T


def _discharges(
    explorer: Explorer, inputs: Columns, rates: Float[np.ndarray, " members"]
) -> Cycled:
    """Each after the charge before it, as the predictions' are."""
    cell = explorer.cells.cells["full"]
    return measure(
        cycled_discharge,
        cell.compiled,
        inputs,
        {"c_rate": rates},
        upper=float(cell.values[WINDOW[1]]),
        charge=cell.charge or UNKNOWN,
        tolerances=LOOSE,
    )
