"""Ramps at temperatures and pressures, beside what was measured on uncoated garnets."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.critical_current import Ramp, ShortingCell, run_ramp

T, STACK, ASSEMBLY = "Ambient temperature [K]", "Stack pressure [Pa]", "Assembly pressure [Pa]"
REFERENCE = "Critical current law reference current density [A.m-2]"
EXPONENT = "Critical current law exponent"
CLEAN = "Negative face contact fraction"
HOUR = 3600.0
#: A/m2 at RT, 40 and 60 degC, and what they are known to (Taylor 2018)
TAYLOR = np.array([[9.0, 38.0, 60.0], [7.0, 9.0, 7.0]])


@pytest.fixture(scope="module")
def bare():
    """Uncoated, its contact closed by pressure."""
    return ShortingCell("bare", inputs=(CLEAN,), options={"contact closure": "pressure"})


@pytest.fixture(scope="module")
def coated():
    return ShortingCell("zni2-0.5")


def failed(cell, ramp, **given):
    members = np.broadcast_arrays(*map(np.atleast_1d, given.values()))
    return run_ramp(cell, ramp, dict(zip(given, members, strict=True))).first_failed


def test_a_hot_pressed_garnet_warms_as_measured(bare):
    """One current at room temperature explains all three; the ratios lie within their spread.

    The contact is clean and whole, the critical current a constant of the garnet.
    """
    ramp = Ramp.even(1.0, 1.0, 120.0, half_cycle=HOUR)
    warm = np.array([298.15, 313.15, 333.15])
    given = {T: warm, CLEAN: 1.0, REFERENCE: 11.0, EXPONENT: 0.0, STACK: 2e6}
    J = failed(bare, ramp, **given)
    (measured, spread) = TAYLOR
    assert abs(J[0] - measured[0]) < spread[0] and abs(J[2] - measured[2]) < spread[2]
    assert abs(J[1] - measured[1]) < 1.8 * spread[1]
    ratio = J[2] / J[0]
    assert (measured - spread)[2] / (measured + spread)[0] < ratio
    assert ratio < (measured + spread)[2] / (measured - spread)[0]


def test_a_coated_cell_s_ramp_rises_with_temperature(coated):
    """It fell from 2.25 to 1.95 mA/cm2 between 25 and 80 degC when only resistances knew it."""
    ramp = Ramp.even(0.5, 0.5, 80.0, half_cycle=HOUR)
    J = failed(coated, ramp, **{T: np.array([258.15, 298.15, 313.15, 333.15])})
    assert (np.diff(J) > 0).all()
    assert J[1] == pytest.approx(22.5, abs=0.5)


def test_pressure_first_raises_and_then_lowers_the_critical_current(bare):
    """Several times from none to 2 MPa and beyond; 0.382 to 0.229 from 12.5 to 25 MPa."""
    P = np.array([0.0, 2e5, 2e6, 12.5e6, 25e6])
    J = failed(bare, Ramp.even(0.5, 0.5, 60.0, half_cycle=HOUR), **{STACK: P})
    assert (np.diff(J[:4]) >= 0).all() and J[2] > 3 * J[0]
    assert J[4] / J[3] == pytest.approx(0.229 / 0.382, rel=0.1)


def test_over_pressure_lowers_a_coated_cell_s_too(coated):
    J = failed(
        coated, Ramp.even(0.5, 0.5, 30.0, half_cycle=HOUR), **{STACK: np.array([2e5, 12.5e6, 25e6])}
    )
    assert J[2] / J[1] == pytest.approx(0.229 / 0.382, rel=0.1)
    assert J[1] / J[0] == pytest.approx(np.exp(-0.041 * 2.5), rel=0.05)


def test_pressure_of_assembly_is_kept_in_a_ramp(bare):
    """Pressed with 10 MPa and released to 0.2 it bears more than what was never pressed."""
    bare_pressed = ShortingCell("bare", inputs=(ASSEMBLY,), options=bare.options)
    J = failed(
        bare_pressed,
        Ramp.even(0.5, 0.5, 60.0, half_cycle=HOUR),
        **{ASSEMBLY: np.array([0.0, 1e7]), STACK: 2e5},
    )
    assert J[1] > 2 * J[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({STACK: [1e5, 2.0]}, "2 Pa, less than 10 g on 1 cm2"),
        ({STACK: [-1e5]}, "must not be negative"),
        ({T: [298.15, 60.0]}, "write 333.15 K if 60 °C is meant"),
        ({T: [460.0]}, "lithium melts"),
        ({T: "60 degC"}, "give it as a number in K"),
    ],
)
def test_conditions_that_no_cell_has_are_refused_before_it_is_compiled(given, told):
    with pytest.raises(InputError, match=told) as refusal:
        run_ramp(ShortingCell("bare"), Ramp((1.0,), half_cycle=HOUR), given)
    assert "\n" not in str(refusal.value)
