"""Warm solves of many models beside IDAKLU: ``python -m benchmarks.models [--every N]``.

The models are those of the tests' matrix that follow no experiment, and those of
``large_models.py``, each in a process of its own.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.large_models import BATCHES, LARGE
from benchmarks.report import circumstances
from benchmarks.timing import NotMeasured, fresh

MODULE = "benchmarks.models"
RECORDED = Path(__file__).parent / "results" / "models.json"
TIME_OUT = 240.0  # s a model
SIDES = ("compiled", "CompiledSolver", "IDAKLU")


def names():
    """Of the cases that follow no experiment."""
    from tests.compiled.matrix.cases import CASES

    return [name for name, case in CASES.items() if case.experiment is None]


def ratios(rows, side):
    """IDAKLU's seconds over a side's, of the models that both have."""
    pairs = [row["seconds"] for row in rows if {side, "IDAKLU"} <= row["seconds"].keys()]
    return np.array([pair["IDAKLU"] / pair[side] for pair in pairs])


def main():
    """The command."""
    parser = argparse.ArgumentParser(f"python -m {MODULE}", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only each Nth model of the matrix")
    parser.add_argument("--large", action="store_true", help="only the large ones, into the record")
    parser.add_argument("--output", type=Path, help="JSON file; by default that of a full run")
    parser.add_argument("--model", help="measure this one and print it")
    given = parser.parse_args()
    if given.model:
        from benchmarks.model_solves import measure

        print(json.dumps(measure(given.model)))
        return
    output = given.output or (RECORDED if given.every == 1 else None)
    if given.large:
        rows = json.loads(output.read_text("utf-8"))["rows"] if output else []
    else:
        rows = list(map(_row, names()[:: given.every]))
    for side in SIDES[:-1]:
        print(f"{side}: {_summary(ratios(rows, side))}")
    record = circumstances() | {"rows": rows, "large": list(map(_row, (*LARGE, *BATCHES)))}
    if output:
        output.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _row(name):
    """What is measured of a model, or why it is not; printed as well."""
    try:
        row = fresh(MODULE, "--model", name, limit=TIME_OUT)
    except (NotMeasured, RuntimeError, subprocess.SubprocessError) as reason:
        row = {"name": name, "seconds": {}, "note": str(reason).splitlines()[-1]}
    shown = "  ".join(f"{side} {1e3 * s:8.2f} ms" for side, s in row["seconds"].items())
    print(f"{name[:70]:70}  {shown or row.get('note')}", flush=True)
    return row


def _summary(found):
    low = np.sum(found < 1 / 1.2)
    return f"median {np.median(found):.2f} of {len(found)}, {low} slower by a fifth"


if __name__ == "__main__":
    sys.exit(main())
