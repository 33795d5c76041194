"""Scores of predicted rows, release by release: ``python -m benchmarks.reproduction_scores``.

Reproduces the experiment, or reads a reproduction already made (``--read results/zhai2024``), and
keeps its scores as the entry of this version beside those of earlier ones: a second run of one
version replaces its entry. Nothing but the printed rows is judged, so old entries stay comparable
as long as the rows do; each entry names the rows that it is of.
"""

import argparse
import json
from datetime import date
from pathlib import Path

from benchmarks.report import versions
from ssb_model.reproduction import load_reproduction, reproduce, sentences

RECORDED = Path(__file__).parent / "results" / "reproduction_scores.json"


def entry(found, when):
    """What is kept of a reproduction."""
    scores, predicted = found.scores, [row for row in found.rows if row.role == "predicted"]
    bounds = [row.within for row in predicted if row.probability is not None]
    numbers = [row.within for row in predicted if row.bound == "equal" and row.paper is not None]
    return {
        "version": versions()["ssb-model"],
        "date": when,
        "experiment": found.experiment.name,
        "rows": [row.id for row in scores.rows],
        "totals": scores.content()["totals"],
        "coverage": scores.content()["coverage"],
        "quarters": scores.quarters,
        "bounds": {"met": bounds.count(True), "open": bounds.count(None), "of": len(bounds)},
        "inside": {"yes": numbers.count(True), "of": len(numbers)},
    }


def with_entry(record, new):
    """The record with this entry, the newest last; one a version and experiment."""
    key = ("version", "experiment")
    kept = [old for old in record["entries"] if any(old[k] != new[k] for k in key)]
    return {"date": new["date"], "entries": [*kept, new]}


def main():
    """Reproduce or read, print, keep."""
    program = "python -m benchmarks.reproduction_scores"
    parser = argparse.ArgumentParser(program, description=__doc__)
    parser.add_argument("--experiment", default="zhai2024", help="name or path")
    parser.add_argument("--read", type=Path, help="folder of a reproduction that is there already")
    given = parser.parse_args()
    found = (
        load_reproduction(given.read)
        if given.read
        else reproduce(given.experiment, lambda text: print(text, flush=True))
    )
    for text in sentences(found.scores, found.rows):
        print(text)
    new = entry(found, date.today().isoformat())
    print(json.dumps(new["totals"], indent=1))
    record = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {"entries": []}
    RECORDED.write_text(json.dumps(with_entry(record, new), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
