"""Observables of the full cells: capacity against rate, cycling, C-rate at the critical current.

Each discharge starts from the charged cathode at rest. The rate cell and the cycling cell
are different cells: they share everything but the utilisation of their LFP.
"""

import jax.numpy as jnp
import numpy as np

import ssb_model
from ssb_model.compiled.control import CURRENT
from ssb_model.compiled.integrate import EVENT
from ssb_model.fitting import Simulator
from ssb_model.fitting.members import by_member, member_inputs
from ssb_model.reproduction.symmetric import COATED, GARNET

CATHODE = {
    "cathode: diffusivity": ("Positive particle reference diffusivity [m2.s-1]",),
    "cathode: resistance": ("Cathode-side resistance [Ohm.m2]",),
}
UTILISATION = "Positive electrode utilisation"
RATE_CELL, CYCLING_CELL = "rate cell: utilisation", "cycling cell: utilisation"
SHARED = {label: names for label, names in GARNET.items() if "energy" not in label}
FULL_CELL = SHARED | COATED | CATHODE
CYCLES = "Cycle number"
LOADING = "cathode: areal loading"
LONGEST = 1.1  # in units of 1/C-rate: longer than any discharge


def full_cell_values():
    """PyBaMM parameter values of the coated full cell."""
    return ssb_model.cell_parameters("full", coating="zni2-0.5")


def compile_full(protocol):
    """Li | layer from 0.5 mol/L ZnI2 | garnet | LFP, between the experiment's voltages."""
    values = full_cell_values()
    lower, upper = protocol.window
    values.update({"Lower voltage cut-off [V]": lower, "Upper voltage cut-off [V]": upper})
    names = [UTILISATION, CYCLES, *(name for names in FULL_CELL.values() for name in names)]
    model = ssb_model.FullCell()
    outputs = ["Voltage [V]", "Discharge capacity [A.h]"]
    return ssb_model.compile(model, values, inputs=names, outputs=outputs)


def one_c_current(values):
    """Current of 1C [A], and LFP mass [g]."""
    mass = values["Positive electrode areal loading [kg.m-2]"] * values["Cell area [m2]"]
    return values["Positive electrode 1C specific current [A.kg-1]"] * mass, 1e3 * mass


def full_simulator(compiled, protocol, values):
    """Discharge capacities [mAh/g] at each rate, back at the first, and over cycling."""
    one_c, mass = one_c_current(values)
    up = len(protocol.rates)
    rates = np.array([*protocol.rates, *[protocol.cycling_rate] * 3])
    cycles = np.array([*[0.0] * up, 0.0, protocol.cycles, protocol.cycles])
    members = len(rates)
    labels = (*FULL_CELL, RATE_CELL, CYCLING_CELL)

    def simulate(theta):
        fixed = {CURRENT: one_c * rates, CYCLES: cycles}
        inputs = member_inputs(compiled.system.defaults, FULL_CELL, theta, fixed, members)
        own = [theta[RATE_CELL]] * up + [theta[CYCLING_CELL]] * 2 + [theta[RATE_CELL]]
        inputs[UTILISATION] = jnp.concatenate(own)
        times = jnp.repeat(jnp.asarray(LONGEST * 3600 / rates), theta[RATE_CELL].shape[0])[None]
        result = compiled.trajectory(inputs, times)
        t_end = jnp.where(result.status == EVENT, result.t_end, jnp.nan)
        capacity = by_member(t_end * inputs[CURRENT] / 3.6 / mass, members)
        back = capacity[:1]
        return jnp.concatenate([capacity[:up], back, capacity[up:]])

    names = [f"full: capacity at {rate:g}C" for rate in protocol.rates]
    names += [f"full: capacity back at {protocol.rates[0]:g}C"]
    at = f"full: capacity at {protocol.cycling_rate:g}C after"
    aged = f"{at} {protocol.cycles:.0f} cycles"
    names += [f"{at} 0 cycles", aged, f"{aged}, were it the rate cell"]
    return Simulator("full cell", labels, tuple(names), simulate)


def critical_simulator(critical_currents, values):
    """C-rate at which the full cell's current density equals a critical one.

    ``critical_currents`` maps "coated" and "bare" to current densities [A.m-2].
    """
    specific = values["Positive electrode 1C specific current [A.kg-1]"]
    cells = tuple(critical_currents)

    def simulate(theta):
        return jnp.stack([critical_currents[c] / (specific * theta[LOADING]) for c in cells])

    names = tuple(f"{cell}: C-rate at the critical current" for cell in cells)
    return Simulator("critical current", (LOADING,), names, simulate)
