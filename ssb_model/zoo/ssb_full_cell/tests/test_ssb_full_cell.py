"""A full cell at rest shows the potential of LiFePO4; its garnet obeys Ohm's law."""

import pybamm
import pytest

from ssb_model.cells.cathode import afshar2017

VANISHING = 1e-9  # A


@pytest.fixture(scope="module")
def run():
    """``run(current)``: half a minute at a current [A], and the parameter values."""

    def solve(current):
        values = pybamm.ParameterValues("Zhai2024 full")
        values["Current function [A]"] = current
        model = pybamm.Model("SSB full cell")
        solver = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10)
        simulation = pybamm.Simulation(model, parameter_values=values, solver=solver)
        return simulation.solve([0, 30]), values

    return solve


def test_at_a_vanishing_current_the_voltage_is_the_open_circuit_potential(run):
    solution, values = run(VANISHING)
    charged = values["Positive electrode charged stoichiometry"]
    expected = afshar2017(pybamm.Scalar(charged)).evaluate()
    assert solution["Voltage [V]"](30) == pytest.approx(float(expected), abs=1e-4)


def test_the_garnet_takes_its_thickness_over_its_conductivity(run):
    solution, values = run(1e-4)
    resistance = values["Garnet thickness [m]"] / values["Garnet conductivity [S.m-1]"]
    ohmic = 1e-4 / values["Cell area [m2]"] * resistance
    assert solution["Garnet voltage [V]"](30) == pytest.approx(ohmic, rel=1e-3)
