"""The cells in plain PyBaMM: a spectrum, and a run at constant current."""

import numpy as np
import pybamm
import pytest

AREA = 1e-4  # m2, of the founding garnet pellet


@pytest.fixture(scope="session")
def spectrum():
    """``spectrum(model, values, frequencies, var_pts)``: area-specific impedance [Ohm.m2]."""

    def solve(model, values, frequencies, var_pts=None):
        points = {**model.default_var_pts, **(var_pts or {})}
        eis = pybamm.EISSimulation(model, parameter_values=values, var_pts=points)
        return np.asarray(eis.solve(np.asarray(frequencies)).impedance) * AREA

    return solve


@pytest.fixture(scope="session")
def galvanostatic():
    """``galvanostatic(model, values, current, times)``: PyBaMM's solution by IDAKLU."""

    def solve(model, values, current, times, var_pts=None, rtol=1e-8, atol=1e-10):
        values = values.copy()
        values["Current function [A]"] = current
        simulation = pybamm.Simulation(
            model,
            parameter_values=values,
            var_pts={**model.default_var_pts, **(var_pts or {})},
            solver=pybamm.IDAKLUSolver(rtol=rtol, atol=atol),
        )
        return simulation.solve([0, times[-1]], t_interp=np.asarray(times))

    return solve
