"""A batch is its members, each alone: neighbours, chunks and failures change nothing."""

from types import SimpleNamespace

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters
from ssb_model.compiled import chunks

from .oracle import CURRENT, VOLTAGE, Pair

HOUR = 3600.0
TIMES = np.linspace(0, 70 * HOUR, 41)
CUT_OFF = "Lower voltage cut-off [V]"
THICKNESS = "Garnet thickness [m]"
AT_ONCE = "event condition already met at the start"


@pytest.fixture(scope="module")
def cell():
    """A bare symmetric cell with a fast film: few states, quick to compile."""
    growth = {
        f"{side} face {name}": value
        for side in ("Negative", "Positive")
        for name, value in {
            "reference calendar growth [Ohm.m2]": 50 * 1.37e-4,
            "reference current growth [Ohm.m4.A-1]": 0.0,
            "growth exponent": 0.5,
            "growth activation energy [J.mol-1]": 5e4,
            "contact fraction": 0.5,
        }.items()
    }
    values = cell_parameters("symmetric", coating="bare", values=growth)
    model = SymmetricCell({"buffer layer": "none", "interface growth": "film"})
    return Pair(model, values, (CUT_OFF, THICKNESS)).compiled


def members(count):
    """Currents, thicknesses and cut-offs, all different; some members reach the cut-off."""
    share = np.linspace(0, 1, count)
    return {
        CURRENT: 1e-4 * (1 + share),
        THICKNESS: 0.6e-3 + 0.6e-3 * share[::-1],
        CUT_OFF: np.where(np.arange(count) % 2, -0.025, -1.0),
    }


@pytest.fixture(scope="module")
def forty(cell):
    return members(40), cell.solve(members(40), TIMES)


def test_forty_members_span_more_than_one_chunk():
    assert chunks.CHUNK < 40 < 2 * chunks.CHUNK


@pytest.mark.parametrize("chosen", [[0], [5], [39], [1, 17, 38]])
def test_a_member_does_not_depend_on_its_neighbours(cell, forty, chosen):
    """Alone, among three (padded to four) and among forty (a full chunk and a padded one)."""
    inputs, whole = forty
    some = cell.solve({name: value[chosen] for name, value in inputs.items()}, TIMES)
    np.testing.assert_allclose(some[VOLTAGE], whole[VOLTAGE][chosen], rtol=1e-9)
    np.testing.assert_allclose(some.t_end, whole.t_end[chosen], rtol=1e-9)
    assert some.status == [whole.status[n] for n in chosen]


def test_every_member_says_how_it_ended(forty):
    inputs, whole = forty
    ended = np.array(whole.status) == "event"
    assert 10 < ended.sum() < 40
    assert set(np.array(whole.termination)[ended]) == {"Minimum voltage [V]"}
    assert set(np.array(whole.status)[~ended]) == {"final time"}
    np.testing.assert_allclose(whole.final[VOLTAGE][ended], inputs[CUT_OFF][ended], rtol=1e-9)
    assert whole.succeeded.all()


def test_values_end_with_their_member(forty):
    """NaN and not valid after the cut-off, numbers before it."""
    _, whole = forty
    np.testing.assert_array_equal(whole.valid, whole.t <= whole.t_end[:, None])
    np.testing.assert_array_equal(np.isfinite(whole[VOLTAGE]), whole.valid)


def test_failures_are_told_and_do_not_disturb_others(cell):
    """Past the cut-off at the start; no thickness at all; and two that are well."""
    inputs = members(4)
    well = cell.solve(inputs, TIMES)
    ill = {name: value.copy() for name, value in inputs.items()}
    ill[CUT_OFF][1] = 0.1
    ill[THICKNESS][2] = 0.0
    solution = cell.solve(ill, TIMES)
    assert solution.status[1:3] == [AT_ONCE, "equations not finite: an input is out of range"]
    pairs = zip(solution.termination[1:3], solution.status[1:3], strict=True)
    assert all(why.startswith(status) for why, status in pairs)
    np.testing.assert_array_equal(solution.succeeded, [True, False, False, True])
    assert np.isnan(solution[VOLTAGE][1:3]).all()
    assert not solution.valid[1:3].any()
    for n in (0, 3):
        np.testing.assert_allclose(solution[VOLTAGE][n], well[VOLTAGE][n], rtol=1e-9)


def test_too_few_steps_are_told_and_leave_no_values(cell):
    inputs = members(4)
    solution = cell.solve(inputs, TIMES, max_steps=10)
    assert all(status.startswith("too many steps at t = ") for status in solution.status)
    assert not solution.succeeded.any()
    assert np.isnan(solution[VOLTAGE]).all()
    assert (solution.statistics["tried"] <= 10).all()


def test_a_failed_member_has_no_sensitivities_and_spoils_none(cell):
    inputs = members(4)
    inputs[CUT_OFF][1] = 0.1
    solution = cell.solve(inputs, TIMES, sensitivities=[THICKNESS])
    by_thickness = solution.sensitivities[THICKNESS][VOLTAGE]
    assert np.isnan(by_thickness[1]).all()
    # Ohm's law of the garnet: dV/dL = -J/sigma, once the double layers are charged
    expected = -inputs[CURRENT] / 1e-4 / 0.071
    for n in (0, 2, 3):
        late = solution.valid[n] & (solution.t[n] > HOUR)
        np.testing.assert_allclose(by_thickness[n, late], expected[n], rtol=1e-4)


def test_each_member_may_have_its_own_times(cell):
    inputs = members(4)
    ends = np.array([10, 20, 40, 70]) * HOUR
    own = np.linspace(0, 1, 41) * ends[:, None]
    together = cell.solve(inputs, own)
    np.testing.assert_array_equal(together.t, own)
    for n in range(4):
        alone = cell.solve({name: value[n] for name, value in inputs.items()}, own[n])
        np.testing.assert_allclose(together[VOLTAGE][n], alone[VOLTAGE], rtol=1e-9)


def test_output_times_do_not_steer_the_steps(cell):
    """The same steps for 41 and for 5 output times: values lie on the step's interpolant."""
    inputs = {CURRENT: 1e-4}
    fine, coarse = cell.solve(inputs, TIMES), cell.solve(inputs, TIMES[::10])
    assert fine.statistics["accepted"] == coarse.statistics["accepted"]
    np.testing.assert_allclose(fine[VOLTAGE][::10], coarse[VOLTAGE], rtol=1e-12)


def test_impedance_of_forty_members_is_that_of_each_alone(cell):
    inputs = {THICKNESS: members(40)[THICKNESS]}
    frequencies = np.logspace(-3, 7, 11)
    whole = cell.impedance(frequencies, inputs)
    assert whole.shape == (40, 11)
    alone = cell.impedance(frequencies, {THICKNESS: inputs[THICKNESS][33]})
    np.testing.assert_allclose(whole[33], alone, rtol=1e-12)


def test_a_device_takes_as_many_members_as_it_has_memory_for(monkeypatch):
    """A quarter of what is free, as a power of two; all of them where it does not say."""
    known = {"bytes_limit": 5 << 30, "bytes_in_use": 1 << 30}
    device = SimpleNamespace(memory_stats=lambda: known)
    monkeypatch.setattr(chunks.jax, "default_backend", lambda: "gpu")
    monkeypatch.setattr(chunks.jax, "devices", lambda: [device])
    assert chunks._chunk_size(100_000, 1 << 20) == 1024
    assert chunks._chunk_size(100_000, 1 << 10) == 100_000
    assert chunks._chunk_size(100_000, 0) == 100_000
    known.clear()
    assert chunks._chunk_size(100_000, 1 << 20) == 100_000
