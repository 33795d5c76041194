"""Full discharges and spectra of the coated full cell: compiled against PyBaMM's own.

Run ``python benchmarks/solves.py``. Both sides use the same 20 x 20 mesh; runs alternate and
medians are compared, with each side's error against IDAKLU at rtol = atol = 1e-10 beside its
time. Compilation is timed apart. Results go to ``benchmarks/results/solves.json``.
"""

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import numpy as np
import pybamm

import ssb_model

CURRENT, VOLTAGE = "Current function [A]", "Voltage [V]"
DIFFUSIVITY = "Positive particle reference diffusivity [m2.s-1]"
BATCH, REPEATS = 256, 5
TIMES = np.linspace(0, 3900, 100)
FREQUENCIES = np.logspace(-3, 7, 60)


def seconds(function):
    """Wall time of one call, and its result."""
    start = perf_counter()
    result = function()
    return perf_counter() - start, result


def interleaved(**functions):
    """Median wall time of each function over alternating runs."""
    taken = {name: [] for name in functions}
    for _ in range(REPEATS):
        for name, function in functions.items():
            taken[name].append(seconds(function)[0])
    return {name: float(np.median(values)) for name, values in taken.items()}


def idaklu(values, tolerance, threads):
    """PyBaMM's simulation of one discharge, its voltage the only output."""
    options = {"num_threads": threads, "num_solvers": threads}
    solver = pybamm.IDAKLUSolver(
        rtol=tolerance, atol=tolerance, output_variables=[VOLTAGE], options=options
    )
    return pybamm.Simulation(ssb_model.FullCell(), parameter_values=values, solver=solver)


def largest_error(t_end, voltage, reference):
    """Largest voltage error [V] up to 98 % of the discharge, relative error of its end."""
    t = TIMES[: np.searchsorted(TIMES, 0.98 * reference.t[-1])]
    exact = reference[VOLTAGE](t)
    return float(np.abs(voltage(t) - exact).max()), float(abs(t_end / reference.t[-1] - 1))


def main():
    """Measure, print a table, write the JSON."""
    values = ssb_model.cell_parameters("full")
    values[CURRENT] = values["Nominal cell capacity [A.h]"]
    diffusivities = values[DIFFUSIVITY] * np.linspace(0.5, 2, BATCH)
    compiled = ssb_model.compile(ssb_model.FullCell(), values, inputs=[DIFFUSIVITY])
    peer_values = values.copy()
    peer_values[DIFFUSIVITY] = "[input]"
    peer = idaklu(peer_values, 1e-6, 2)
    sets = [{DIFFUSIVITY: D} for D in diffusivities]
    default = {DIFFUSIVITY: float(values[DIFFUSIVITY])}
    reference = idaklu(peer_values, 1e-10, 1).solve([0, TIMES[-1]], t_interp=TIMES, inputs=default)

    def ours():
        return compiled.solve({DIFFUSIVITY: diffusivities}, TIMES)

    def theirs():
        return peer.solve([0, TIMES[-1]], t_interp=TIMES, inputs=sets)

    eis_values = values.copy()
    eis_values[CURRENT] = 0.0
    eis = pybamm.EISSimulation(ssb_model.FullCell(), parameter_values=eis_values)
    spectra = {DIFFUSIVITY: diffusivities}
    cold = {
        "batch of solves": seconds(ours)[0],
        "batch of spectra": seconds(lambda: compiled.impedance(FREQUENCIES, spectra))[0],
    }
    theirs(), eis.solve(FREQUENCIES)
    one = compiled.solve(default, TIMES)
    other = peer.solve([0, TIMES[-1]], t_interp=TIMES, inputs=default)
    discharge = interleaved(ours=ours, peer=theirs)
    spectrum = interleaved(
        ours=lambda: compiled.impedance(FREQUENCIES, spectra),
        peer=lambda: [eis.solve(FREQUENCIES) for _ in range(8)],
    )
    rows = [
        row("discharge at 1C, each of 256", discharge["ours"] / BATCH, discharge["peer"] / BATCH),
        row("60-point spectrum, each", spectrum["ours"] / BATCH, spectrum["peer"] / 8),
    ]
    rows[0] |= {
        "peer_name": "IDAKLU rtol = atol = 1e-6, two threads and solvers",
        "ours_error": largest_error(one.t_end, lambda t: one[VOLTAGE][: len(t)], reference),
        "peer_error": largest_error(other.t[-1], other[VOLTAGE], reference),
    }
    rows[1] |= {"peer_name": "EISSimulation, one process"}
    write(rows, cold)


def row(name, ours, peer):
    """One comparison; times in seconds."""
    return {"name": name, "ours": ours, "peer": peer, "ratio": peer / ours}


def write(rows, cold):
    """Print the table and keep it."""
    packages = ("ssb-model", "pybamm", "jax", "jaxlib", "numpy")
    content = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "versions": {name: version(name) for name in packages},
        "first_call_seconds": cold,
        "rows": rows,
    }
    for r in rows:
        times = f"ours {1e3 * r['ours']:.3f} ms, peer {1e3 * r['peer']:.3f} ms"
        print(f"{r['name']}: {times}, ratio {r['ratio']:.1f} ({r['peer_name']})")
    print("first call:", {name: f"{value:.1f} s" for name, value in cold.items()})
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    (folder / "solves.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
