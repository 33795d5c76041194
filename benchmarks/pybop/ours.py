"""Our side: the compiled cell, six discharges a parameter set in one batch, and its fit.

``python -m benchmarks.pybop.ours TOLERANCE`` prints how long it takes to compile.
"""

import json
import sys
from functools import cache
from time import perf_counter

import jax.numpy as jnp
import numpy as np

import ssb_model
from benchmarks.pybop.problem import (
    CURRENT,
    NAMES,
    RATES,
    SPACE,
    VOLTAGE,
    model,
    parameter_values,
    starts,
    synthetic,
)
from ssb_model.compiled.integration.integrate import Tolerances
from ssb_model.fitting import Datum, Problem, Simulator
from ssb_model.measurements.members import member_inputs

MAPPING = {p.label: (name,) for p, name in zip(SPACE.parameters, NAMES, strict=True)}


@cache
def compiled():
    """The cell with the five parameters and the current left open."""
    return ssb_model.compile(model(), parameter_values(), inputs=NAMES, outputs=[VOLTAGE])


def simulator(measured, tolerance, chunk):
    """From the five parameters to all voltages; a discharge that fails is NaN."""
    cell, rates = compiled(), len(RATES)
    points = measured.times.shape[1]

    def simulate(theta):
        inputs = member_inputs(
            cell.system.defaults, MAPPING, theta, {CURRENT: measured.current}, rates
        )
        times = jnp.repeat(jnp.asarray(measured.times.T), len(inputs[CURRENT]) // rates, axis=1)
        result = cell.trajectory(inputs, times, Tolerances(tolerance, tolerance))
        voltage = result.outputs[0].reshape(points, rates, -1)
        return jnp.swapaxes(voltage, 0, 1).reshape(rates * points, -1)

    return Simulator("discharges", tuple(MAPPING), observables(measured), simulate, chunk)


def observables(measured):
    """One name a voltage."""
    return tuple(
        f"{rate:g}C at {t:.1f} s"
        for rate, times in zip(RATES, measured.times, strict=True)
        for t in times
    )


def problem(measured, tolerance, chunk):
    """The discharges and the priors as a least-squares problem."""
    data = [
        Datum(name, name, float(v), measured.noise)
        for name, v in zip(observables(measured), np.ravel(measured.voltage), strict=True)
    ]
    return Problem(SPACE, [simulator(measured, tolerance, chunk)], data)


def voltages(measured, tolerance, points):
    """Voltages (points, rates, times) at points u."""
    values, _ = simulator(measured, tolerance, 1).evaluate(SPACE, np.asarray(points))
    return values.reshape(len(points), *measured.times.shape)


def main(tolerance):
    """Print the seconds from PyBaMM's model to the first residuals."""
    measured, begun = synthetic(), perf_counter()
    problem(measured, float(tolerance), chunk=1).residuals(starts()[:1])
    print(json.dumps({"seconds": perf_counter() - begun}))


if __name__ == "__main__":
    main(sys.argv[1])
