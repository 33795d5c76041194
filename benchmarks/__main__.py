"""The command ``python -m benchmarks``."""

import argparse
import os
from pathlib import Path
from typing import NamedTuple

ROWS = {
    "a": "batch of discharges",
    "b": "batch of discharges with five gradients",
    "c": "one discharge alone",
    "d": "impedance spectra",
    "e": "cycling with ageing",
    "f": "first solve of a fresh process",
    "g": "peak memory of a large batch",
}
RECORDED = Path(__file__).parent / "results" / "peers.json"


class Sizes(NamedTuple):
    """How much is measured."""

    repeats: int = 5
    batch: int = 256
    gradient_batch: int = 256
    limit: float = 120.0
    spectra: int = 1000
    peer_spectra: int = 32
    cycles: int = 200
    cell_count: int = 64
    peer_cycles: int = 10
    peer_cell_count: int = 3
    memory_batch: int = 4096


QUICK = Sizes(
    repeats=1,
    batch=16,
    gradient_batch=8,
    limit=60.0,
    spectra=64,
    peer_spectra=4,
    cycles=4,
    cell_count=4,
    peer_cycles=2,
    peer_cell_count=1,
    memory_batch=64,
)


def measure(letter, sizes):
    """Rows of one letter."""
    from benchmarks.rows import alone, cycling, discharges, memory, spectra, start_up

    functions = {
        "a": discharges.measure,
        "b": discharges.measure_gradients,
        "c": alone.measure,
        "d": spectra.measure,
        "e": cycling.measure,
        "f": start_up.measure,
        "g": memory.measure,
    }
    return functions[letter](sizes)


def arguments():
    """The command's options."""
    lines = "\n".join(f"  {letter}  {text}" for letter, text in ROWS.items())
    parser = argparse.ArgumentParser(
        "python -m benchmarks",
        description=f"Measure beside other solvers. Rows:\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default=",".join(ROWS), help="rows to run, such as a,c")
    parser.add_argument("--repeats", type=int, help="alternating runs of which the median counts")
    parser.add_argument("--quick", action="store_true", help="small sizes: only see that it runs")
    parser.add_argument("--output", type=Path, help="JSON file; by default that of a full run")
    given = parser.parse_args()
    given.only = given.only.split(",")
    unknown = set(given.only) - set(ROWS)
    if unknown:
        parser.error(f"no row {', '.join(sorted(unknown))}; choose from {', '.join(ROWS)}")
    return given


def main():
    """Measure, print the table, and keep a full run (or any run with ``--output``)."""
    os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
    given = arguments()
    from benchmarks.report import show, write

    sizes = QUICK if given.quick else Sizes()
    if given.repeats:
        sizes = sizes._replace(repeats=given.repeats)
    full = not given.quick and given.only == list(ROWS)
    output = given.output or (RECORDED if full else None)
    rows = []
    for letter in given.only:
        print(f"{letter}: {ROWS[letter]}", flush=True)
        rows += measure(letter, sizes)
        if output:
            write(rows, output, sizes=sizes._asdict())
    show(rows)


if __name__ == "__main__":
    main()
