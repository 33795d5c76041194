"""Activation energies with scatter between temperatures, and leads in series."""

import numpy as np
import pytest

from ssb_model.bench.arrhenius import Arrhenius
from ssb_model.constants import GAS_CONSTANT

T = np.array([25.0, 40.0, 60.0, 80.0]) + 273.15


def resistances(ohm, energy, power=0):
    """That follow the law, at `T`."""
    return ohm * (T / 298.15) ** power * np.exp(energy / GAS_CONSTANT * (1 / T - 1 / 298.15))


def test_without_scatter_the_slope_is_that_of_a_straight_line():
    R = resistances(900.0, 31800.0)
    fit = Arrhenius(T, R, 0.001 * R)
    x, y = 1 / GAS_CONSTANT / T, np.log(R)
    assert fit.energy.value == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-3)


def test_the_slope_of_ln_of_t_over_r_is_larger_by_the_mean_of_rt():
    R = resistances(900.0, 31800.0)
    plain, over_t = (Arrhenius(T, R, 1e-3 * R, power=m).energy.value for m in (0, 1))
    assert over_t - plain == pytest.approx(GAS_CONSTANT * 1 / np.mean(1 / T), rel=0.02)


@pytest.mark.parametrize("scatter", [0.0, 0.01, 0.03])
def test_intervals_hold_the_truth(scatter):
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(100):
        R = resistances(900.0, 31800.0) * np.exp(scatter * rng.normal(size=4))
        error = 0.006 * R
        energy = Arrhenius(T, R + error * rng.normal(size=4), error).energy
        held += energy.lower < 31800.0 < energy.upper
    assert held >= 93


def test_leads_are_taken_off_with_their_doubt():
    rng = np.random.default_rng(2)
    held = 0
    for _ in range(60):
        R = resistances(208.0, 38600.0, power=1) + 1.2
        error = 0.004 * R
        fit = Arrhenius(T, R + error * rng.normal(size=4), error, leads=2.0, power=1)
        warm = fit.own(3).interval()
        held += warm.lower < R[3] - 1.2 < warm.upper and fit.energy.lower < 38600 < fit.energy.upper
        assert warm.upper < R[3] + 3 * error[3]
    assert held >= 55


def test_one_temperature_keeps_its_own_interval():
    fit = Arrhenius(T[:1], np.array([900.0]), np.array([9.0]))
    own = fit.own(0).interval()
    assert own.lower == pytest.approx(900 - 1.96 * 9, rel=1e-3)
