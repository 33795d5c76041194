"""One model, warm: the compiled model, ``CompiledSolver`` and IDAKLU at equal error.

Each side takes the loosest tolerance that keeps the error, against IDAKLU at 1e-10, or at the
tightest tolerance at which it ends. A batch is solved by the compiled model and by IDAKLU's
threads.
"""

import os
from functools import partial

import numpy as np
import pybamm

import ssb_model
from benchmarks.large_models import BATCH, BATCHES, LARGE
from benchmarks.timing import NotMeasured, interleaved, seconds
from tests.compiled.matrix import answers
from tests.compiled.matrix.cases import CASES

REFERENCES = (1e-10, 1e-9, 1e-8)
LADDER = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
LIMIT, END_LIMIT = 1e-4, 1e-5  # of the variable's error [V, or of its largest value], of the end
REPEATS, LONGEST = 7, 20.0  # runs of each side, and how long they may take together [s]


def measure(name):
    """Seconds of each side's warm solve, and the tolerance it took; None where none will do."""
    case = (CASES | LARGE | BATCHES)[name]
    given = _batch(case) if name in BATCHES else dict(case.inputs)
    exact = _reference(case, given)
    model = answers.compiled_model(case)
    makers = {
        "compiled": lambda tolerance: partial(_solved, case, given, model, tolerance),
        "CompiledSolver": partial(_in_pybamm, case, given, ssb_model.CompiledSolver),
        "IDAKLU": partial(_in_pybamm, case, given, pybamm.IDAKLUSolver),
    }
    if name in BATCHES:
        del makers["CompiledSolver"]
    chosen = {side: _loosest(make, exact) for side, make in makers.items()}
    runs = {side: run for side, (run, _) in chosen.items() if run}
    once = sum(map(seconds, runs.values()))
    taken = interleaved(runs, int(np.clip(LONGEST / once, 1, REPEATS)))
    return {
        "name": name,
        "states": model.system.states,
        "seconds": taken,
        "tolerances": {side: tolerance for side, (_, tolerance) in chosen.items() if tolerance},
    }


def _reference(case, given):
    """By the tightest tolerance at which IDAKLU ends all members."""
    for tolerance in REFERENCES:
        try:
            return _in_pybamm(case, given, pybamm.IDAKLUSolver, tolerance)()
        except pybamm.SolverError as error:
            reason = str(error).split(";")[0]
    raise NotMeasured(f"not measured: no reference, {reason}")


def _batch(case):
    """A case's inputs, each from half to twice its value: dict of str to array (`BATCH`,)."""
    return {name: value * np.geomspace(0.5, 2, BATCH) for name, value in case.inputs.items()}


def _loosest(make, exact):
    """A side's solve at the loosest tolerance that keeps the error, and that tolerance."""
    for tolerance in LADDER:
        try:
            run = make(tolerance)
            if all(map(_is_close, run(), exact)):
                return run, tolerance
        except (pybamm.SolverError, answers.Failed):
            continue
    return None, None


def _is_close(found, exact):
    """Whether a solve's values, up to 98 % of its time, and its end have the error allowed."""
    t, values, end = exact
    if abs(found[2] / end - 1) > END_LIMIT:
        return False
    known = t < 0.98 * end
    scale = max(np.abs(values).max() / 4, 1e-30)  # a cell of about 4 V: LIMIT is in volts
    return np.abs(found[1][: known.sum()] - values[known]).max() <= LIMIT * scale


def _solved(case, given, model, tolerance):
    """Times, values and end of each member: by the compiled model."""
    times = answers.times_of(case)
    solution = model.solve(given, times, rtol=tolerance, atol=tolerance)
    if not np.all(solution.succeeded):
        raise answers.Failed(solution.status)
    values, ends = np.atleast_2d(solution[case.variable]), np.atleast_1d(solution.t_end)
    return [(times, *member) for member in zip(values, ends, strict=True)]


def _in_pybamm(case, given, kind, tolerance):
    """What solves a built model by one of PyBaMM's solvers and reads the variable."""
    members = _members(given)
    cores = {"num_threads": os.cpu_count(), "num_solvers": os.cpu_count()}
    options = {"options": cores} if len(members) > 1 else {}
    solver = kind(rtol=tolerance, atol=tolerance, output_variables=[case.variable], **options)
    simulation = answers.simulation_of(case, solver)
    simulation.build(inputs=members[0])
    inputs, times = members if len(members) > 1 else members[0], answers.times_of(case)

    def run():
        solutions = solver.solve(
            simulation.built_model, [0, case.end], t_interp=times, inputs=inputs
        )
        solutions = solutions if isinstance(solutions, list) else [solutions]
        return [(s.t, np.ravel(s[case.variable].data), float(s.t[-1])) for s in solutions]

    return run


def _members(given):
    """Inputs as PyBaMM takes them: a dictionary a member."""
    rows = np.transpose([np.atleast_1d(values) for values in given.values()])
    return [dict(zip(given, map(float, row), strict=True)) for row in rows] or [{}]
