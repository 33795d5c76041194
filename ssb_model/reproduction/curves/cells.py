"""Curves of the fitted cells for the figures: plain arrays in experimenters' units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from ssb_model.compiled import CURRENT
from ssb_model.constants import HOUR, ROOM_TEMPERATURE, TO_MV, TO_OHM_CM2
from ssb_model.fitting import Fit
from ssb_model.measurements import (
    CYCLES,
    INTERFACE,
    LONGEST,
    POLARISATION,
    TEMPERATURE,
    UNKNOWN,
    WINDOW,
    Cycled,
    constant_current,
    cycled_discharge,
    measure,
    one_c_current,
    resistances_at_rest,
    voltage_curve,
)
from ssb_model.reproduction.protocol import CellProtocol
from ssb_model.reproduction.study import (
    BARE,
    COATED,
    CYCLING_CELL,
    RATE_CELL,
    inputs_of,
    spectra_of,
)

if TYPE_CHECKING:
    from ssb_model.study import Study, StudyCell

Values: TypeAlias = Mapping[str, float]  #: fitted values by label
FREQUENCIES = np.logspace(7, -3, 121)
CATHODE_RESISTANCE = "Cathode-side resistance [Ohm.m2]"


def all_curves(study: Study, protocol: CellProtocol, fit: Fit) -> dict[str, dict[str, Any]]:
    """The data of every figure, by figure name."""
    values = fit.parameters
    return {
        "nyquist": nyquist(study, values),
        "arrhenius": arrhenius(study, values),
        "polarisation": cycling(study, protocol, values),
        "rate": rates(study, protocol, values),
        "fade": fade(study, protocol, values),
        "profiles": profiles(study, protocol, values),
    }


def nyquist(study: Study, values: Values) -> dict[str, Any]:
    """Impedance [ohm cm2] of the bare and the coated symmetric cell, bulk relaxation included."""
    spectra = {"frequency": FREQUENCIES}
    for name in (BARE, COATED):
        cell = study.cells[name]
        relaxing = {**cell.options, "garnet permittivity": "bulk and grain boundary"}
        whole = replace(cell, options=relaxing)
        spectra[name] = spectra_of(whole, inputs_of(study, name, values), FREQUENCIES)[0]
    return spectra


def arrhenius(
    study: Study, values: Values, temperatures: ArrayLike | None = None
) -> dict[str, Any]:
    """Interface resistances [ohm cm2] against temperature [K]."""
    T = np.linspace(290, 360, 15) if temperatures is None else np.asarray(temperatures)
    curves = {"temperature": T}
    for name in (BARE, COATED):
        inputs = inputs_of(study, name, values) | {TEMPERATURE: T}
        R = measure(resistances_at_rest, study.cells[name].compiled, inputs)
        curves[name] = np.asarray(R["interface"]) * TO_OHM_CM2
    return curves


def cycling(study: Study, protocol: CellProtocol, values: Values) -> dict[str, Any]:
    """Polarisation [mV] and growth of resistance [ohm cm2] against time [h] at each current."""
    hours = np.concatenate([[1e-3], np.linspace(1, max(protocol.hours), 200)])
    cell, inputs = study.cells[COATED], inputs_of(study, COATED, values)
    inputs[CURRENT] = np.array(protocol.currents) * cell.area
    times = np.tile(hours[:, None] * HOUR, len(protocol.currents))
    voltage, resistance = (
        measure(constant_current, cell.compiled, inputs, {"times": times}, output=name).value.T
        for name in (POLARISATION, INTERFACE)
    )
    resistance = resistance * TO_OHM_CM2
    return {
        "hours": hours,
        "current": np.array(protocol.currents) / 10,
        "polarisation": voltage * TO_MV,
        "growth": resistance - resistance[:, :1],
        "lives": np.array(protocol.hours),
    }


def _capacity(
    cell: StudyCell, inputs: Mapping[str, ArrayLike], rates: ArrayLike
) -> Float[np.ndarray, " rates"]:
    """Discharge capacity [mAh/g] at each C-rate; NaN where no cut-off is reached."""
    _, mass = one_c_current(cell.values)
    return np.asarray(_discharges(cell, inputs, np.asarray(rates, dtype=float)).capacity) / mass


def _discharges(
    cell: StudyCell, inputs: Mapping[str, ArrayLike], rates: Float[np.ndarray, " rates"]
) -> Cycled:
    """Discharges after the charges that the cell's rate test has."""
    one_c, _ = one_c_current(cell.values)
    upper = float(cell.values[WINDOW[1]])
    under = {**inputs, CURRENT: one_c * rates}
    charge = cell.charge or UNKNOWN
    columns = {"c_rate": rates}
    return measure(cycled_discharge, cell.compiled, under, columns, upper=upper, charge=charge)


def rates(study: Study, protocol: CellProtocol, values: Values) -> dict[str, Any]:
    """Capacity [mAh/g] against C-rate, coated and bare.

    The bare cell is the coated one with the difference of the two interface resistances of
    one face in series: an ohmic prediction, without any short circuit.
    """
    C = np.unique(np.concatenate([protocol.rates, np.linspace(0.1, 1.0, 19)]))
    cell, coated = study.cells[RATE_CELL], inputs_of(study, RATE_CELL, values)
    room = arrhenius(study, values, [ROOM_TEMPERATURE])
    extra = (room[BARE][0] - room[COATED][0]) / 2 / TO_OHM_CM2
    bare = coated | {CATHODE_RESISTANCE: coated[CATHODE_RESISTANCE] + extra}
    return {
        "rate": C,
        "coated": _capacity(cell, coated, C),
        "bare": _capacity(cell, bare, C),
        "extra_resistance": extra * TO_OHM_CM2,
    }


def fade(study: Study, protocol: CellProtocol, values: Values) -> dict[str, Any]:
    """Capacity [mAh/g] of the cycling cell against cycle number."""
    cycles = np.linspace(0, protocol.cycles, 21)
    inputs = inputs_of(study, CYCLING_CELL, values) | {CYCLES: cycles}
    cell = study.cells[CYCLING_CELL]
    capacity = _capacity(cell, inputs, np.full(len(cycles), protocol.cycling_rate))
    return {"cycle": cycles, "capacity": capacity}


def profiles(study: Study, protocol: CellProtocol, values: Values) -> dict[str, Any]:
    """Voltage [V] against capacity [mAh/g], discharge and the charge after it, at each rate."""
    cell = study.cells[RATE_CELL]
    one_c, mass = one_c_current(cell.values)
    C = np.array(protocol.rates)
    inputs = inputs_of(study, RATE_CELL, values) | {CURRENT: one_c * C}
    grid = np.linspace(0, 1, 161)[:, None] * LONGEST * HOUR / C
    grid[0] = 1e-3
    start = {"times": grid, "state": _discharges(cell, inputs, C).start}
    down = measure(voltage_curve, cell.compiled, inputs, start)
    charge = inputs | {CURRENT: -one_c * C}
    start = {"times": grid, "state": down.state}
    up = measure(voltage_curve, cell.compiled, charge, start)
    scale = one_c * C / HOUR / mass
    return {
        "rate": C,
        "capacity": (grid * scale).T,
        "discharge": down.voltage.T,
        "charge": up.voltage.T,
        "discharge_end": down.t_end * scale,
        "charge_end": up.t_end * scale,
    }
