"""Electrons at the garnet: a factor between 0 and 1, off for the founding data."""

import numpy as np
import pytest

from ssb_model.critical_current import (
    CoatedFace,
    electron_supply,
    leakage_factor,
    leakage_window,
)
from ssb_model.errors import InputError

IONIC = CoatedFace(5.0, 1e-10)
MIXED = CoatedFace(23.0, 1e3)
ELECTRONIC = CoatedFace(25.0, 1e6)


def ordered(strength):
    ionic, mixed, electronic = (
        face.critical_current_density * leakage_factor(face.electron_supply, strength)
        for face in (IONIC, MIXED, ELECTRONIC)
    )
    return mixed >= ionic and mixed >= electronic


def test_without_a_strength_nothing_leaks():
    assert (leakage_factor(np.array([0.0, 1.0, 1e8])) == 1).all()


def test_the_strength_halves_the_critical_current():
    assert leakage_factor(40.0, strength=40.0) == 0.5
    assert (np.diff(leakage_factor(np.geomspace(1e-6, 1e6, 20), 1.0)) < 0).all()


def test_without_leakage_the_electronic_layer_is_the_best():
    """Transport alone does not give the founding paper's ordering."""
    assert not ordered(np.inf)


def test_the_window_holds_exactly_the_strengths_that_give_the_ordering():
    window = leakage_window(MIXED, IONIC, ELECTRONIC)
    assert not window.is_empty
    for strength in np.geomspace(window.lowest / 10, window.highest * 10, 101):
        assert ordered(strength) == (window.lowest <= strength <= window.highest)


def test_the_founding_ordering_is_easily_had(laws):
    """I2 0.5, mixed 2.3 mA/cm2; an alloy with two clean interfaces of 2 ohm cm2 by law A."""
    alloy = CoatedFace(laws["A"].current_density(4e-4), 1e6)
    window = leakage_window(MIXED, IONIC, alloy)
    assert window.lowest == pytest.approx(2.8e2, rel=0.02)
    assert window.highest == pytest.approx(1.2e7, rel=0.02)


def test_no_strength_helps_a_mixed_layer_worse_than_the_ionic_one():
    assert leakage_window(CoatedFace(4.0, 1e3), IONIC, ELECTRONIC).is_empty
    assert leakage_window(CoatedFace(5.0, 1e3), IONIC, ELECTRONIC).is_empty


def test_electrons_reach_the_garnet_through_the_layer_or_past_it():
    assert electron_supply(1e-10) == 1e-10
    assert electron_supply(1e-10, 0.9, lithium_conductivity=1e7) == pytest.approx(1e6)
    assert electron_supply(1e-10, 1.0, lithium_conductivity=1e7) == 1e-10


def test_leakage_differentiates_in_its_strength(jax_x64):
    _, slope = jax_x64.jvp(lambda strength: leakage_factor(2.0, strength), (4.0,), (1.0,))
    assert slope == pytest.approx(2.0 / 6.0**2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: leakage_factor(-1.0, 1.0), "not negative"),
        (lambda: leakage_factor(1.0, 0.0), "leakage strength must be positive"),
        (lambda: leakage_factor("much"), "electron supply"),
        (lambda: electron_supply(1.0, 1.2), "between 0 and 1"),
        (lambda: electron_supply(1.0, 0.9), "give lithium_conductivity"),
        (lambda: leakage_window(CoatedFace(-1.0, 1.0), IONIC, ELECTRONIC), "positive"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()
