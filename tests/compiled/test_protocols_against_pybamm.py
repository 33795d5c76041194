"""Experiments, step by step, against PyBaMM's (IDAKLU, rtol = atol = 1e-7)."""

import numpy as np
import pybamm
import pytest

from ssb_model import FullCell, cell_parameters

from .oracle import VOLTAGE, Pair
from .protocols import CELL_CURRENT, CHARGE, HOUR, MINUTE, OUTPUTS, split

CAPACITY = {"full": 0.51e-3, "spm": 5.0}  # A.h
LOW, HIGH = {"full": 3.35, "spm": 3.9}, {"full": 4.0, "spm": 4.1}  # V, where steps end
step = pybamm.step


@pytest.fixture(scope="module")
def cells(single_particles):
    """The coated full cell, and PyBaMM's own single-particle model; 5 points a particle."""
    full = Pair(FullCell(), cell_parameters("full"), (), {"x_p": 5, "r_p": 5}, OUTPUTS)
    return {"full": full, "spm": single_particles}


def pybamms_steps(pair, experiment):
    """PyBaMM's solution of every step that it did not pass over."""
    simulation = pybamm.Simulation(
        pair.model,
        parameter_values=pair.values,
        var_pts=pair.points,
        experiment=experiment,
        solver=pybamm.IDAKLUSolver(rtol=1e-7, atol=1e-7),
    )
    steps = [s for cycle in simulation.solve().cycles for s in cycle.steps]
    return [s for s in steps if not isinstance(s, pybamm.EmptySolution)]


def check_against_pybamm(pair, experiment, capacity):
    """End times to 1e-5, and at each step's end voltage to 0.1 mV, current and charge to 1e-5."""
    solution = pair.compiled.solve(experiment=experiment)
    assert solution.status == "final time"
    ours, theirs = split(solution), pybamms_steps(pair, experiment)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        last = {name: other[name].entries[-1] for name in OUTPUTS}
        np.testing.assert_allclose(one["t"][-1], other.t[-1], rtol=1e-5)
        np.testing.assert_allclose(one[VOLTAGE][-1], last[VOLTAGE], atol=1e-4)
        np.testing.assert_allclose(one[CELL_CURRENT][-1], last[CELL_CURRENT], atol=1e-5 * capacity)
        np.testing.assert_allclose(one[CHARGE][-1], last[CHARGE], atol=1e-5 * capacity)
    return ours, theirs


@pytest.mark.parametrize("name", ["full", "spm"])
def test_three_cycles_of_constant_current_constant_voltage_and_rest(cells, name):
    """Also at PyBaMM's own points, one a minute and the step's end: voltage to 0.2 mV."""
    C, V = CAPACITY[name], HIGH[name]
    cycle = (
        step.current(C / 2, duration=20 * MINUTE),
        step.current(-C / 2, duration=HOUR, termination=f"{V} V"),
        step.voltage(V, duration=HOUR, termination=f"{C / 10} A"),
        step.rest(10 * MINUTE),
    )
    experiment = pybamm.Experiment([cycle] * 3, period="1 minute")
    ours, theirs = check_against_pybamm(cells[name], experiment, C)
    assert len(ours) == 12
    assert sum("event" in s.termination for s in theirs) == 6
    for one, other in zip(ours, theirs, strict=True):
        assert len(one["t"]) == len(other.t)
        np.testing.assert_allclose(one["t"], other.t, atol=1e-2)
        np.testing.assert_allclose(one[VOLTAGE], other[VOLTAGE].entries, atol=2e-4)


@pytest.mark.parametrize("name", ["full", "spm"])
def test_power_resistance_and_c_rate(cells, name):
    C, R = CAPACITY[name], 3.6 / (CAPACITY[name] / 3)
    steps = [
        step.power(3.6 * C / 3, duration=10 * MINUTE),
        step.resistance(R, duration=10 * MINUTE),
        step.c_rate(-1 / 3, duration=10 * MINUTE),
        step.power(-3.6 * C / 3, duration=10 * MINUTE),
        step.c_rate(1 / 5, duration=10 * MINUTE),
    ]
    ours, _ = check_against_pybamm(cells[name], pybamm.Experiment(steps), C)
    power, resistance, rate, *_ = ours
    np.testing.assert_allclose(power[VOLTAGE] * power[CELL_CURRENT], 3.6 * C / 3, rtol=1e-6)
    np.testing.assert_allclose(resistance[VOLTAGE] / resistance[CELL_CURRENT], R, rtol=1e-6)
    np.testing.assert_allclose(rate[CELL_CURRENT], -C / 3, rtol=1e-6)


@pytest.mark.parametrize("name", ["full", "spm"])
def test_cut_offs_by_voltage_and_current_and_a_step_whose_condition_is_met_already(cells, name):
    """A second hold, down to the current at which the first one ended, is passed over."""
    C, V = CAPACITY[name], HIGH[name]
    steps = [
        step.c_rate(1 / 2, termination=f"{LOW[name]} V"),
        step.c_rate(-1 / 2, termination=f"{V} V"),
        step.voltage(V, termination="C/10"),
        step.voltage(V, termination=step.CurrentTermination(-C / 8, ">")),
        step.voltage(V, termination=step.CurrentTermination(-C / 20, ">")),
    ]
    ours, _ = check_against_pybamm(cells[name], pybamm.Experiment(steps), C)
    assert len(ours) == 4
    low, high, hold, last = ours
    np.testing.assert_allclose(low[VOLTAGE][-1], LOW[name], atol=1e-5)
    np.testing.assert_allclose(high[VOLTAGE][-1], V, atol=1e-5)
    np.testing.assert_allclose(hold[CELL_CURRENT][-1], -C / 10, rtol=1e-4)
    np.testing.assert_allclose(last[CELL_CURRENT][-1], -C / 20, rtol=1e-4)


DRIVE = np.array([[0, 1.0], [20, 4.0], [40, -2.0], [60, 3.0]])


@pytest.mark.parametrize("control", [step.current, step.power])
def test_a_drive_cycle_goes_on_as_pybamms_does(cells, control):
    """Repeated until the step's end, here in the middle of a piece of its third round."""
    scale = np.array([1.0, 3.8 if control is step.power else 1.0])
    drive = control(DRIVE * scale, duration=170.0, period=10.0)
    pair, experiment = cells["spm"], pybamm.Experiment([drive])
    ours, (theirs,) = pair.compiled.solve(experiment=experiment), pybamms_steps(pair, experiment)
    times = np.arange(0, 171, 10.0)
    at = np.isin(ours.t.round(6), times)
    np.testing.assert_allclose(ours.t[at], times, atol=1e-9)
    on = np.isin(theirs.t.round(6), times)
    for name, tolerance in ((VOLTAGE, 2e-4), (CELL_CURRENT, 5e-4), (CHARGE, 5e-6)):
        np.testing.assert_allclose(ours[name][at], theirs[name].entries[on], atol=tolerance)
