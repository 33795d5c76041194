"""Throughput of the saved cell against batch size, on whatever device JAX finds.

``python -m benchmarks.device record cell`` (needs PyBaMM) saves the compiled cell and records
reference discharges in ``results/reference.json``. ``python -m benchmarks.device run cell`` needs
numpy, scipy and JAX only: it solves batches of 1 to 100 000, compares the recorded members with the
reference, and writes ``results/device.json``. ``python -m benchmarks.device report`` needs no
device, but nvcc and g++: it prints what a solve needs of a GPU (see ``device_report.py``).
"""

import argparse
import json
import platform
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

RESULTS = Path(__file__).parent / "results"
VOLTAGE = "Voltage [V]"
RECORDED_FACTORS = (0.5, 1.0, 2.0)
STAGES = 6  # of the Rosenbrock method: as many right-hand sides and triangular solves a step


def record(path):
    """Save the compiled cell at ``path`` and the discharges that a device must reproduce."""
    from benchmarks.cell import DIFFUSIVITY, TIMES, compiled, parameter_values
    from benchmarks.peers.idaklu import REFERENCE_TOLERANCE, reference

    default = float(parameter_values()[DIFFUSIVITY])
    exact = reference({DIFFUSIVITY: default * np.array(RECORDED_FACTORS)})
    content = {
        "solver": f"IDAKLU, rtol = atol = {REFERENCE_TOLERANCE:.0e}",
        "input": DIFFUSIVITY,
        "default": default,
        "times": TIMES.tolist(),
        "values": [default * factor for factor in RECORDED_FACTORS],
        "t_end": exact.t_end.tolist(),
        "voltage": [row[np.isfinite(row)].tolist() for row in exact.voltage],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "reference.json").write_text(json.dumps(content) + "\n")
    compiled().save(path)


def run(path, sizes, tolerance, repeats, bandwidth):
    """Measure every batch size; a list of dictionaries, and whether steps are the kernel's."""
    import ssb_model

    reference = json.loads((RESULTS / "reference.json").read_text())
    model = ssb_model.load_compiled(path)
    rows = []
    for size in sizes:
        rows.append(measure(model, reference, size, tolerance, repeats, bandwidth))
        print("  ".join(f"{name} {value:.4g}" for name, value in rows[-1].items()), flush=True)
    return rows, model.system.kernel(max(sizes)) is not None


def measure(model, reference, size, tolerance, repeats, bandwidth):
    """First and median warm time of one batch, its throughput, errors and share of bandwidth."""
    spread = reference["default"] * np.geomspace(0.5, 2, size)
    sets = {reference["input"]: np.append(reference["values"], spread)[:size]}
    times = np.array(reference["times"])

    def solve():
        start = perf_counter()
        solution = model.solve(sets, times, rtol=tolerance, atol=tolerance)
        return perf_counter() - start, solution

    first, solution = solve()
    warm = float(np.median([solve()[0] for _ in range(repeats)]))
    row = {
        "batch": size,
        "first call [s]": first,
        "warm [s]": warm,
        "solves per second": size / warm,
    }
    row |= errors(solution, reference, size)
    if bandwidth:
        touched = bytes_a_step(model.system) * size * np.max(solution.statistics["tried"])
        row["share of bandwidth"] = float(touched / warm / (bandwidth * 1e9))
    return row


def errors(solution, reference, size):
    """Largest errors of the recorded members, and how many of the batch failed."""
    found = {"voltage [V]": [], "cut-off time": []}
    for k in range(min(size, len(reference["values"]))):
        exact, end = np.array(reference["voltage"][k]), reference["t_end"][k]
        before = 0.98 * end > np.array(reference["times"])[: len(exact)]
        voltage = solution[VOLTAGE][k, : len(exact)]
        found["voltage [V]"].append(np.abs(voltage - exact)[before].max())
        found["cut-off time"].append(abs(solution.t_end[k] / end - 1))
    largest = {f"error of {name}": float(max(values)) for name, values in found.items()}
    return largest | {"failed": int(np.sum(~solution.succeeded))}


def bytes_a_step(system):
    """Estimate of what a step of one member must move, in bytes, if nothing stays in cache.

    The Jacobian's entries are written and read once and so are the factors; each stage reads
    the factors and, of the states, writes and reads a right-hand side, an increment and a sum.
    """
    matrix = 2 * len(system.rows) + 2 * system.plan.entries
    stage = system.plan.entries + 6 * system.states
    return 8 * (matrix + STAGES * stage)


def write(rows, path, bandwidth, kernel):
    """Keep the rows as JSON."""
    import jax

    device = jax.devices()[0]
    content = {
        "date": date.today().isoformat(),
        "steps": "the kernel" if kernel else "plain JAX",
        "machine": f"{device.device_kind} ({device.platform}), {platform.machine()}",
        "versions": {"jax": jax.__version__, "numpy": np.__version__},
        "bandwidth [GB/s]": bandwidth,
        "rows": rows,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")


def main():
    """The command ``python -m benchmarks.device``."""
    parser = argparse.ArgumentParser("python -m benchmarks.device", description=__doc__)
    parser.add_argument("task", choices=("record", "run", "report"))
    parser.add_argument("artefact", type=Path, nargs="?", help="the saved cell")
    parser.add_argument("--architectures", nargs="*", default=["sm_80", "sm_90", "sm_100"])
    parser.add_argument("--largest", type=int, default=100_000, help="largest batch")
    parser.add_argument("--tolerance", type=float, default=1e-5, help="rtol = atol")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--bandwidth", type=float, help="the device's peak [GB/s]")
    parser.add_argument("--output", type=Path, default=RESULTS / "device.json")
    given = parser.parse_args()
    if given.task == "report":
        from benchmarks.device_report import report

        report(given.architectures)
        return
    if given.artefact is None:
        parser.error("the saved cell is missing")
    if given.task == "record":
        record(given.artefact)
        return
    sizes = [10**k for k in range(6) if 10**k <= given.largest]
    rows, kernel = run(given.artefact, sizes, given.tolerance, given.repeats, given.bandwidth)
    write(rows, given.output, given.bandwidth, kernel)


if __name__ == "__main__":
    main()
