"""Temperature and pressure as factors on any law, held against what was measured."""

import jax
import numpy as np
import pytest

from ssb_model import InputError, load_parameter_set
from ssb_model.constants import FARADAY, ROOM_TEMPERATURE, ZERO_CELSIUS
from ssb_model.critical_current import activation_factor, over_pressure_factor

GARNET = load_parameter_set("llzto")
ENERGY, STRENGTH, THRESHOLD = (
    GARNET[f"critical current law {name}"]
    for name in ("activation energy", "over-pressure strength", "over-pressure threshold")
)
#: mA/cm2 at RT, 40 and 60 degC, and what they are known to (Taylor 2018)
TAYLOR = np.array([[0.9, 3.8, 6.0], [0.7, 0.9, 0.7]])
WARM = np.array([25.0, 40.0, 60.0]) + ZERO_CELSIUS


def test_the_prior_is_what_its_source_says():
    eV = FARADAY
    assert ENERGY.value == pytest.approx(0.40 * eV, rel=1e-4)
    assert ENERGY.prior.lower == pytest.approx((0.40 - 1.96 * 0.15) * eV, rel=1e-3)
    assert ENERGY.prior.upper == pytest.approx((0.40 + 1.96 * 0.15) * eV, rel=1e-3)
    assert ENERGY.tag == "assumed"


def test_at_the_reference_nothing_moves(laws):
    for law in laws.values():
        J = law.current_density(200e-4)
        factor = activation_factor(ROOM_TEMPERATURE, ENERGY.value)
        assert J * factor * over_pressure_factor(2e5, STRENGTH.value, THRESHOLD.value) == J


def test_no_energy_and_no_strength_change_nothing():
    assert (activation_factor(WARM, 0.0) == 1).all()
    assert (over_pressure_factor(np.array([0.0, 1e5, 1e8]), 0.0, 0.0) == 1).all()


def test_the_ratios_of_an_uncoated_garnet_lie_within_their_spread():
    """From room temperature to 40 and to 60 degC."""
    (J, spread), factor = TAYLOR, activation_factor(WARM, ENERGY.value)
    least, most = (J - spread) / (J + spread)[0], (J + spread) / (J - spread)[0]
    assert (least < factor)[1:].all() and (factor < most)[1:].all()


def test_one_current_at_room_temperature_and_the_prior_explain_all_three():
    """The best energy lies within one standard deviation of the prior's centre."""
    J, spread = TAYLOR
    energies = np.linspace(0.1, 0.8, 141)
    factors = activation_factor(WARM, FARADAY * energies[:, None]) / spread
    scale = (factors * J / spread).sum(axis=1) / (factors**2).sum(axis=1)
    chi2 = ((scale[:, None] * factors - J / spread) ** 2).sum(axis=1)
    assert abs(energies[chi2.argmin()] - 0.40) < 0.15
    assert np.interp(0.40, energies, chi2) < 3  # of three data, one constant


def test_over_pressure_lowers_the_current_as_measured():
    """0.382 to 0.229 mA/cm2 from 12.5 to 25 MPa, and further up to 37.5; nothing below."""
    P = np.array([0.0, 2e6, THRESHOLD.value, 12.5e6, 25e6, 37.5e6])
    factor = over_pressure_factor(P, STRENGTH.value, THRESHOLD.value)
    assert (factor[:3] == 1).all() and (np.diff(factor[2:]) < 0).all()
    assert factor[4] / factor[3] == pytest.approx(0.229 / 0.382, rel=0.01)


@pytest.mark.parametrize("T", [260.0, 298.15, 333.15])
def test_its_slope_is_the_energy(T):
    """d ln J/dT = E/(R T2), by JAX."""
    slope = jax.grad(lambda T: jax.numpy.log(activation_factor(T, ENERGY.value)))(T)
    assert slope == pytest.approx(ENERGY.value / (8.314462618 * T**2), rel=1e-6)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: activation_factor(25.0, 4e4), "write 298.15 K"),
        (lambda: activation_factor(500.0, 4e4), "lithium melts"),
        (lambda: activation_factor(300.0, -4e4), "activation energy must be"),
        (lambda: activation_factor(300.0, 4e4, reference_temperature=25.0), "reference temper"),
        (lambda: over_pressure_factor(2.0, 4e-8, 1e7), "write 2e\\+06 Pa if 2 MPa"),
        (lambda: over_pressure_factor(-2e6, 4e-8, 1e7), "must not be negative"),
        (lambda: over_pressure_factor(2e6, -4e-8, 1e7), "strength of over-pressure must"),
        (lambda: over_pressure_factor(2e6, 4e-8, 10.0), "threshold is 10 Pa"),
    ],
)
def test_what_makes_no_sense_is_refused(make, told):
    with pytest.raises(InputError, match=told) as refusal:
        make()
    assert "\n" not in str(refusal.value)
