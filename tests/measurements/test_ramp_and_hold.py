"""Ramps, holds and lives: what is read from them, one state of damage, what is refused."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.critical_current import (
    Cycling,
    Ramp,
    ShortingCell,
    contact_loss_for_life,
    run_cycling,
    run_ramp,
)
from ssb_model.measurements import LOSS

HOUR = 3600.0
REFERENCE = "Critical current law reference current density [A.m-2]"
EXPONENT = "Critical current law exponent"
CONTACT = "Critical current law contact exponent"
CONSTANT = {EXPONENT: 0.0, CONTACT: 0.0}  # J_c does not change with the interface


@pytest.fixture(scope="module")
def bare():
    return ShortingCell("bare")


def constant(J_c, **more):
    return {REFERENCE: np.atleast_1d(J_c), LOSS: np.array([0.0])} | {
        name: np.array([value]) for name, value in (CONSTANT | more).items()
    }


def many(inputs, batch):
    return {name: np.broadcast_to(value, batch).copy() for name, value in inputs.items()}


def test_a_soft_short_is_seen_in_the_step_above_the_critical_current(bare):
    ramp = Ramp.even(1.0, 0.5, 4.0, half_cycle=HOUR)
    critical = run_ramp(bare, ramp, many(constant([1.9, 2.1]), 2), "soft")
    np.testing.assert_array_equal(critical.first_failed, [2.0, 2.5])
    np.testing.assert_array_equal(critical.last_safe, [1.5, 2.0])


def test_a_hard_short_comes_no_earlier_than_a_soft_one(bare):
    """0.1 A/m2 above for two hours is 40 % of the filament charge; the next step does the rest."""
    ramp = Ramp.even(1.0, 0.5, 4.0, half_cycle=HOUR)
    inputs = constant(1.9)
    assert run_ramp(bare, ramp, inputs, "soft").first_failed == [2.0]
    assert run_ramp(bare, ramp, inputs, "hard").first_failed == [2.5]


def test_a_cell_that_outlives_its_ramp_says_so(bare):
    critical = run_ramp(bare, Ramp((1.0, 2.0), half_cycle=HOUR), constant(5.0))
    assert not critical.shorted[0] and np.isnan(critical.first_failed[0])
    assert critical.last_safe[0] == 2.0
    assert critical.hours[0] == pytest.approx(4)


def test_steps_of_equal_capacity_grow_shorter(bare):
    ramp = Ramp((1.0, 2.0, 4.0), areal_capacity=HOUR)
    assert run_ramp(bare, ramp, constant(9.0)).hours[0] == pytest.approx(2 * (1 + 0.5 + 0.25))


def test_ramp_and_hold_share_one_state_of_damage(bare):
    """Contact lost at small currents lowers the current at which the ramp then fails."""
    lossy = {LOSS: np.array([3e-5]), CONTACT: np.array([1.0])}
    inputs = constant(3.0) | lossy
    slow = Ramp.even(0.5, 0.5, 5.0, half_cycle=8 * HOUR)
    fast = Ramp.even(0.5, 0.5, 5.0, half_cycle=HOUR / 20)
    assert run_ramp(bare, slow, inputs, "soft").first_failed < 3.0
    assert run_ramp(bare, fast, inputs, "soft").first_failed >= 3.0
    assert run_cycling(bare, Cycling(2.0, HOUR, 400.0), inputs).shorted[0]


def test_the_contact_loss_is_determined_by_the_life(bare):
    cycling, J_c = Cycling(1.0, HOUR, 60.0), np.array([1.5, 2.0])
    inputs = many(constant(J_c) | {CONTACT: np.array([1.0])}, 2)
    loss = contact_loss_for_life(bare, cycling, 25.0, inputs)
    assert loss[0] < loss[1]
    lived = run_cycling(bare, cycling, inputs | {LOSS: loss})
    assert lived.shorted.all()
    np.testing.assert_allclose(lived.hours, 25.0, rtol=2e-3)


def test_a_cell_that_is_resupplied_has_no_such_loss(bare):
    inputs = many(constant(1.5) | {CONTACT: np.array([1.0])}, 2)
    inputs["Stack pressure [Pa]"] = np.array([2e5, 2e6])
    loss = contact_loss_for_life(bare, Cycling(1.0, HOUR, 60.0), 25.0, inputs)
    assert np.isfinite(loss[0]) and np.isnan(loss[1])
    with pytest.raises(InputError, match="resupplied"):
        pressed = {name: value[1:] for name, value in inputs.items()}
        contact_loss_for_life(bare, Cycling(1.0, HOUR, 60.0), 25.0, pressed)


def test_a_protocol_that_runs_past_the_short_is_told_so(bare):
    lived = run_cycling(bare, Cycling(3.0, HOUR, 20.0), constant(2.0))
    assert lived.shorted[0]
    assert "shorted" in lived.sentences[0] and "were not run" in lived.sentences[0]
    assert lived.sentences[0].count(".") <= 3 and "\n" not in lived.sentences[0]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Ramp((1.0, 3.0, 2.0), half_cycle=HOUR), "must rise"),
        (lambda: Ramp((), half_cycle=HOUR), "positive"),
        (lambda: Ramp((-1.0, 2.0), half_cycle=HOUR), "positive"),
        (lambda: Ramp((1.0, np.nan), half_cycle=HOUR), "positive"),
        (lambda: Ramp((1.0, 2.0)), "either half_cycle"),
        (lambda: Ramp((1.0, 2.0), half_cycle=HOUR, areal_capacity=HOUR), "either half_cycle"),
        (lambda: Ramp((1.0, 2.0), half_cycle=-HOUR), "half_cycle must be positive"),
        (lambda: Ramp.even(1.0, -0.5, 2.0, half_cycle=HOUR), "step must be positive"),
        (lambda: Ramp.even(3.0, 0.5, 2.0, half_cycle=HOUR), "positive"),
    ],
)
def test_a_ramp_that_makes_no_sense_is_refused(make, told):
    with pytest.raises(InputError, match=told) as refusal:
        make()
    assert "\n" not in str(refusal.value)


def test_an_unknown_criterion_is_refused(bare):
    with pytest.raises(InputError, match='"soft" or "hard"'):
        run_ramp(bare, Ramp((1.0,), half_cycle=HOUR), constant(1.0), "softly")
