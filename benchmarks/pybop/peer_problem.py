"""The objective as PyBOP's problems; imported by its own Python only.

Each discharge has a simulator of its own, on IDAKLU with sensitivities. PyBOP's parameters are the
coordinates u, bounded; the model's five are expressions of them.
"""

import numpy as np
import pybamm
import pybop
from pybop.costs.evaluation import Evaluation

from benchmarks.pybop.problem import CURRENT, NAMES, SPACE, VOLTAGE, model, parameter_values

REACH = 4.0  # bounds of u, beyond every start


def expression(parameter, u):
    """A free parameter as a function of its coordinate u; PyBaMM differentiates it."""
    above = parameter.widths[1]
    x = parameter.centre + above * u
    return pybamm.exp(x) if parameter.scale == "log" else x


def values_of(measured_current):
    """Parameter values in which the five are expressions of PyBOP's parameters u."""
    values = parameter_values()
    values[CURRENT] = float(measured_current)
    for name, parameter in zip(NAMES, SPACE.parameters, strict=True):
        u = f"u of {parameter.label}"
        prior = pybop.Gaussian(0, 1, truncated_at=[-REACH, REACH])
        values.update({u: pybop.Parameter(prior, initial_value=0)}, check_already_exists=False)
        values[name] = expression(parameter, pybamm.Parameter(u))
    return values


class Priors(pybop.Problem):
    """Half the sum of u squared, as one more problem.

    PyBOP's WeightedCost and LogPosterior would add it too, but in 26.3 the former counts the
    voltages again each time its target is set, and the latter has other constants.
    """

    def __init__(self, parameters):
        super().__init__()
        self.parameters.join(parameters)
        self._has_sensitivities = True

    def evaluate_batch(self, inputs, calculate_sensitivities=False):
        names = self.parameters.names
        u = np.array([[float(each[name]) for name in names] for each in inputs])
        gradient = dict(zip(names, u.T, strict=True)) if calculate_sensitivities else None
        return Evaluation(0.5 * np.sum(u**2, axis=1), gradient)


def simulator(current, times, tolerance, c_code):
    """PyBOP's simulator of one discharge: IDAKLU, one process a start."""
    solver = pybamm.IDAKLUSolver(
        rtol=tolerance, atol=tolerance, on_failure="ignore", options={"compile": c_code}
    )
    return pybop.pybamm.Simulator(model(), values_of(current), protocol=times, solver=solver)


def problems(measured, tolerance, c_code):
    """PyBOP's problems that add up to the objective: six discharges, then the priors."""
    parts = []
    curves = zip(measured.current, measured.times, measured.voltage, strict=True)
    for current, times, voltage in curves:
        data = pybop.Dataset({"Time [s]": times, VOLTAGE: voltage})
        cost = pybop.SumSquaredError(data, weighting=0.5 / measured.noise**2)
        parts.append(pybop.Problem(simulator(current, times, tolerance, c_code), cost))
    return *parts, Priors(parts[0].parameters)
