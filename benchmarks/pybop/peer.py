"""PyBOP's side, run by its own Python: ``python -m benchmarks.pybop.peer TASK ANSWER``.

TASK is a JSON file: ``measured``, ``tolerance``, ``c_code``, the ``target`` at which a start is
done, the ``limit`` [s of the processor] at which it is given up, ``jobs``, pairs of an optimiser
and a start u, and ``points`` u. ANSWER holds the time to build the problem, each job's
:class:`Run`, and cost and voltages at the points. Of ours only the PyBaMM model runs here.
"""

import json
import sys
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pybamm
import pybop
from pybop.costs.evaluation import Evaluation

from benchmarks.pybop.optimisers import optimiser
from benchmarks.pybop.problem import (
    CURRENT,
    NAMES,
    RATES,
    SPACE,
    VOLTAGE,
    Measured,
    model,
    parameter_values,
)

REACH = 4.0  # bounds of u, beyond every start


@dataclass(frozen=True)
class Run:
    """One start: wall and processor seconds until it ended, the lowest cost, how many sets were
    evaluated and how many of them failed, whether the target was reached, and what ended it."""

    optimiser: str
    seconds: float
    processor: float
    cost: float
    evaluations: int
    failed: int
    reached: bool
    ended: str


class Ended(Exception):
    """The target is reached, or the time is up."""


class Watched(pybop.MetaProblem):
    """PyBOP's several problems as one, with a target and a limit of time."""

    def watch(self, target, limit):
        """Begin a start; from here its time counts."""
        self.wanted, self.limit = target, limit
        self.costs, self.begun = [], (perf_counter(), process_time())

    @property
    def spent(self):
        """Wall and processor seconds since the start began."""
        return perf_counter() - self.begun[0], process_time() - self.begun[1]

    def evaluate_batch(self, inputs, calculate_sensitivities=False):
        found = super().evaluate_batch(inputs, calculate_sensitivities)
        self.costs += np.ravel(found.values).tolist()
        if min(self.costs) <= self.wanted:
            raise Ended("target reached")
        if self.spent[1] > self.limit:
            raise Ended("time limit")
        return found


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


def problem(measured, tolerance, c_code):
    """Six discharges and the priors as one problem."""
    parts = []
    curves = zip(measured.current, measured.times, measured.voltage, strict=True)
    for current, times, voltage in curves:
        data = pybop.Dataset({"Time [s]": times, VOLTAGE: voltage})
        cost = pybop.SumSquaredError(data, weighting=0.5 / measured.noise**2)
        parts.append(pybop.Problem(simulator(current, times, tolerance, c_code), cost))
    return Watched(*parts, Priors(parts[0].parameters))


def run(watched, name, start, target, limit):
    """One start of one optimiser, as :class:`Run`."""
    watched.parameters.update(initial_values=start)
    watched.watch(target, limit)
    try:
        ended = str(optimiser(name, watched).run().message)
    except Ended as reason:
        ended = str(reason)
    except Exception as error:  # an optimiser that breaks off ends this start, not the others
        ended = f"{type(error).__name__}: {error}"
    spent, costs = watched.spent, np.array(watched.costs or [np.inf])
    lowest, failed = float(np.nanmin(costs)), int(np.sum(~np.isfinite(costs)))
    return Run(name, *spent, lowest, len(costs), failed, lowest <= target, ended)


def warm(watched):
    """Build and compile all that a start needs: one evaluation without and with sensitivities."""
    watched.watch(-np.inf, np.inf)
    centre = [dict.fromkeys(watched.parameters.names, 0.0)]
    for sensitivities in (False, True):
        watched.evaluate_batch(centre, sensitivities)


def at_points(watched, points):
    """Costs, and voltages (points, rates, times)."""
    watched.watch(-np.inf, np.inf)
    inputs = [dict(zip(watched.parameters.names, u, strict=True)) for u in points]
    costs = watched.evaluate_batch(inputs).values if inputs else np.zeros(0)
    discharges = watched.problems[: len(RATES)]
    voltages = [[p.simulate(u)[VOLTAGE].data.tolist() for p in discharges] for u in inputs]
    return {"costs": costs.tolist(), "voltages": voltages}


def main(task, answer):
    """Read the task, solve it from each start, write the answer."""
    warnings.simplefilter("ignore")
    task = {"target": -np.inf, "limit": np.inf, "jobs": (), "points": ()} | json.loads(
        Path(task).read_text()
    )
    begun = perf_counter()
    watched = problem(Measured.from_json(task["measured"]), task["tolerance"], task["c_code"])
    warm(watched)
    found = {"build [s]": perf_counter() - begun} | at_points(watched, task["points"])
    limits = task["target"], task["limit"]
    found["runs"] = [asdict(run(watched, name, u, *limits)) for name, u in task["jobs"]]
    Path(answer).write_text(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
