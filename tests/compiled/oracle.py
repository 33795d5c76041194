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

    def idaklu(self, inputs, times, rtol=1e-8, atol=1e-9):
        """PyBaMM's solution by IDAKLU, at ``times`` up to the cut-off."""
        names = (CURRENT, *self.inputs)
        values = self.values.copy()
        given = {name: float(values[name]) for name in names} | inputs
        values.update(dict.fromkeys(names, "[input]"))
        simulation = pybamm.Simulation(
            self.model,
            parameter_values=values,
            var_pts=self.points,
            solver=pybamm.IDAKLUSolver(rtol=rtol, atol=atol),
        )
        return simulation.solve([0, times[-1]], t_interp=np.asarray(times), inputs=given)

    def eis(self, frequencies, inputs=None):
        """PyBaMM's impedance [Ohm]."""
        values = self.values.copy()
        values.update(inputs or {})
        simulation = pybamm.EISSimulation(self.model, parameter_values=values, var_pts=self.points)
        return np.asarray(simulation.solve(np.asarray(frequencies)).impedance)
