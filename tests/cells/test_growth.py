"""The film's growth: a power law at constant current, calendar growth at rest, no sign."""

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters

HOUR = 3600.0
TIMES = np.array([0, 20, 50, 100, 200, 2000]) * HOUR
CELL = SymmetricCell({"garnet permittivity": "grain boundary"})


def films(galvanostatic, current, **values):
    """Film resistance of both faces [Ohm.m2] at TIMES."""
    values = {name.replace("_", " "): value for name, value in values.items()}
    values = {f"Negative face {name}": value for name, value in values.items()}
    solution = galvanostatic(CELL, cell_parameters("symmetric", values=values), current, TIMES)
    return np.array(
        [
            solution[f"{side} face film resistance [Ohm.m2]"](TIMES)
            for side in ("Negative", "Positive")
        ]
    )


@pytest.mark.parametrize("current", [0.0, 1e-4, -1e-4, 1e-3])
def test_film_grows_by_the_power_law_at_constant_current(galvanostatic, current):
    """dR = (k_c + k_J |J|) (t/200 h)^(1/2), on both faces, whichever way the current flows."""
    parameters = cell_parameters("symmetric")
    calendar = parameters["Negative face reference calendar growth [Ohm.m2]"]
    by_current = parameters["Negative face reference current growth [Ohm.m4.A-1]"]
    after_200_h = calendar + by_current * abs(current) / 1e-4
    for film in films(galvanostatic, current):
        np.testing.assert_allclose(
            film[1:], after_200_h * (TIMES[1:] / (200 * HOUR)) ** 0.5, rtol=1e-3
        )


def test_founding_growth_is_3_2_and_7_3_ohm_cm2_after_200_hours(galvanostatic):
    """The sum of both faces at 0.1 and 1.0 mA/cm2 (Zhai 2024, Fig. 4c and S15)."""
    rises = [films(galvanostatic, current)[:, 4].sum() * 1e4 for current in (1e-4, 1e-3)]
    np.testing.assert_allclose(rises, [3.2, 7.3], rtol=2e-3)


@pytest.mark.parametrize("exponent", [0.5, 0.7, 1.0])
def test_exponent_is_the_power_of_time(galvanostatic, exponent):
    film = films(galvanostatic, 1e-4, growth_exponent=exponent)[0]
    np.testing.assert_allclose(film[5] / film[1], 100**exponent, rtol=2e-3)


def test_film_is_absent_at_the_start_and_never_shrinks(galvanostatic):
    film = films(galvanostatic, 1e-4)[0]
    assert film[0] == 0
    assert (np.diff(film) > 0).all()
