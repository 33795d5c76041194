"""Cycles at C/2 with the film growing, for many growth rates."""

import inspect
from functools import partial

import numpy as np

import ssb_model
from benchmarks.accuracy import LADDER, LIMITS
from benchmarks.cell import GROWTH, batch
from benchmarks.peers.experiment import MODES, Cycling, experiment
from benchmarks.report import Row
from benchmarks.timing import NotMeasured, interleaved

REFERENCE_TOLERANCE = 1e-10


def measure(sizes):
    """Time of one cycle of one parameter set; each side as many as its time allows."""
    few = batch(sizes.peer_cell_count, (GROWTH,))
    exact = np.array(Cycling("legacy", REFERENCE_TOLERANCE, sizes.peer_cycles).run(few))
    peers = {
        mode: _loosest(partial(Cycling, mode), few, exact, sizes.peer_cycles) for mode in MODES
    }
    runs = {mode: partial(solver.run, few) for mode, (solver, _, _) in peers.items()}
    cells, note, error = batch(sizes.cell_count, (GROWTH,)), "", {}
    try:
        _, tolerance, error = _loosest(Ours, few, exact, sizes.peer_cycles)
        runs["ours"] = partial(Ours(tolerance, sizes.cycles).run, cells)
        runs["ours"]()
    except NotMeasured as reason:
        note = str(reason)
    times = interleaved(runs, sizes.repeats)
    ours = times["ours"] / (sizes.cycles * sizes.cell_count) if "ours" in times else None
    work = sizes.peer_cycles * sizes.peer_cell_count
    return [
        Row(
            f"one of {sizes.cycles} cycles, each of {sizes.cell_count} cells",
            ours,
            times[mode] / work,
            f"Experiment, {mode} models, one process, {sizes.peer_cycles} cycles of "
            f"{sizes.peer_cell_count}, IDAKLU with rtol = atol = {peers[mode][1]:.1e}",
            ours_error=error,
            peer_error=peers[mode][2],
            note=note,
        )
        for mode in MODES
    ]


def _loosest(make, sets, exact, cycles):
    """Solver, tolerance and error at the loosest tolerance whose cycling ends on time."""
    for tolerance in LADDER:
        solver = make(tolerance, cycles)
        error = float(np.abs(np.array(solver.run(sets)) / exact - 1).max())
        if error <= LIMITS["cut-off time"]:
            break
    return solver, tolerance, {"time of all cycles": error}


class Ours:
    """The compiled cell cycling; needs ``solve`` to take an ``experiment``."""

    def __init__(self, tolerance, cycles):
        values = ssb_model.cell_parameters("full")
        self.model = ssb_model.compile(ssb_model.FullCell(), values, inputs=[GROWTH])
        if "experiment" not in inspect.signature(self.model.solve).parameters:
            raise NotMeasured("not measured: solve() takes no experiment")
        self.options = {"rtol": tolerance, "atol": tolerance, "experiment": experiment(cycles)}

    def run(self, sets):
        """End time [s] of each member's cycling."""
        return self.model.solve(sets, **self.options).t_end
