"""Runs cases, each in a process of its own that may take so long and no longer.

    python -m tests.compiled.matrix.run NAME...
    python -m tests.compiled.matrix.run --results FILE

The first prints the records of the cases so named; the second runs all that FILE (JSON lines)
does not have yet and adds their records to it.
"""

import argparse
import json
import multiprocessing
import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

TIME_OUT = 300.0  # s a case
WAYS = {"A": "compiled", "B": "in_pybamm"}


def run(names, time_out=TIME_OUT, processes=None, done=lambda record: None):
    """Records of the cases, in their order; ``done`` is called with each as it comes."""
    context = multiprocessing.get_context("spawn")  # JAX's threads survive no fork

    def one(name):
        record = _in_process(context, name, time_out)
        done(record)
        return record

    with ThreadPoolExecutor(processes or os.cpu_count()) as pool:
        return list(pool.map(one, names))


def _in_process(context, name, time_out):
    """The record of one case; what it had found at the time-out is kept."""
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(name, sender))
    start = time.monotonic()
    process.start()
    sender.close()
    record = {"name": name}
    try:
        while receiver.poll(max(0.0, time_out - (time.monotonic() - start))):
            record |= receiver.recv()
        ended = "time-out"
    except EOFError:
        process.join()
        ended = f"the process ended with {process.exitcode}"
    process.kill()
    process.join()
    return _completed(record, ended)


def _completed(record, ended):
    kind = "time-out" if ended == "time-out" else "crashed"
    for way in WAYS:
        record.setdefault(way, {"kind": kind, "note": ended})
    return record


def _work(name, sender):
    """In the process: sends the verdict of each way as soon as it is known."""
    from .cases import CASES

    for part in records(CASES[name]):
        sender.send(part)
    sender.close()


def records(case):
    """The parts of a case's record: the reference, both ways, sensitivities, impedance."""
    from . import answers, verdict

    start = time.monotonic()
    theirs, reason = _tried(answers.reference, case)
    ending = reason or theirs.ending
    yield {"reference": {"seconds": _since(start), "ending": ending}}
    for way, function in WAYS.items():
        yield {way: _verdict(getattr(answers, function), case, theirs, verdict.judge)}
    if case.sensitivity:
        slope, _ = _tried(answers.differences, case)
        of = {"A": answers.compiled_sensitivity, "B": answers.sensitivity_in_pybamm}
        for way, solve in of.items():
            judge = partial(verdict.judge_array, limit=verdict.OF_SENSITIVITY)
            yield {f"sensitivity {way}": _verdict(solve, case, slope, judge)}
    if case.impedance:
        z, _ = _tried(answers.dense_impedance, case)
        judge = partial(verdict.judge_array, limit=verdict.OF_IMPEDANCE)
        yield {"impedance": _verdict(answers.compiled_impedance, case, z, judge)}


def _tried(solve, case):
    """What the reference answers, or None and why."""
    try:
        return solve(case), ""
    except Exception as error:
        return None, _sentence(error)


def _verdict(solve, case, theirs, judge):
    """What became of one way, as a dictionary."""
    from .verdict import Verdict

    start = time.monotonic()
    try:
        ours = solve(case)
        found = Verdict("no reference", note="ours solves it")
        if theirs is not None:
            found = judge(case, ours, theirs)
    except Exception as error:
        found = Verdict(_kind_of(error), note=_sentence(error))
        if theirs is None:
            found = Verdict("no reference", note=f"ours {found.kind}: {found.note}")
    return found._asdict() | {"seconds": _since(start)}


def _kind_of(error):
    import pybamm

    from ssb_model.errors import InputError

    from .answers import Failed

    if isinstance(error, InputError):
        return "refused"
    return "failed" if isinstance(error, Failed | pybamm.SolverError) else "crashed"


def _sentence(error):
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _since(start):
    return round(time.monotonic() - start, 1)


def read(path):
    """Records of a file of JSON lines, by name; the last of each."""
    lines = Path(path).read_text().splitlines() if Path(path).exists() else []
    return {record["name"]: record for record in map(json.loads, lines)}


def main():
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--results", type=Path, help="a file of JSON lines")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--time-out", type=float, default=TIME_OUT, help="seconds a case")
    given = parser.parse_args()
    from .cases import CASES

    known = read(given.results) if given.results else {}
    names = given.names or [name for name in CASES if name not in known]

    def keep(record):
        line = json.dumps(record)
        print(line, flush=True)
        if given.results:
            with given.results.open("a") as file:
                file.write(line + "\n")

    run(names, given.time_out, given.processes, keep)


if __name__ == "__main__":
    main()
