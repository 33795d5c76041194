"""Warm solves of many models beside IDAKLU: ``python -m benchmarks.models [--every N]``.

The models are those of the tests' matrix that follow no experiment, each in a process of its own.
Three sides solve each of them: the compiled model, ``CompiledSolver`` in PyBaMM, IDAKLU in PyBaMM;
each at the loosest tolerance that keeps the error, against IDAKLU at 1e-10.
"""

import argparse
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pybamm

import ssb_model
from benchmarks.report import circumstances
from benchmarks.timing import NotMeasured, fresh, interleaved, seconds
from tests.compiled.matrix import answers
from tests.compiled.matrix.cases import CASES

MODULE = "benchmarks.models"
RECORDED = Path(__file__).parent / "results" / "models.json"
LADDER = (1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
LIMIT, END_LIMIT = 1e-4, 1e-5  # of the variable's error [V, or of its largest value], of the end
REPEATS, LONGEST = 7, 20.0  # runs of each side, and how long they may take together [s]
TIME_OUT = 240.0  # s a model
SIDES = ("compiled", "CompiledSolver", "IDAKLU")


def names():
    """Of the cases that follow no experiment."""
    return [name for name, case in CASES.items() if case.experiment is None]


def measure(name):
    """Seconds of each side's warm solve, and the tolerance it took; None where none will do."""
    case = CASES[name]
    exact = _in_pybamm(case, pybamm.IDAKLUSolver, 1e-10)()
    model = answers.compiled_model(case)
    makers = {
        "compiled": lambda tolerance: partial(_solved, case, model, tolerance),
        "CompiledSolver": partial(_in_pybamm, case, ssb_model.CompiledSolver),
        "IDAKLU": partial(_in_pybamm, case, pybamm.IDAKLUSolver),
    }
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


def _loosest(make, exact):
    """A side's solve at the loosest tolerance that keeps the error, and that tolerance."""
    for tolerance in LADDER:
        try:
            run = make(tolerance)
            if _is_close(run(), exact):
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


def _solved(case, model, tolerance):
    """Times, values, end: by the compiled model."""
    times = answers.times_of(case)
    solution = model.solve(dict(case.inputs), times, rtol=tolerance, atol=tolerance)
    if not solution.succeeded:
        raise answers.Failed(solution.status)
    return times, solution[case.variable], float(solution.t_end)


def _in_pybamm(case, kind, tolerance):
    """What solves a built model by one of PyBaMM's solvers and reads the variable."""
    solver = kind(rtol=tolerance, atol=tolerance, output_variables=[case.variable])
    simulation = answers.simulation_of(case, solver)
    inputs, times = dict(case.inputs), answers.times_of(case)
    simulation.build(inputs=inputs)

    def run():
        solution = solver.solve(
            simulation.built_model, [0, case.end], t_interp=times, inputs=inputs
        )
        return solution.t, np.ravel(solution[case.variable].data), float(solution.t[-1])

    return run


def ratios(rows, side):
    """IDAKLU's seconds over a side's, of the models that both have."""
    pairs = [row["seconds"] for row in rows if {side, "IDAKLU"} <= row["seconds"].keys()]
    return np.array([pair["IDAKLU"] / pair[side] for pair in pairs])


def main():
    """The command."""
    parser = argparse.ArgumentParser(f"python -m {MODULE}", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each Nth model")
    parser.add_argument("--output", type=Path, help="JSON file; by default that of a full run")
    parser.add_argument("--model", help="measure this one and print it")
    given = parser.parse_args()
    if given.model:
        print(json.dumps(measure(given.model)))
        return
    rows = []
    for name in names()[:: given.every]:
        try:
            rows.append(fresh(MODULE, "--model", name, limit=TIME_OUT))
        except (NotMeasured, RuntimeError, subprocess.SubprocessError) as reason:
            rows.append({"name": name, "seconds": {}, "note": str(reason).splitlines()[-1]})
        _print(rows[-1])
    for side in SIDES[:-1]:
        found = ratios(rows, side)
        low = np.sum(found < 1 / 1.2)
        print(f"{side}: median {np.median(found):.2f} of {len(found)}, {low} slower by a fifth")
    output = given.output or (RECORDED if given.every == 1 else None)
    if output:
        output.write_text(json.dumps(circumstances() | {"rows": rows}, indent=1), "utf-8")


def _print(row):
    taken = row["seconds"]
    shown = "  ".join(f"{side} {1e3 * s:8.2f} ms" for side, s in taken.items())
    print(f"{row['name'][:70]:70}  {shown or row.get('note')}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
