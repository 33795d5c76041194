"""The command ``python -m benchmarks.pybop``."""

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

RECORDED = Path(__file__).parents[1] / "results" / "pybop.json"
HEATS, HEAT_LIMIT = 2, 10.0  # starts of every optimiser, and s of the processor for each
TO_THE_END = 30.0  # s of the processor for PyBOP's own final cost
PROFILE_POINTS = 200  # held values of each of the five: 1000 sets


def arguments():
    """The command's options."""
    from benchmarks.pybop.environment import DEFAULT

    parser = argparse.ArgumentParser(
        "python -m benchmarks.pybop",
        description="Fit six synthetic discharges by PyBOP and by ours, to the same cost.",
    )
    parser.add_argument("--environment", type=Path, default=DEFAULT, help="PyBOP's; made if absent")
    parser.add_argument("--repeats", type=int, default=3, help="alternating runs; medians count")
    parser.add_argument("--optimiser", help="PyBOP's, instead of trying all of them first")
    parser.add_argument("--output", type=Path, default=RECORDED)
    return parser.parse_args()


def compiled(tolerance):
    """Seconds from PyBaMM's model to our first residuals in a new process with an empty cache."""
    from benchmarks.timing import fresh

    with tempfile.TemporaryDirectory() as cache:
        there = os.environ | {"SSB_MODEL_CACHE": cache}
        return fresh("benchmarks.pybop.ours", tolerance, environment=there)["seconds"]


def median_of(arrivals, name):
    """Median of one number of several runs."""
    return float(np.median([getattr(arrival, name) for arrival in arrivals]))


def compare(repeats, run_ours, run_theirs):
    """Alternating runs of both sides, their medians and ratios."""
    mine, peers, builds = [], [], []
    for _ in range(repeats):
        mine.append(run_ours())
        arrival, build = run_theirs()
        peers.append(arrival)
        builds.append(build)
    ratios = {
        f"ratio of {name}": median_of(peers, name) / median_of(mine, name)
        for name in ("seconds", "processor", "processor_of_arrived")
    }
    row = {
        "ours [s]": median_of(mine, "seconds"),
        "PyBOP [s]": median_of(peers, "seconds"),
        **ratios,
        "PyBOP's build [s]": float(np.median(builds)),
    }
    print("  ".join(f"{name} {value:.3g}" for name, value in row.items()), flush=True)
    return row | {"ours": [asdict(a) for a in mine], "PyBOP": [asdict(a) for a in peers]}


def profiled(problem):
    """Seconds for the profile likelihoods of the five, and how many sets were held."""
    from ssb_model.fitting import fit, profiles

    fitted = fit(problem, starts=4)
    begun = perf_counter()
    found = profiles(fitted, points=PROFILE_POINTS)
    sets = sum(len(profile.values) for profile in found)
    row = {"held sets": sets, "seconds": perf_counter() - begun}
    print(f"profile likelihood: {sets} sets in {row['seconds']:.1f} s", flush=True)
    return row | {"bounded": sum(None not in (p.lower95, p.upper95) for p in found)}


def chosen(given, python, task, starts, target, found):
    """PyBOP's fastest optimiser; with ``--optimiser`` that one, and the heats of the last run."""
    from benchmarks.pybop import race
    from benchmarks.pybop.optimisers import NAMES

    if given.optimiser is None:
        found["heats"] = race.heats(python, task, NAMES, starts, target, HEAT_LIMIT)
    elif given.output.exists():
        found["heats"] = json.loads(given.output.read_text())["heats"]
    found["optimiser"] = given.optimiser or race.fastest(found["heats"])
    print(f"PyBOP's optimiser: {found['optimiser']}", flush=True)
    return found["optimiser"]


def race_all(given, measured, python, found):
    """All comparisons, added to ``found``."""
    from benchmarks.pybop import ours, race
    from benchmarks.pybop.problem import starts

    tolerance, peer_tolerance = (found["tolerances"][name][0] for name in ("ours", "PyBOP"))
    found["ours compiled [s]"] = compiled(tolerance)
    u, problem = starts(), ours.problem(measured, tolerance, chunk=1)
    found["lowest cost of ours"] = race.ours(problem, u).cost
    target = race.WITHIN * found["lowest cost of ours"]
    task = {"measured": measured.as_json(), "tolerance": peer_tolerance, "c_code": True}
    best = chosen(given, python, task, u[:HEATS], target, found)
    last, _ = race.theirs(python, task, best, u[:1], -np.inf, TO_THE_END)
    found["lowest cost of PyBOP"] = last.cost
    target = race.WITHIN * min(last.cost, found["lowest cost of ours"])
    for name, some in (("one start", u[:1]), (f"{len(u)} starts", u)):
        found[name] = compare(
            given.repeats,
            lambda some=some: race.ours(problem, some, target),
            lambda some=some: race.theirs(python, task, best, some, target),
        )
    found["profiles"] = profiled(problem)


def main():
    """Run the comparison and keep it."""
    given = arguments()
    os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["SSB_MODEL_CACHE"] = cache
        from benchmarks.pybop.accuracy import tolerances
        from benchmarks.pybop.environment import prepare, versions_of
        from benchmarks.pybop.problem import synthetic
        from benchmarks.report import machine, versions

        python = prepare(given.environment)
        measured = synthetic()
        found = {
            "date": date.today().isoformat(),
            "machine": machine(),
            "versions": versions(),
            "PyBOP's versions": versions_of(python),
            "data": "synthetic: six discharges of the coated full cell with 1 mV of noise",
            "tolerances": tolerances(measured, python),
        }
        print(f"tolerances and errors [V]: {found['tolerances']}", flush=True)
        race_all(given, measured, python, found)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
