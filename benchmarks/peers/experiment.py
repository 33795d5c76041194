"""Cycling by ``pybamm.Experiment``, in both of the ways ``Simulation`` builds its models."""

import shutil
from typing import NamedTuple

import numpy as np
import pybamm

import ssb_model
from benchmarks.cell import GROWTH, VOLTAGE, members

MODES = ("legacy", "unified")
CYCLE = (
    "Discharge at 0.5C until 2.5 V",
    "Rest for 10 minutes",
    "Charge at 0.5C until 3.8 V",
    "Rest for 10 minutes",
)


def experiment(cycles):
    """Cycles at C/2 with rests, the voltage recorded every minute."""
    return pybamm.Experiment([CYCLE] * cycles, period="1 minute")


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
        """PyBaMM's solutions; what is timed."""
        return [self.simulation.solve(inputs=m, calc_esoh=False) for m in members(sets)]

    def read(self, solutions):
        """End times [s] and voltages every minute of every step, as :class:`Cycled`."""
        steps = [[step for cycle in s.cycles for step in cycle.steps] for s in solutions]
        whole = [len(each) == self.steps for each in steps]
        if not all(whole):
            return Cycled(np.full(len(whole), np.nan), [])
        curves = [on_minutes(s.t - s.t[0], s[VOLTAGE].entries) for each in steps for s in each]
        return Cycled(np.array([float(s.t[-1]) for s in solutions]), curves)


class Cycled(NamedTuple):
    """End times [s] (B,) and, member by member and step by step, voltages at whole minutes.

    A PyBaMM that gave up and returned a part has end times NaN.
    """

    t_end: np.ndarray
    curves: list

    def errors(self, exact):
        """Largest errors: end of all cycles, and voltage in the first 98 % of every step."""
        pairs = zip(self.curves, exact.curves, strict=True) if self.curves else ()
        apart = [_apart(*pair) for pair in pairs]
        return {
            "voltage [V]": max(apart, default=np.nan),
            "time of all cycles": float(np.abs(self.t_end / exact.t_end - 1).max()),
        }


def on_minutes(t, values):
    """``values`` at the times [s] since a step's start that are whole minutes."""
    minute = np.round(t / 60)
    return values[(np.abs(t - 60 * minute) < 1e-6) & (minute > 0)]


def _apart(found, exact):
    compared = int(0.98 * len(exact))
    return float(np.abs(found[:compared] - exact[:compared]).max(initial=0))
