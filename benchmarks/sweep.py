"""The command ``python -m benchmarks.sweep``: candidates a second and memory of sweeps of coatings.

100 000 coatings through interface and critical current, 10 000 and a quarter of them through the
full cell's rates, and the first sweep again in two processes, whose rows must be the same to the
last bit. Each runs in a process of its own, so that its memory is its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks.command import without_options

RESULTS = Path(__file__).parent / "results" / "sweep.json"
INTERFACE = ["interface resistance", "critical current density", "polarisation at 0.1 mA/cm2"]
RATES = ["capacity at 0.1C", "capacity at 0.5C", "capacity at 1C"]
VARIED = {
    "layer thickness": ("50 nm", "900 nm"),
    "layer ionic conductivity": ("1e-7 S/cm", "1e-4 S/cm"),
    "layer electronic conductivity": ("1e-2 S/cm", "1e3 S/cm"),
    "coated share": ("50 %", "99.9 %"),
}
#: outputs, candidates, chunk and workers of each run
RUNS = {
    "interface and critical current": (INTERFACE, 100_000, 4096, 0),
    "the same, two processes": (INTERFACE, 100_000, 4096, 2),
    "three rates of the full cell": (RATES, 10_000, 1024, 0),
    "three rates, a quarter of the candidates": (RATES, 2_500, 1024, 0),
}


def sweep_file(folder, outputs, candidates, chunk):
    """Write the sweep file of a run."""
    text = f'title = "benchmark"\ncoating = "zni2-0.5"\noutputs = {json.dumps(outputs)}\n'
    text += f'chunk = {chunk}\n[design]\nkind = "sobol"\ncandidates = {candidates}\n'
    for name, ends in VARIED.items():
        text += f'[[vary]]\nname = "{name}"\nrange = {json.dumps(ends)}\n'
    path = folder / "sweep.toml"
    path.write_text(text)
    return path


def run(name, out):
    """One run in this process: seconds of reading and compiling, of computing, and peak memory."""
    from functools import partial

    from ssb_model.sweep import alone, in_processes, read_sweep, run_sweep

    outputs, candidates, chunk, workers = RUNS[name]
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        sweep = read_sweep(sweep_file(Path(folder), outputs, candidates, chunk))
        read = perf_counter() - start
        start = perf_counter()
        run_sweep(sweep, out, partial(in_processes, workers) if workers else alone)
        seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "candidates": candidates,
        "seconds_to_read_and_compile": read,
        "seconds": seconds,
        "candidates_per_second": candidates / seconds,
        "peak_memory_MB": peak,
    }


def main():
    """Every run in a process of its own; the table and the file."""
    without_options("sweep", __doc__)
    from ssb_model.library import processor
    from ssb_model.sweep import load_sweep

    with tempfile.TemporaryDirectory() as folder:
        found, outs = {}, {}
        for k, name in enumerate(RUNS):
            outs[name] = Path(folder) / str(k)
            command = [sys.executable, "-m", "benchmarks.sweep", name, str(outs[name])]
            printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found[name] = json.loads(printed.splitlines()[-1])
            print(name, {key: round(value, 1) for key, value in found[name].items()})
        one, two, *_ = (load_sweep(out) for out in outs.values())
        same = one.table.equals(two.table)
    print(f"rows of one process and of two are equal to the last bit: {same}")
    content = {
        "date": str(date.today()),
        "processor": processor(),
        "same_rows": same,
        "runs": found,
    }
    RESULTS.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in RUNS:
        print(json.dumps(run(*sys.argv[1:])))
    else:
        main()
