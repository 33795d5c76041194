"""How long a prediction takes, what two meshes leave: ``python -m benchmarks.predictions``.

Shipped coatings are predicted in a process that has predicted one before (warm), each on two meshes
as ``predict`` does it and on the model's own mesh alone. What two meshes leave is the root of the
mean square over draws of what differs between the two, beside what the draws differ by.
"""

import argparse
import json
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.report import machine
from benchmarks.timing import interleaved
from ssb_model.library.folder import write_whole
from ssb_model.prediction import CoatedCells, coated_cells, drawn_of, load_cell, load_coating
from ssb_model.prediction.predict import DRAWS, predict
from ssb_model.prediction.questions import QUESTIONS

RECORDED = Path(__file__).parent / "results" / "predictions.json"
COATINGS = ("lii-znlix", "bare-llzto", "i2", "lizn", "zni2-1.0")
CAPACITIES = [question for question in QUESTIONS if question.cell == "full"]


def measured(name, cell, repeats):
    """Seconds of a prediction, of its capacities on the model's own mesh alone, and what two meshes
    leave of each capacity [mAh/g] beside the standard deviation over the draws."""
    coating = load_coating(name)
    both = coated_cells(coating, cell)
    own = CoatedCells(both.cells)
    columns = drawn_of(coating, both, cell, DRAWS, 0)[0].columns()
    found = {"two": both.answer(CAPACITIES, columns), "own": own.answer(CAPACITIES, columns)}
    functions = {
        "prediction": lambda: predict(coating, cell),
        "two": lambda: both.answer(CAPACITIES, columns),
        "own": lambda: own.answer(CAPACITIES, columns),
    }
    functions["prediction"]()
    seconds = interleaved(functions, repeats)
    left = {key: found["two"][key] - right for key, right in found["own"].items()}
    return {
        "seconds": {kind: round(value, 2) for kind, value in seconds.items()},
        "rms_left_mAh_g": {key: round(float(np.nanstd(x)), 4) for key, x in left.items()},
        "median_moved_mAh_g": {key: round(float(np.nanmedian(x)), 4) for key, x in left.items()},
        "draws_without_an_answer": int(np.sum(np.isnan(list(found["two"].values())).any(axis=0))),
        "sd_of_draws_mAh_g": {
            key: round(float(np.nanstd(x)), 2) for key, x in found["own"].items()
        },
    }


def main(arguments=None):
    """Predict, print and write the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.predictions", description=__doc__)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--output", type=Path, default=RECORDED)
    options = parser.parse_args(arguments)
    cell, rows = load_cell(), {}
    for name in COATINGS:
        rows[name] = measured(name, cell, options.repeats)
        print(name, json.dumps(rows[name]), flush=True)
    content = {"date": f"{date.today()}", "machine": machine(), "draws": DRAWS, "coatings": rows}
    write_whole(options.output, json.dumps(content, indent=1, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
