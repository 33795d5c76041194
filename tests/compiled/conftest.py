"""The compiled cells, each compiled once, beside PyBaMM with the same inputs as the oracle."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, SymmetricCell, cell_parameters

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


FULL_INPUTS = (
    "Positive particle reference diffusivity [m2.s-1]",
    "Garnet thickness [m]",
    "Cathode-side resistance [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
    "Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]",
)
SYMMETRIC_INPUTS = (
    "Lower voltage cut-off [V]",
    "Garnet thickness [m]",
    "Negative face reference calendar growth [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
)


@pytest.fixture(scope="session")
def full():
    """The coated full cell on a 5 x 5 mesh."""
    return Pair(FullCell(), cell_parameters("full"), FULL_INPUTS, {"x_p": 5, "r_p": 5})


@pytest.fixture(scope="session")
def symmetric():
    """The coated symmetric cell, its film growing fifty times as fast as found.

    Hours then carry it through a cut-off that its new resistance keeps clear of.
    """
    growth = {"Negative face reference calendar growth [Ohm.m2]": 50 * 1.37e-4}
    values = cell_parameters("symmetric", values=growth)
    return Pair(SymmetricCell(), values, SYMMETRIC_INPUTS)


@pytest.fixture(scope="session")
def full_20x20():
    """The coated full cell on PyBaMM's default mesh of 20 x 20 points."""
    return Pair(FullCell(), cell_parameters("full"), FULL_INPUTS)
