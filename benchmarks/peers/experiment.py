"""Cycling by ``pybamm.Experiment``, in both of the ways ``Simulation`` builds its models."""

import shutil

import numpy as np
import pybamm

import ssb_model
from benchmarks.cell import GROWTH, members

MODES = ("legacy", "unified")
CYCLE = (
    "Discharge at 0.5C until 2.5 V",
    "Rest for 10 minutes",
    "Charge at 0.5C until 3.8 V",
    "Rest for 10 minutes",
)


def experiment(cycles):
    """Cycles at C/2 with rests."""
    return pybamm.Experiment([CYCLE] * cycles)


class Cycling:
    """One way at one tolerance: ``run`` cycles every member of a batch, one after another."""

    def __init__(self, mode, tolerance, cycles):
        values = ssb_model.cell_parameters("full")
        self.steps = cycles * len(CYCLE)
        values[GROWTH] = "[input]"
        c_code = bool(shutil.which("gcc") or shutil.which("clang"))
        solver = pybamm.IDAKLUSolver(rtol=tolerance, atol=tolerance, options={"compile": c_code})
        self.simulation = pybamm.Simulation(
            ssb_model.FullCell(),
            parameter_values=values,
            experiment=experiment(cycles),
            solver=solver,
            experiment_model_mode=mode,
        )

    def run(self, sets):
        """End time [s] of each member's cycling, NaN where PyBaMM gave up and returned a part."""
        solved = [self.simulation.solve(inputs=m, calc_esoh=False) for m in members(sets)]
        return [self._end(solution) for solution in solved]

    def _end(self, solution):
        steps = sum(len(cycle.steps) for cycle in solution.cycles)
        return float(solution.t[-1]) if steps == self.steps else np.nan
