"""PyBaMM's own tests of solvers and experiments, by IDAKLU and by ``CompiledSolver`` in its place.

    python -m tests.compiled.own_tests.run FOLDER

FOLDER holds PyBaMM's ``tests`` (``packages/pybamm`` of a checkout), which need pytest-mock and
pytest-snapshot. Every test that IDAKLU passes and ``CompiledSolver`` does not is listed with the
reason of ``reasons.py``, or without one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .reasons import reason_of

FILES = (
    "unit/test_experiments",
    "unit/test_simulation.py",
    "unit/test_base_simulation.py",
    "unit/test_batch_study.py",
    "unit/test_solvers/test_idaklu_solver.py",
    "unit/test_solvers/test_historical_idaklu_fixes.py",
    "unit/test_solvers/test_composite_solver.py",
    "unit/test_solvers/test_processed_variable.py",
    "unit/test_solvers/test_solution.py",
    "unit/test_solvers/test_store_first_last.py",
    "unit/test_solvers/test_summary_variables.py",
    "integration/test_experiments.py",
    "integration/test_simulations.py",
    "integration/test_voltage_as_state.py",
    "integration/test_solvers/test_idaklu.py",
    "integration/test_solvers/test_solution.py",
)


def passed(folder, file, in_place):
    """The tests of ``file`` that pass."""
    plugin = ["-p", "in_place"] if in_place else []
    paths = [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.xml")
        options = ["-q", "-p", "no:cacheprovider", *plugin, f"--junitxml={report}"]
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *options, f"tests/{file}"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            check=False,
            capture_output=True,
            text=True,
        )
        if not report.exists():
            sys.exit(f"pytest did not run {file}: {(ran.stderr or ran.stdout).strip()}")
        cases = ElementTree.parse(report).iter("testcase")
        return {_name(case) for case in cases if not len(case)}


def _name(case):
    return f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="what holds PyBaMM's tests/")
    folder = parser.parse_args().folder
    print("| PyBaMM's file | IDAKLU passes | of these `CompiledSolver` |\n|---|---:|---:|")
    missing = []
    for file in FILES:
        theirs, ours = (passed(folder, file, in_place) for in_place in (False, True))
        missing += sorted(theirs - ours)
        print(f"| {file} | {len(theirs)} | {len(theirs & ours)} |", flush=True)
    print("\n| test | why not |\n|---|---|")
    for name in missing:
        print(f"| {name} | {reason_of(name)} |")


if __name__ == "__main__":
    main()
