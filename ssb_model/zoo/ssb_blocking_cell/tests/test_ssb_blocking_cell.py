"""Between blocking electrodes a spectrum shows the electrolyte, and below it the double layers."""

import numpy as np
import pybamm
import pytest


@pytest.fixture(scope="module")
def values():
    return pybamm.ParameterValues("LLZTO blocking")


def _impedance(values, frequency):
    model = pybamm.Model("SSB blocking cell")
    simulation = pybamm.EISSimulation(model, parameter_values=values)
    return complex(simulation.solve(np.array([frequency])).impedance[0])


def test_the_real_part_below_the_arcs_is_thickness_over_conductivity(values):
    resistance = values["Garnet thickness [m]"] / values["Garnet conductivity [S.m-1]"]
    area = values["Cell area [m2]"]
    assert _impedance(values, 10.0).real == pytest.approx(resistance / area, rel=1e-4)


def test_the_spike_is_that_of_two_double_layers_in_series(values):
    frequency = 1e-2
    capacity = values["Negative face double-layer capacity [F.m-2]"] * values["Cell area [m2]"]
    expected = -2 / (2 * np.pi * frequency * capacity)
    assert _impedance(values, frequency).imag == pytest.approx(expected, rel=1e-4)
