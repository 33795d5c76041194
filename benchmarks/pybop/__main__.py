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


def compiled(measured, tolerance):
    """Our problem, and the seconds from nothing to its first residuals, with an empty cache."""
    from benchmarks.pybop import ours
    from benchmarks.pybop.problem import starts

    begun = perf_counter()
    problem = ours.problem(measured, tolerance, chunk=1)
    problem.residuals(starts()[:1])
    return problem, perf_counter() - begun


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
        for name in ("seconds", "processor")
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


def race_all(given, measured, python, found):
    """All comparisons, added to ``found``."""
    from benchmarks.pybop import race
    from benchmarks.pybop.optimisers import NAMES
    from benchmarks.pybop.problem import starts

    problem, found["ours compiled [s]"] = compiled(measured, found["tolerances"]["ours"][0])
    u = starts()
    found["lowest cost of ours"] = race.ours(problem, u).cost
    target = race.WITHIN * found["lowest cost of ours"]
    tolerance = found["tolerances"]["PyBOP"][0]
    task = {"measured": measured.as_json(), "tolerance": tolerance, "c_code": True}
    best = given.optimiser
    if best is None:
        found["heats"] = race.heats(python, task, NAMES, u[:HEATS], target, HEAT_LIMIT)
        best = race.fastest(found["heats"])
    found["optimiser"] = best
    print(f"PyBOP's fastest: {best}", flush=True)
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
