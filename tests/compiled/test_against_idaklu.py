"""Discharges against PyBaMM's IDAKLU (rtol 1e-8): voltage to 0.1 mV rms, cut-off to 1e-5."""

import numpy as np
import pybamm
import pytest

from .oracle import CURRENT, VOLTAGE, Pair, compare

HOUR = 3600.0
CAPACITY = 0.51e-3  # A.h of the full cell: 170 mAh/g of 3 mg/cm2


def full_cell_rates():
    inputs = [{CURRENT: 0.1 * CAPACITY}, {CURRENT: CAPACITY}]
    return inputs, np.linspace(0, [12 * HOUR, 1.2 * HOUR], 121, axis=1)


def test_full_cell_at_tenth_of_c_and_1c(full):
    rms, cut_off = compare(full, *full_cell_rates())
    assert rms.max() < 1e-4
    assert np.abs(cut_off).max() < 1e-5


def test_full_cell_on_the_default_mesh(full_20x20):
    rms, cut_off = compare(full_20x20, *full_cell_rates())
    assert rms.max() < 1e-4
    assert np.abs(cut_off).max() < 1e-5


def test_symmetric_cell_grows_through_its_cut_off(symmetric):
    """0.1 and 1 mA: the film's growth carries 13 and 130 mV to 20 and 200 mV."""
    inputs = [
        {CURRENT: 1e-4, "Lower voltage cut-off [V]": -0.02},
        {CURRENT: 1e-3, "Lower voltage cut-off [V]": -0.2},
    ]
    times = np.linspace(0, [70 * HOUR, 70 * HOUR], 121, axis=1)
    rms, cut_off = compare(symmetric, inputs, times)
    assert rms.max() < 1e-4
    assert np.abs(cut_off).max() < 1e-5


def test_symmetric_cell_relaxes_from_nanoseconds_to_a_minute(symmetric):
    """Bulk, grain boundary, double layers and layers charge one after the other at 0.1 and 1 mA."""
    times = np.logspace(-9, np.log10(60), 121)
    solution = symmetric.compiled.solve({CURRENT: [1e-4, 1e-3]}, np.array([times, times]))
    for n, current in enumerate((1e-4, 1e-3)):
        oracle = symmetric.idaklu({CURRENT: current}, times)[VOLTAGE](times)
        assert np.ptp(oracle) > 100 * current  # ohm: most of the resistance charges inside
        assert np.sqrt(np.mean((solution[VOLTAGE][n] - oracle) ** 2)) < 1e-4


def test_doyle_fuller_newman_model_with_algebraic_states():
    """PyBaMM's own lithium-ion cell, a differential-algebraic system of index 1."""
    model = pybamm.lithium_ion.DFN()
    assert model.algebraic
    points = {"x_n": 4, "x_s": 4, "x_p": 4, "r_n": 5, "r_p": 5}
    pair = Pair(model, pybamm.ParameterValues("Marquis2019"), (), points)
    rms, cut_off = compare(pair, [{CURRENT: 0.68}], np.linspace(0, [4000.0], 121, axis=1))
    assert rms.max() < 1e-4
    assert np.abs(cut_off).max() < 1e-5


@pytest.mark.parametrize("name", ["full", "symmetric"])
def test_a_rest_stays_at_the_open_circuit_voltage(request, name):
    """No current, no growth by current: the voltage does not move, and the final time is met."""
    pair = request.getfixturevalue(name)
    times = np.linspace(0, 10 * HOUR, 121)
    solution = pair.compiled.solve({CURRENT: np.zeros(2)}, times)
    assert solution.status == ["final time"] * 2
    np.testing.assert_array_equal(solution.t_end, times[-1])
    np.testing.assert_allclose(np.ptp(solution[VOLTAGE], axis=1), 0, atol=1e-6)
