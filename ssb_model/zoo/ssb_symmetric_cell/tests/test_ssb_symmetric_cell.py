"""A symmetric cell polarises by Ohm's law, alike in both directions."""

import numpy as np
import pybamm
import pytest

SMALL = 1e-6  # A, linear charge transfer


def _polarisation(current):
    values = pybamm.ParameterValues("Zhai2024 symmetric")
    values["Current function [A]"] = current
    model = pybamm.Model("SSB symmetric cell", options={"interface growth": "none"})
    solver = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-14)
    solution = pybamm.Simulation(model, parameter_values=values, solver=solver).solve([0, 3600])
    cell = solution["Cell resistance [Ohm.m2]"](3600) / values["Cell area [m2]"]
    return float(solution["Polarisation [V]"](3600)), float(cell)


def test_a_small_steady_current_meets_the_sum_of_all_resistances():
    polarisation, resistance = _polarisation(SMALL)
    assert polarisation == pytest.approx(SMALL * resistance, rel=1e-4)


def test_both_faces_are_alike():
    forward, backward = (_polarisation(sign * 1e-4)[0] for sign in (1, -1))
    np.testing.assert_allclose(forward, -backward, rtol=1e-6)
