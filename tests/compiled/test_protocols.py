"""Experiments, by hand: what each kind of step keeps, where it ends, and how that moves."""

import numpy as np
import pybamm

from ssb_model.compiled import OfInput, Protocol, Step

from .oracle import CURRENT, VOLTAGE
from .protocols import (
    CELL_CURRENT,
    CHARGE,
    DIFFUSIVITY,
    HOUR,
    MINUTE,
    NOMINAL,
    OUTPUTS,
    current_until,
    split,
)


def test_a_step_of_two_limits_ends_at_the_first(spm):
    """In whichever order they are written."""
    ends = []
    for limits in (["4.0 V", "3.9 V"], ["3.9 V", "4.0 V"]):
        experiment = pybamm.Experiment([pybamm.step.current(5.0, termination=limits)])
        ends.append(spm.solve(experiment=experiment).final[VOLTAGE])
    np.testing.assert_allclose(ends, 4.0, atol=1e-5)


def test_a_step_may_end_after_a_capacity(spm):
    """5 A for 0.5 A.h last 360 s; charged likewise, whatever went before."""
    steps = (
        Step("current", 5.0, HOUR, {"capacity": 0.5}),
        Step("current", -2.5, HOUR, {"capacity": 0.25}),
    )
    solution = spm.solve(experiment=Protocol(steps))
    np.testing.assert_allclose(solution.t, [0, 360, 360, 720], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(solution[CHARGE], [0, 0.5, 0.5, 0.25], rtol=1e-9, atol=1e-9)


def test_a_period_keeps_outputs_at_its_multiples_and_at_the_end(spm):
    """Its own or the solve's; the end is kept once where it is a multiple."""
    limits = {"capacity": 0.5}
    own = spm.solve(experiment=current_until(5.0, limits, 400.0, period=100.0))
    np.testing.assert_allclose(own.t, [0, 100, 200, 300, 360], rtol=1e-9)
    general = spm.solve(experiment=current_until(5.0, limits, 400.0), period=100.0)
    np.testing.assert_array_equal(general[VOLTAGE], own[VOLTAGE])
    whole = spm.solve(experiment=current_until(5.0, {}, 400.0), period=100.0)
    np.testing.assert_allclose(whole.t, [0, 100, 200, 300, 400], rtol=1e-9)


CHARGED = {"voltage above": 4.1}
BY_INPUT = Protocol(
    (
        Step("current", OfInput(CURRENT), HOUR, {"voltage below": 3.9}),
        Step("current", OfInput(CURRENT, -0.5), HOUR, CHARGED),
        Step("voltage", 4.1, HOUR, {"current magnitude below": 0.5}),
        Step("current", OfInput(CURRENT, 0.1), 10 * MINUTE),
    )
)


def by_numbers(current):
    """The same as BY_INPUT."""
    return Protocol(
        (
            Step("current", current, HOUR, {"voltage below": 3.9}),
            Step("current", -0.5 * current, HOUR, CHARGED),
            Step("voltage", 4.1, HOUR, {"current magnitude below": 0.5}),
            Step("current", 0.1 * current, 10 * MINUTE),
        )
    )


def test_a_value_of_an_input_is_the_same_as_its_number(spm):
    by_input = spm.solve({CURRENT: 4.0}, experiment=BY_INPUT)
    np.testing.assert_array_equal(by_input.segment, [0, 0, 1, 1, 2, 2, 3, 3])
    given = spm.solve({CURRENT: 4.0}, experiment=by_numbers(4.0))
    np.testing.assert_array_equal(by_input.t, given.t)
    np.testing.assert_array_equal(by_input[VOLTAGE], given[VOLTAGE])


def test_members_end_their_steps_each_at_its_own_time(spm):
    """As they do alone."""
    inputs = {
        CURRENT: np.array([2.0, 3.0, 4.0, 5.0, 6.0]),
        DIFFUSIVITY: np.array([2e-14, 3e-14, 5e-14, 4e-14, 3e-14]),
    }
    together = spm.solve(inputs, experiment=BY_INPUT)
    assert together.status == ["final time"] * 5
    assert np.unique(together.t_end.round()).size == 5
    for n in range(5):
        alone = spm.solve({name: x[n] for name, x in inputs.items()}, experiment=BY_INPUT)
        np.testing.assert_allclose(together.t[n], alone.t, rtol=1e-9)
        for name in OUTPUTS:
            np.testing.assert_allclose(together[name][n], alone[name], rtol=1e-9, atol=1e-9)


def test_a_failure_ends_only_its_own_member(spm):
    """The second diffuses beyond what numbers hold."""
    diffusivity = np.array([3e-14, np.finfo(float).max, 3e-14, 5e-14, 4e-14])
    solution = spm.solve({CURRENT: 4.0, DIFFUSIVITY: diffusivity}, experiment=BY_INPUT)
    np.testing.assert_array_equal(solution.succeeded, [True, False, True, True, True])
    assert np.isnan(solution.final[VOLTAGE][1])
    assert (solution.segment[1] == -1).all()
    np.testing.assert_allclose(solution[VOLTAGE][0], solution[VOLTAGE][2], rtol=1e-12)


def test_charge_is_the_integral_of_the_current(spm):
    """Through steps of constant current, constant voltage and constant power."""
    steps = (
        Step("current", 5.0, 10 * MINUTE),
        Step("voltage", 4.1, 10 * MINUTE),
        Step("power", 12.0, 10 * MINUTE),
    )
    solution = spm.solve(experiment=Protocol(steps), period=1.0)
    for part in split(solution):
        charge = np.trapezoid(part[CELL_CURRENT], part["t"]) / HOUR
        np.testing.assert_allclose(np.ptp(part[CHARGE][[0, -1]]), abs(charge), rtol=1e-3)
    current = split(solution)[0]
    np.testing.assert_allclose(current[CHARGE][-1], 5.0 / 6, rtol=1e-9)


def test_a_protocol_goes_on_from_the_final_state_of_another(spm):
    """Two halves are the whole."""
    first, second = Protocol(BY_INPUT.steps[:2]), Protocol(BY_INPUT.steps[2:])
    inputs = {CURRENT: 4.0}
    whole = spm.solve(inputs, experiment=BY_INPUT)
    half = spm.solve(inputs, experiment=first)
    rest = spm.solve(inputs, experiment=second, initial_state=half.final_state)
    np.testing.assert_allclose(half.t_end + rest.t_end, whole.t_end, rtol=1e-9)
    for name in OUTPUTS:
        joined = np.concatenate([half[name], rest[name]])
        np.testing.assert_allclose(joined, whole[name], rtol=1e-9, atol=1e-9)


def test_the_models_own_voltage_limits_hold_a_volt_beyond(spm):
    """As in PyBaMM's experiments; a plain solve stops at the limit itself, 2.5 V."""
    plain = spm.solve({CURRENT: 5.0}, [0, 2 * HOUR])
    assert plain.termination == "Minimum voltage [V]"
    np.testing.assert_allclose(plain.final[VOLTAGE], 2.5, atol=1e-6)
    below = spm.solve(experiment=current_until(5.0, {"voltage below": 2.3}, 2 * HOUR))
    assert below.status == "final time"
    np.testing.assert_allclose(below.final[VOLTAGE], 2.3, atol=1e-6)
    beyond = spm.solve(experiment=current_until(5.0, {"voltage below": 1.0}, 2 * HOUR))
    assert beyond.status == "event"
    assert beyond.termination == "Minimum voltage [V]"
    np.testing.assert_allclose(beyond.final[VOLTAGE], 1.5, atol=1e-6)
    assert plain.t_end < below.t_end < beyond.t_end


def test_sensitivities_through_steps_that_events_end(spm):
    """The end time to 1e-6 of central differences; voltages at all steps' ends to 1e-4."""
    tight = {"rtol": 1e-9, "atol": 1e-9, "max_steps": 20000}
    inputs = {CURRENT: 4.0, DIFFUSIVITY: 3e-14}
    exact = spm.solve(inputs, experiment=BY_INPUT, sensitivities=list(inputs), **tight)
    for name, value in inputs.items():
        shifts = value * np.array([-2e-3, -1e-3, 1e-3, 2e-3])
        moved = spm.solve(inputs | {name: value + shifts}, experiment=BY_INPUT, **tight)
        weights = np.array([1, -8, 8, -1]) / (12 * 1e-3 * value)  # of fourth order
        voltage, t_end = weights @ moved[VOLTAGE], weights @ moved.t_end
        by_name = exact.sensitivities[name]
        assert abs(by_name["t_end"] / t_end - 1) < 1e-6
        largest = np.abs(voltage).max()
        np.testing.assert_allclose(by_name[VOLTAGE], voltage, atol=1e-4 * largest)
        ends = by_name[VOLTAGE][[1, 3, 5]]  # held at 3.9, 4.1 and 4.1 V
        np.testing.assert_allclose(ends, 0, atol=1e-4 * largest)


def test_c_rates_follow_a_capacity_that_is_an_input(of_capacity):
    experiment = pybamm.Experiment([pybamm.step.c_rate(0.5, duration=HOUR)])
    solution = of_capacity.solve({NOMINAL: [2.0, 4.0]}, experiment=experiment)
    np.testing.assert_allclose(solution.final[CHARGE], [1.0, 2.0], rtol=1e-9)
