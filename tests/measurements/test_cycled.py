"""A discharge among cycles starts where the charge before it ends."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.compiled import CURRENT, Outcome
from ssb_model.measurements import (
    COMPLETENESS,
    OUTPUTS,
    Charging,
    cycled_discharge,
    discharge_capacity,
    discharges_in_order,
    measure,
    one_c_current,
    periodic_discharge,
    read_charge,
)
from ssb_model.measurements.charging import held_to

D = "Positive particle reference diffusivity [m2.s-1]"
UPPER = 4.1
MAH_G = 0.1  # the agreement asked for


@pytest.fixture(scope="module")
def full():
    values = ssb_model.cell_parameters("full", coating="zni2-0.5", values={D: 2e-19})
    names = [D]
    cell = ssb_model.compile(ssb_model.FullCell(), values, inputs=names, outputs=OUTPUTS["full"])
    return cell, *one_c_current(values)


def capacity(full, charge, rates, diffusivity=2e-19):
    """mAh/g at C-rates."""
    cell, one_c, mass = full
    rates = np.asarray(rates, dtype=float)
    inputs = {CURRENT: one_c * rates, D: np.full(len(rates), diffusivity)}
    found = measure(cycled_discharge, cell, inputs, {"c_rate": rates}, upper=UPPER, charge=charge)
    return np.asarray(found.capacity) / mass


def in_order(full, rates, diffusivity=2e-19, share=np.inf):
    """mAh/g of one member's cycles."""
    cell, one_c, mass = full
    current = one_c * np.asarray(rates, dtype=float)[:, None]
    defaults = {name: jnp.array([x]) for name, x in cell.system.defaults.items()}

    @jax.jit
    def run():
        charging = Charging(current, share * current, jnp.full_like(current, UPPER))
        inputs = defaults | {D: jnp.array([diffusivity])}
        return discharges_in_order(cell, inputs, current, current / one_c, charging).value

    return np.asarray(run())[:, 0] / mass


def members_of(cell, current, diffusivity):
    """Inputs of members at currents [A]."""
    ones = jnp.ones(len(current))
    defaults = {name: x * ones for name, x in cell.system.defaults.items()}
    return defaults | {CURRENT: current * ones, D: diffusivity * ones}


@pytest.mark.parametrize("diffusivity", [3e-20, 2e-19])
def test_the_periodic_state_is_that_of_long_cycling(full, diffusivity):
    for charge, share in (("same rate", np.inf), ("same rate, constant voltage to C/5", 0.2)):
        long = in_order(full, np.ones(60), diffusivity, share)
        assert capacity(full, charge, [1.0], diffusivity)[0] == pytest.approx(long[-1], abs=MAH_G)


def test_the_periodic_state_is_that_of_long_cycling_at_any_rate_and_completeness(full):
    cell, one_c, mass = full
    rates, completeness = map(np.ravel, np.meshgrid([0.1, 0.5, 0.8, 1.0], [0.0, 0.3, 1.0]))
    inputs = members_of(cell, one_c * rates, 1.5e-19)
    current = inputs[CURRENT]
    charges = Charging(current, held_to(completeness) * current, jnp.full_like(current, UPPER))
    every = jax.tree.map(lambda x: jnp.tile(x, (10, 1)), (current, rates, charges))
    long = jax.jit(lambda: discharges_in_order(cell, inputs, *every).value[-1])()
    found = jax.jit(lambda: periodic_discharge(cell, inputs, rates, charges).capacity)()
    assert np.asarray(found) / mass == pytest.approx(np.asarray(long) / mass, abs=MAH_G)


def test_full_charge_is_the_discharge_from_the_charged_state(full):
    cell, one_c, mass = full
    rates = np.array([0.2, 1.0])
    inputs = {CURRENT: one_c * rates, D: np.full(2, 2e-19)}
    plain = measure(discharge_capacity, cell, inputs, {"c_rate": rates}).value / mass
    assert np.array_equal(capacity(full, "full", rates), plain)


def test_a_longer_hold_and_a_slower_charge_leave_more_to_discharge(full):
    words = (
        "same rate",
        "same rate, constant voltage to C/2",
        "same rate, constant voltage to C/20",
    )
    held = [capacity(full, charge, [1.0])[0] for charge in words]
    assert held[0] < held[1] < held[2]
    slow = [capacity(full, charge, [1.0])[0] for charge in ("1C", "C/2", "C/10")]
    assert slow[0] == pytest.approx(held[0], abs=1e-6)
    assert slow[0] < slow[1] < slow[2]


def test_a_fast_particle_is_full_without_a_hold(full):
    """Without a limit by diffusion the protocol is of no account, but for the last hundredth."""
    a, b = (capacity(full, charge, [0.1], 1e-16)[0] for charge in ("same rate", "full"))
    assert a == pytest.approx(b, rel=0.015)


