"""Curves of the fitted cells for the figures: plain arrays in experimenters' units."""

import numpy as np

from ssb_model.compiled.control import CURRENT
from ssb_model.reproduction import full, symmetric

FREQUENCIES = np.logspace(7, -3, 121)
TO_MV = 1e3


def all_curves(experiment, cells, protocol, fit):
    """The data of every figure, by figure name."""
    values = fit.parameters
    return {
        "nyquist": nyquist(cells, values),
        "arrhenius": arrhenius(cells, values),
        "polarisation": cycling(cells, protocol, values),
        "rate": rates(cells, protocol, values),
        "fade": fade(cells, protocol, values),
        "profiles": profiles(cells, protocol, values),
    }


def inputs_of(mapping, values):
    """Inputs of a compiled model from fitted values by label."""
    return {name: values[label] for label, names in mapping.items() for name in names}


def nyquist(cells, values):
    """Impedance [ohm cm2] of the bare and the coated symmetric cell, bulk relaxation included."""
    area = cells.full_values["Cell area [m2]"] * 1e4
    spectra = {"frequency": FREQUENCIES}
    for name, compile_cell, mapping in (
        ("bare", symmetric.compile_bare, symmetric.BARE_CELL),
        ("coated", symmetric.compile_coated, symmetric.COATED_CELL),
    ):
        compiled = compile_cell("bulk and grain boundary")
        spectra[name] = compiled.impedance(FREQUENCIES, inputs_of(mapping, values)) * area
    return spectra


def arrhenius(cells, values, temperatures=None):
    """Interface resistances [ohm cm2] against temperature [K]."""
    T = np.linspace(290, 360, 15) if temperatures is None else np.asarray(temperatures)
    found = {"temperature": T}
    for name, compiled, mapping in (
        ("bare", cells.bare, symmetric.BARE_CELL),
        ("coated", cells.coated, symmetric.COATED_CELL),
    ):
        inputs = inputs_of(mapping, values) | {symmetric.TEMPERATURE: T, CURRENT: 0.0}
        rest = compiled.solve(inputs, [1.0])
        found[name] = rest["Interface resistance [Ohm.m2]"][:, 0] * symmetric.TO_OHM_CM2
    return found


def cycling(cells, protocol, values):
    """Polarisation [mV] and growth of resistance [ohm cm2] against time [h] at each current."""
    hours = np.concatenate([[1e-3], np.linspace(1, max(protocol.hours), 200)])
    area = cells.full_values["Cell area [m2]"]
    inputs = inputs_of(symmetric.COATED_CELL, values)
    inputs[CURRENT] = np.array(protocol.currents) * area
    solution = cells.coated.solve(inputs, hours * 3600)
    resistance = solution["Interface resistance [Ohm.m2]"] * symmetric.TO_OHM_CM2
    return {
        "hours": hours,
        "current": np.array(protocol.currents) / 10,
        "polarisation": solution["Polarisation [V]"] * TO_MV,
        "growth": resistance - resistance[:, :1],
        "lives": np.array(protocol.hours),
    }


def _full_inputs(values, utilisation):
    return inputs_of(full.FULL_CELL, values) | {full.UTILISATION: values[utilisation]}


def _capacity(cells, inputs, rates):
    """Discharge capacity [mAh/g] at each C-rate."""
    one_c, mass = full.one_c_current(cells.full_values)
    rates = np.asarray(rates, dtype=float)
    times = full.LONGEST * 3600 / rates[:, None]
    solution = cells.full.solve(inputs | {CURRENT: one_c * rates}, times)
    return solution.t_end * one_c * rates / 3.6 / mass


def rates(cells, protocol, values):
    """Capacity [mAh/g] against C-rate, coated and bare.

    The bare cell is the coated one with the difference of the two interface resistances of
    one face in series: an ohmic prediction, without any short circuit.
    """
    C = np.unique(np.concatenate([protocol.rates, np.linspace(0.1, 1.0, 19)]))
    coated = _full_inputs(values, full.RATE_CELL)
    at_rest = arrhenius(cells, values, [298.15])
    extra = (at_rest["bare"][0] - at_rest["coated"][0]) / 2 / symmetric.TO_OHM_CM2
    name = full.CATHODE["cathode: resistance"][0]
    bare = coated | {name: coated[name] + extra}
    return {
        "rate": C,
        "coated": _capacity(cells, coated, C),
        "bare": _capacity(cells, bare, C),
        "extra_resistance": extra * symmetric.TO_OHM_CM2,
    }


def fade(cells, protocol, values):
    """Capacity [mAh/g] of the cycling cell against cycle number."""
    cycles = np.linspace(0, protocol.cycles, 21)
    inputs = _full_inputs(values, full.CYCLING_CELL) | {full.CYCLES: cycles}
    capacity = _capacity(cells, inputs, np.full(len(cycles), protocol.cycling_rate))
    return {"cycle": cycles, "capacity": capacity}


def profiles(cells, protocol, values):
    """Voltage [V] against capacity [mAh/g], discharge and the charge after it, at each rate."""
    one_c, mass = full.one_c_current(cells.full_values)
    C = np.array(protocol.rates)
    inputs = _full_inputs(values, full.RATE_CELL) | {CURRENT: one_c * C}
    grid = np.linspace(0, 1, 161)[None] * full.LONGEST * 3600 / C[:, None]
    grid[:, 0] = 1e-3
    down = cells.full.solve(inputs, grid)
    up = cells.full.solve(inputs | {CURRENT: -one_c * C}, grid, initial_state=down.final_state)
    scale = (one_c * C / 3.6 / mass)[:, None]
    return {
        "rate": C,
        "capacity": grid * scale,
        "discharge": down["Voltage [V]"],
        "charge": up["Voltage [V]"],
        "discharge_end": down.t_end * scale[:, 0],
        "charge_end": up.t_end * scale[:, 0],
    }
