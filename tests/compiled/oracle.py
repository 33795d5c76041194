"""PyBaMM as the oracle: one model compiled, and the same model in PyBaMM."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pybamm

import ssb_model

CURRENT = "Current function [A]"
VOLTAGE = "Voltage [V]"


@dataclass
class Pair:
    """One model twice: compiled, and in PyBaMM.

    ``inputs`` are names of parameters; both sides take the same dictionary of values.
    """

    model: pybamm.BaseModel
    values: pybamm.ParameterValues
    inputs: tuple = ()
    var_pts: dict = None
    outputs: tuple = (VOLTAGE,)

    @cached_property
    def compiled(self):
        return ssb_model.compile(self.model, self.values, self.inputs, self.outputs, self.var_pts)

    @cached_property
    def points(self):
        return {**self.model.default_var_pts, **(self.var_pts or {})}

    def simulation(self, **solver):
        """PyBaMM's simulation by IDAKLU, with the pair's inputs."""
        values = self.values.copy()
        values.update(dict.fromkeys((CURRENT, *self.inputs), "[input]"))
        return pybamm.Simulation(
            self.model,
            parameter_values=values,
            var_pts=self.points,
            solver=pybamm.IDAKLUSolver(**solver),
        )

    def idaklu(self, inputs, times, rtol=1e-8, atol=1e-9):
        """PyBaMM's solution by IDAKLU, at ``times`` up to the cut-off."""
        given = {name: float(self.values[name]) for name in (CURRENT, *self.inputs)} | inputs
        simulation = self.simulation(rtol=rtol, atol=atol)
        return simulation.solve([0, times[-1]], t_interp=np.asarray(times), inputs=given)

    def eis(self, frequencies, inputs=None):
        """PyBaMM's impedance [Ohm]."""
        values = self.values.copy()
        values.update(inputs or {})
        simulation = pybamm.EISSimulation(self.model, parameter_values=values, var_pts=self.points)
        return np.asarray(simulation.solve(np.asarray(frequencies)).impedance)


def compare(pair, inputs, times):
    """Voltage difference, rms [V], and relative difference of the time of cut-off.

    ``inputs`` is a list of members, ``times`` (members, T) reach beyond every cut-off.
    """
    batch = {name: np.array([member[name] for member in inputs]) for name in inputs[0]}
    solution = pair.compiled.solve(batch, times)
    assert solution.status == ["event"] * len(inputs)
    assert solution.termination == ["Minimum voltage [V]"] * len(inputs)
    misses = []
    for n, member in enumerate(inputs):
        oracle = pair.idaklu(member, times[n])
        assert oracle.termination == "event: Minimum voltage [V]"
        valid = times[n] <= min(oracle.t[-1], solution.t_end[n])
        difference = (solution[VOLTAGE][n] - oracle[VOLTAGE](times[n]))[valid]
        assert valid.sum() > 50
        misses.append((np.sqrt(np.mean(difference**2)), solution.t_end[n] / oracle.t[-1] - 1))
    return np.array(misses).T


def central_difference(function, value, step):
    """Derivative of ``function`` (of one number, to a tuple of arrays) to fourth order.

    ``step`` is relative to ``value``: one central difference at it and one at twice as much.
    """

    def difference(h):
        ahead, behind = function(value * (1 + h)), function(value * (1 - h))
        return [(a - b) / (2 * h * value) for a, b in zip(ahead, behind, strict=True)]

    small, large = difference(step), difference(2 * step)
    return [(4 * s - l) / 3 for s, l in zip(small, large, strict=True)]
