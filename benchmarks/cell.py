"""The problem all sides solve: full discharges of the coated cell, one diffusivity a member."""

from functools import cache

import numpy as np
import pybamm

import ssb_model

CURRENT, VOLTAGE = "Current function [A]", "Voltage [V]"
DIFFUSIVITY = "Positive particle reference diffusivity [m2.s-1]"
GROWTH = "Negative face reference calendar growth [Ohm.m2]"
#: parameters that a fit of rate data moves; the gradients are by these
FIVE = (
    DIFFUSIVITY,
    "Garnet thickness [m]",
    "Cathode-side resistance [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
    "Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]",
)
TIMES = np.linspace(0, 3900, 100)
FREQUENCIES = np.logspace(-3, 7, 60)


@cache
def parameter_values():
    """Parameters of the coated full cell, discharged at 1C."""
    values = ssb_model.cell_parameters("full")
    values[CURRENT] = values["Nominal cell capacity [A.h]"]
    return values


def factors(size):
    """A parameter's factors in a batch: 0.5 to 2, and 1 alone."""
    return np.linspace(0.5, 2, size) if size > 1 else np.ones(1)


def batch(size, inputs=(DIFFUSIVITY,)):
    """Inputs of a batch, the first of them varied: dict of str to array (size,)."""
    values = parameter_values()
    sets = {name: np.full(size, float(values[name])) for name in inputs}
    return sets | {inputs[0]: sets[inputs[0]] * factors(size)}


def members(sets):
    """A batch as a list of dictionaries, as PyBaMM takes it."""
    columns = zip(*sets.values(), strict=True)
    return [dict(zip(sets, map(float, column), strict=True)) for column in columns]


def simulation(inputs, solver=None, without_events=False, **options):
    """PyBaMM's simulation of the cell with ``inputs`` left open."""
    values = parameter_values().copy()
    values.update(dict.fromkeys(inputs, "[input]"))
    model = ssb_model.FullCell()
    if without_events:
        model.events = []
    return pybamm.Simulation(model, parameter_values=values, solver=solver, **options)


@cache
def compiled(inputs=(DIFFUSIVITY,)):
    """The cell, compiled."""
    return ssb_model.compile(ssb_model.FullCell(), parameter_values(), inputs=inputs)
