"""Coverage where the model is wrong: ``python -m benchmarks.wrong_models``.

Synthetic studies whose data are made by one mechanism are fitted with the default model, and with
it and its rivals stacked, as a user would who does not know the mechanism. How often does the 95 %
predictive interval hold what would be measured?

Rate tests have the founding test's rates and noise (3 mAh/g); asked are capacities at 0.65C and 2C,
of the same cell and of a further one. Truths are cells that are charged without a hold (CC-CC),
have a binary catholyte, or particles of many sizes. Each study's parameters are a draw of what the
founding capacities leave of that truth's: cells that would have looked like the founding one.

Spectra are of a bare symmetric cell at two temperatures; asked is the interface's resistance at
rest. The truth is the solved field around irregular contacts whose gaps carry displacement current.

What is read on a further cell has the differences between cells and the noise of the instrument
that predictions state (``ssb_model/library/spread.toml``); what the model leaves out is the truth's
to make. All of it is synthetic.
"""

import argparse
import json
from itertools import product
from pathlib import Path
from time import perf_counter

from benchmarks.report import circumstances
from benchmarks.wrong_models.contact import ContactTruth
from benchmarks.wrong_models.coverage import coverage, mean_weights, study_record
from benchmarks.wrong_models.rates import rate_truths
from ssb_model.library import file_name, result_folder, write_whole

RECORDED = Path(__file__).parents[1] / "results" / "wrong_models.json"
STUDIES = 40


def finished(folder, truth, number):
    """The record of one study: kept from an earlier run, or made now."""
    path = folder / file_name(truth.name) / f"{number}.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        record = study_record(truth.models, truth.make(number))
        write_whole(path, json.dumps(record, indent=1) + "\n")
    return json.loads(path.read_text("utf-8"))


def summary(truth, records):
    """What is kept of one truth's studies."""
    return {
        "studies": len(records),
        "among the rivals": truth.among_rivals,
        "coverage": coverage(records),
        "weights": mean_weights(records),
        "failed": sum(len(record["failed"]) for record in records),
    }


def show(name, found):
    """Print one truth."""
    among = "" if found["among the rivals"] else ", not among the rivals"
    print(f"\n{name}{among}: {found['studies']} studies")
    for question, models in found["coverage"].items():
        for model, c in models.items():
            print(f"{question:46s} {model:12s} {shown(c)}")
    print("mean weights:", ", ".join(f"{k} {w:.2f}" for k, w in found["weights"].items()))


def shown(c):
    """Coverage and width of one model's answers to one question."""
    if not c["of"]:
        return "no answer"
    low, high = (100 * end for end in c["interval"])
    silent = f", {c['without an answer']} without an answer" if c["without an answer"] else ""
    return (
        f"{c['hits']:3d} of {c['of']:3d}, {100 * c['share']:5.1f} % ({low:.0f} to {high:.0f}), "
        f"width {100 * c['relative width']:.0f} %{silent}"
    )


def at_least_one(text):
    """A number of studies."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of studies: give 1 or more")
    return int(text)


def main(arguments=None):
    """Fit, print, and keep a full run."""
    parser = argparse.ArgumentParser("python -m benchmarks.wrong_models", description=__doc__)
    truths = all_truths()
    parser.add_argument("--studies", type=at_least_one, default=STUDIES, help="of each truth")
    parser.add_argument("--truths", nargs="+", choices=truths, default=[*truths])
    parser.add_argument("--out", type=Path, default=Path("results/wrong_models"), help="of studies")
    parser.add_argument("--record", type=Path, help=f"where the summary goes, such as {RECORDED}")
    given = parser.parse_args(arguments)
    begin = perf_counter()
    made = {name: truths[name]() for name in given.truths}
    records = {name: [] for name in made}
    with result_folder(given.out, print) as folder:
        for number, (name, truth) in product(range(given.studies), made.items()):
            records[name].append(finished(folder, truth, number))
            print(f"{name}: study {number + 1} of {given.studies}", end="\r", flush=True)
    found = {name: summary(truth, records[name]) for name, truth in made.items()}
    for name, one in found.items():
        show(name, one)
    print(f"{perf_counter() - begin:.0f} s")
    if given.record:
        content = circumstances() | {"truths": recorded(given.record) | found}
        write_whole(given.record, json.dumps(content, indent=1) + "\n")


def recorded(path):
    """Truths of an earlier run, which those of this one replace."""
    return json.loads(path.read_text("utf-8"))["truths"] if path.exists() else {}


def all_truths():
    """What makes each truth, by name."""
    return rate_truths() | {ContactTruth.name: ContactTruth}


if __name__ == "__main__":
    main()
