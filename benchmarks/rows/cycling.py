"""Cycles at C/2 with the film growing, for many growth rates."""

import inspect
from functools import partial
from typing import NamedTuple

import numpy as np

import ssb_model
from benchmarks.accuracy import LADDER, LIMITS
from benchmarks.cell import GROWTH, VOLTAGE, batch
from benchmarks.peers.experiment import MODES, Cycled, Cycling, experiment, on_minutes
from benchmarks.report import Row
from benchmarks.timing import NotMeasured, interleaved

REFERENCE_TOLERANCE = 1e-7  # below that, IDAKLU gives up on some of these experiments


def measure(sizes):
    """Time of one cycle of one parameter set; each side as many as its time allows."""
    few, many = batch(sizes.peer_cell_count, (GROWTH,)), batch(sizes.cell_count, (GROWTH,))
    reference = Cycling("legacy", REFERENCE_TOLERANCE, sizes.peer_cycles)
    exact = reference.read(reference.run(few))
    makes = {"ours": Ours} | {mode: partial(Cycling, mode) for mode in MODES}
    chosen, missing = {}, {}
    for side, make in makes.items():
        try:
            chosen[side] = _loosest(make, few, exact, sizes.peer_cycles)
        except NotMeasured as reason:
            missing[side] = str(reason)
    runs = {side: partial(found.solver.run, few) for side, found in chosen.items()}
    work = dict.fromkeys(runs, sizes.peer_cycles * sizes.peer_cell_count)
    if "ours" in chosen:
        runs["ours"] = partial(Ours(chosen["ours"].tolerance, sizes.cycles).run, many)
        work["ours"] = sizes.cycles * sizes.cell_count
        runs["ours"]()  # compiles
    times = interleaved(runs, sizes.repeats)
    each = {side: times[side] / work[side] for side in times}
    return [_row(mode, sizes, each, chosen, missing) for mode in MODES]


def _row(mode, sizes, each, chosen, missing):
    ours, peer = chosen.get("ours"), chosen.get(mode)
    amount = f"{sizes.peer_cycles} cycles of {sizes.peer_cell_count}, one process"
    return Row(
        f"one of {sizes.cycles} cycles, each of {sizes.cell_count} cells",
        each.get("ours"),
        each.get(mode),
        f"Experiment, {mode} models, {amount}{peer.label if peer else ''}",
        ours_name=f"compiled{ours.label if ours else ''}",
        ours_error=ours.error if ours else {},
        peer_error=peer.error if peer else {},
        note="; ".join(missing[s] for s in ("ours", mode) if s in missing),
    )


class Chosen(NamedTuple):
    """A side at the tolerance it needs."""

    solver: object
    tolerance: float
    error: dict

    @property
    def label(self):
        return f", rtol = atol = {self.tolerance:.1e}"


def _loosest(make, sets, exact, cycles):
    """The side at the loosest tolerance whose voltages and end are right."""
    for tolerance in LADDER:
        solver = make(tolerance, cycles)
        errors = solver.read(solver.run(sets)).errors(exact)
        right = errors["time of all cycles"] <= LIMITS["cut-off time"]
        if right and errors["voltage [V]"] <= LIMITS["voltage [V]"]:
            return Chosen(solver, tolerance, errors)
    raise NotMeasured(f"no tolerance down to {LADDER[-1]:.0e} keeps the errors")


class Ours:
    """The compiled cell cycling; needs ``solve`` to take an ``experiment``."""

    def __init__(self, tolerance, cycles):
        values = ssb_model.cell_parameters("full")
        self.model = ssb_model.compile(ssb_model.FullCell(), values, inputs=[GROWTH])
        if "experiment" not in inspect.signature(self.model.solve).parameters:
            raise NotMeasured("not measured: solve() takes no experiment")
        self.options = {"rtol": tolerance, "atol": tolerance, "experiment": experiment(cycles)}

    def run(self, sets):
        """A solved batch; what is timed."""
        return self.model.solve(sets, **self.options)

    def read(self, solution):
        """End times [s] and voltages every minute of every step, as :class:`Cycled`."""
        curves = []
        for t, v, segment in zip(solution.t, solution[VOLTAGE], solution.segment, strict=True):
            ends = np.searchsorted(segment[segment >= 0], np.arange(segment.max() + 2))
            starts = t[np.maximum(ends[:-1] - 1, 0)] * (np.arange(len(ends) - 1) > 0)
            curves += [
                on_minutes(t[a:b] - start, v[a:b])
                for a, b, start in zip(ends[:-1], ends[1:], starts, strict=True)
            ]
        return Cycled(solution.t_end, curves)
