"""From a discretised model to the first result, in a fresh process.

``python -m benchmarks.rows.start_up SIDE GRADIENTS [FILE]`` is that process. JAX and PyBaMM
are imported and PyBaMM has discretised the model when its clock starts.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.report import Row
from benchmarks.timing import NotMeasured, fresh

MODULE = "benchmarks.rows.start_up"


def measure(sizes):
    """Empty cache, warm cache, saved artefact; without and with five gradients."""
    rows = []
    for gradients, words in (("", ""), ("gradients", " with five gradients")):
        peer = _median([fresh(MODULE, "idaklu", gradients) for _ in range(sizes.repeats)])
        cold, warm, saved, note = _ours(gradients, sizes.repeats)
        name = "IDAKLU, first solve"
        rows += [
            Row(f"first solve{words}, empty cache", cold, peer, name),
            Row(f"first solve{words}, warm cache", warm, peer, name),
            Row(f"first solve{words}, saved artefact, warm cache", saved, peer, name, note=note),
        ]
    return rows


def _median(results):
    return float(np.median([r["seconds"] for r in results]))


def _ours(gradients, repeats):
    """Medians over rounds, each with a cache of its own: cold, warm, from the artefact; a note."""
    cold, warm, saved, note = [], [], [], ""
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            there = os.environ | {"SSB_MODEL_CACHE": str(Path(folder) / "cache")}
            artefact = Path(folder) / "cell"
            cold.append(fresh(MODULE, "ours", gradients, environment=there))
            warm.append(fresh(MODULE, "ours", gradients, environment=there))
            try:
                save(artefact)
            except NotMeasured as reason:
                note = str(reason)
                continue
            fresh(MODULE, "saved", gradients, artefact, environment=there)
            saved.append(fresh(MODULE, "saved", gradients, artefact, environment=there))
    return _median(cold), _median(warm), _median(saved) if saved else None, note


def save(path):
    """Save the cell with five inputs, where that is possible."""
    from benchmarks.cell import FIVE, compiled

    if not hasattr(compiled(FIVE), "save"):
        raise NotMeasured("not measured: compiled models have no save()")
    compiled(FIVE).save(path)


def ours(gradients):
    """Seconds from PyBaMM's discretised model to the first compiled solve."""
    import jax  # noqa: F401  (imported before the clock starts)
    import pybamm

    from benchmarks.cell import FIVE, TIMES, compiled

    built = []
    build = pybamm.Simulation.build

    def marked(simulation, *arguments, **options):
        result = build(simulation, *arguments, **options)
        built.append(perf_counter())
        return result

    pybamm.Simulation.build = marked
    compiled(FIVE).solve(t_eval=TIMES, sensitivities=FIVE if gradients else ())
    return perf_counter() - built[0]


def saved(gradients, path):
    """Seconds from the artefact to the first solve, without PyBaMM."""
    import jax  # noqa: F401

    import ssb_model

    start = perf_counter()
    model = ssb_model.load_compiled(path)
    names = [name for name in model.input_names if name != "Current function [A]"]
    model.solve(t_eval=np.linspace(0, 3900, 100), sensitivities=names if gradients else ())
    return perf_counter() - start


def idaklu(gradients):
    """Seconds from PyBaMM's discretised model to IDAKLU's first solve."""
    from benchmarks.cell import FIVE, batch, members
    from benchmarks.peers.idaklu import Idaklu

    sets = batch(1, FIVE)
    solver = Idaklu(1e-6, FIVE, bool(gradients), threads=1)
    solver.simulation.build(inputs=members(sets)[0])
    start = perf_counter()
    solver.run(sets)
    return perf_counter() - start


if __name__ == "__main__":
    side, *arguments = sys.argv[1:]
    print(
        json.dumps({"seconds": {"ours": ours, "saved": saved, "idaklu": idaklu}[side](*arguments)})
    )
