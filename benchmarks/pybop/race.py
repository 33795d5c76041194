"""The race: the wall time until a start's cost is within 1 % of the lowest that either finds.

Of several starts, all must arrive, or be given up by their own optimiser. Ours advance as one
batch; PyBOP's are shared between as many processes as there are cores. Compilation is apart.
"""

import os
from dataclasses import dataclass
from time import perf_counter, process_time

import numpy as np

from benchmarks.pybop.environment import answers
from ssb_model.fitting.least_squares.levenberg import minimise

WITHIN = 1.01  # of the lowest cost
LIMIT = 40.0  # s of the processor that a start of PyBOP's may take


@dataclass(frozen=True)
class Arrival:
    """Wall and processor seconds until the last start arrived or ended, the latter without those
    of starts that never arrived, the lowest cost, how many starts arrived, the parameter sets
    evaluated by then, how many of them failed, and what ended the starts that did not arrive."""

    seconds: float
    processor: float
    processor_of_arrived: float
    cost: float
    arrived: int
    evaluations: int
    failed: int
    ended: tuple = ()


class Traced:
    """A problem's residuals that note each start's lowest cost against time."""

    def __init__(self, problem, starts):
        self.problem, self.lowest = problem, np.full(len(starts), np.inf)
        self.begun = perf_counter(), process_time()
        self.log = []

    def __call__(self, u, which):
        r, J = self.problem.residuals(u)
        cost = 0.5 * np.sum(r**2, axis=1)
        self.lowest[which] = np.fmin(self.lowest[which], cost)
        spent = perf_counter() - self.begun[0], process_time() - self.begun[1]
        self.log.append((*spent, len(u), int(np.sum(~np.isfinite(cost))), self.lowest.copy()))
        return r, J


def ours(problem, starts, target=None):
    """Our fit from all starts together; without a target, to their convergence."""
    traced = Traced(problem, starts)
    minimise(traced, starts, own=np.arange(len(starts)))
    wanted = traced.lowest <= (target or np.inf)
    done = [bool((lowest[wanted] <= (target or -np.inf)).all()) for *_, lowest in traced.log]
    last = done.index(True) if any(done) and wanted.all() else len(done) - 1
    *spent, _, _, _ = traced.log[last]
    counted = np.array([row[2:4] for row in traced.log[: last + 1]]).sum(axis=0)
    lowest = float(traced.lowest.min())
    return Arrival(*spent, spent[1], lowest, int(wanted.sum()), *map(int, counted))


def theirs(python, task, name, starts, target, limit=LIMIT):
    """PyBOP from all starts, as one :class:`Arrival` and the time it took to build.

    Its wall time is that of all starts over the number of processes, as if evenly shared.
    """
    shares = [starts[k :: os.cpu_count()] for k in range(min(os.cpu_count(), len(starts)))]
    given = {**task, "target": target, "limit": limit}
    tasks = [{**given, "jobs": [(name, u.tolist()) for u in share]} for share in shares]
    found = answers(python, tasks)
    runs = [run for answer in found for run in answer["runs"]]
    arrival = Arrival(
        sum(run["seconds"] for run in runs) / len(tasks),
        sum(run["processor"] for run in runs),
        sum(run["processor"] for run in runs if run["reached"]),
        min(run["cost"] for run in runs),
        sum(run["reached"] for run in runs),
        sum(run["evaluations"] for run in runs),
        sum(run["failed"] for run in runs),
        tuple(f"{run['ended']}, cost {run['cost']:.1f}" for run in runs if not run["reached"]),
    )
    return arrival, max(answer["build [s]"] for answer in found)


def heats(python, task, names, starts, target, limit):
    """Every optimiser of PyBOP's from each of a few starts: a list of runs."""
    jobs = [(name, u.tolist()) for name in names for u in starts]
    shares = [jobs[k :: os.cpu_count()] for k in range(os.cpu_count())]
    given = {**task, "target": target, "limit": limit}
    found = answers(python, [{**given, "jobs": share} for share in shares])
    return [run for answer in found for run in answer["runs"]]


def fastest(runs):
    """The optimiser that arrives most often, and then with the least of the processor's time."""

    def order(name):
        own = [run for run in runs if run["optimiser"] == name]
        return -sum(run["reached"] for run in own), sum(run["processor"] for run in own)

    return min({run["optimiser"] for run in runs}, key=order)