def test_completeness_runs_from_no_hold_to_a_hold_to_a_hundredth():
    values = ssb_model.cell_parameters("full", coating="zni2-0.5", values={D: 2e-19})
    values.update({COMPLETENESS: 0.5}, check_already_exists=False)
    model = ssb_model.FullCell()
    cell = ssb_model.compile(model, values, inputs=[COMPLETENESS], outputs=OUTPUTS["full"])
    one_c, _ = one_c_current(values)
    inputs = {CURRENT: np.full(4, one_c), COMPLETENESS: np.array([-0.2, 0.0, 0.5, 1.0])}
    ones = {"c_rate": np.ones(4)}
    unknown = measure(cycled_discharge, cell, inputs, ones, upper=UPPER, charge="unknown").capacity
    words = ("same rate", "same rate, constant voltage to C/100")
    one = {"c_rate": np.ones(1)}
    ends = [
        measure(cycled_discharge, cell, {CURRENT: one_c}, one, upper=UPPER, charge=charge).capacity[
            0
        ]
        for charge in words
    ]
    assert unknown[[0, 1, 3]] == pytest.approx([ends[0], *ends], rel=1e-4)
    assert unknown[2] == pytest.approx(np.mean(ends), rel=0.03), "nearly a straight line"


def test_a_member_is_the_same_whatever_its_neighbours_need(full):
    together = capacity(full, "same rate", [0.1, 1.0, 0.5])
    assert capacity(full, "same rate", [0.1])[0] == pytest.approx(together[0], rel=1e-9)


def test_the_derivative_is_the_difference_quotients(full):
    cell, one_c, _ = full
    defaults = {name: jnp.array([x]) for name, x in cell.system.defaults.items()}

    def run(log_d):
        inputs = defaults | {CURRENT: jnp.array([one_c]), D: jnp.exp(log_d)[None]}
        words = "same rate, constant voltage to C/10"
        return cycled_discharge(cell, inputs, jnp.ones(1), UPPER, words).capacity[0]

    at, h = jnp.log(2e-19), 1e-3
    slope = jax.jit(lambda x: jax.jvp(run, (x,), (jnp.ones(()),))[1])(at)
    value = jax.jit(run)
    quotient = float(value(at + h) - value(at - h)) / (2 * h)
    assert float(slope) == pytest.approx(quotient, rel=0.03)


@pytest.mark.parametrize("words", ["same rate", "same rate, constant voltage to C/5"])
def test_derivatives_at_all_rates_are_the_difference_quotients_to_two_per_cent(full, words):
    cell, one_c, _ = full
    rates = np.array([0.2, 0.5, 1.0])

    def run(log_d):
        inputs = members_of(cell, one_c * rates, jnp.exp(log_d))
        return cycled_discharge(cell, inputs, rates, UPPER, words).capacity

    at, h = jnp.log(2e-19), 5e-3
    slope = jax.jit(lambda x: jax.jvp(run, (x,), (jnp.ones(()),))[1])(at)
    value = jax.jit(run)
    quotient = (value(at + h) - value(at - h)) / (2 * h)
    assert np.asarray(slope) == pytest.approx(np.asarray(quotient), rel=0.02)


def test_a_cell_that_cannot_be_cycled_so_fast_gives_nothing(full):
    cell, one_c, _ = full
    inputs = {CURRENT: 50 * one_c, D: 2e-19}
    rate = {"c_rate": np.array([50.0])}
    found = measure(cycled_discharge, cell, inputs, rate, upper=UPPER, charge="same rate")
    assert found.capacity[0] == 0
    assert found.outcome[0] == Outcome.EVENT_AT_START


def test_a_full_charge_that_the_rate_is_too_fast_for_gives_nothing(full):
    assert capacity(full, "full", [1.0, 50.0])[1] == 0


@pytest.mark.parametrize(
    ("text", "c_rate", "cut_off"),
    [
        ("same rate", None, None),
        ("C/10", 0.1, None),
        ("0.5C", 0.5, None),
        ("C", 1.0, None),
        ("same  rate, constant voltage to C/20", None, 0.05),
        ("C/5, constant voltage to 0.02C", 0.2, 0.02),
    ],
)
def test_a_charge_is_read_from_its_words(text, c_rate, cut_off):
    charge = read_charge(text)
    assert (charge.full, charge.c_rate, charge.cut_off) == (False, c_rate, cut_off)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ful", 'is no charge: write "full", "unknown", or the rate'),
        ("", "is no charge"),
        ("C/10 to C/20", "is no charge"),
        ("0C", "must be above zero"),
        ("-0.1C", "must be above zero"),
        ("C/0", "is no charge"),
        ("constant voltage to C/20", "say at which rate before the hold"),
        ("full, constant voltage to C/20", "has no hold of its own"),
        ("C/20, constant voltage to C/10", "would end before it begins"),
        ("C/10, constant voltage to 0C", "must be above zero"),
    ],
)
def test_words_that_say_no_charge_are_refused(text, sentence):
    with pytest.raises(InputError, match=sentence):
        read_charge(text)
