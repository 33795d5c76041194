"""Steps, terminations and experiments of every kind that PyBaMM runs, against IDAKLU at 1e-8.

Ends of all steps to 1e-5, voltage at IDAKLU's own points to 0.1 mV rms.
"""

import datetime

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError

from .oracle import CURRENT, VOLTAGE
from .protocols import CELL_CURRENT, HOUR, MINUTE, NOMINAL, OUTPUTS, split

step = pybamm.step
NOON = datetime.datetime(2020, 1, 1, 12)


# IDAKLU is seen to take a step's start time for zero now and then, by what else has been solved in
# the same process: where functions of time are followed, CasadiSolver is the reference.
IDAKLU = pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8)
CASADI = pybamm.CasadiSolver(rtol=1e-8, atol=1e-8)


def theirs_of(pair, experiment, inputs=None, values=None, solver=IDAKLU, **options):
    simulation = pybamm.Simulation(
        pair.model,
        parameter_values=values or pair.values,
        var_pts=pair.points,
        experiment=experiment,
        solver=solver.copy(),
    )
    return simulation.solve(inputs=inputs, calc_esoh=False, **options)


def check(pair, experiment, inputs=None, compiled=None, values=None, solver=IDAKLU):
    """Our solution, compared with PyBaMM's."""
    compiled = compiled or pair.compiled
    ours = compiled.solve(inputs, experiment=experiment, period=10.0, rtol=1e-8, atol=1e-8)
    assert ours.status == "final time"
    theirs = theirs_of(pair, experiment, inputs, values, solver)
    np.testing.assert_allclose(ours.t_end, theirs.t[-1], rtol=1e-5)
    parts = [s for c in theirs.cycles for s in c.steps if not isinstance(s, pybamm.EmptySolution)]
    ends = np.array([part["t"][-1] for part in split(ours)])
    miss = [np.abs(ends / part.t[-1] - 1).min() for part in parts]
    assert max(miss) < 1e-5
    for part in split(ours):
        t = part["t"][1:-1]
        if len(t):
            difference = part[VOLTAGE][1:-1] - theirs[VOLTAGE](t)
            assert np.sqrt(np.mean(difference**2)) < 1e-4
    np.testing.assert_allclose(ours.final[VOLTAGE], theirs[VOLTAGE].entries[-1], atol=1e-4)
    return ours, theirs


def constant_voltage(variables):
    return variables["Voltage [V]"] - 4.1


def constant_power(variables):
    return 10 / variables["Voltage [V]"]


def more_and_more(variables):
    return 2 + 10 * variables["Discharge capacity [A.h]"]


def towards_a_voltage(variables):
    return 10 * (variables["Voltage [V]"] - 4.05)


def empty_anode(variables):
    return variables["Negative electrode stoichiometry"] - 0.85


def sine(t):
    return 2 + np.sin(2 * np.pi * t / 100)


def sine_of_voltage(t):
    return 4.0 + 0.01 * np.sin(2 * np.pi * t / 100)


KINDS = {
    "an explicit law": [step.CustomStepExplicit(more_and_more, duration=5 * MINUTE)],
    "an implicit law": [
        step.current(2.0, duration=MINUTE),
        step.CustomStepImplicit(constant_voltage, duration=5 * MINUTE, termination="1 A"),
        step.rest(MINUTE),
    ],
    "a law for dI/dt": [
        step.voltage(4.1, duration=MINUTE),
        step.CustomStepImplicit(
            towards_a_voltage, duration=2 * MINUTE, control="differential", period=1.0
        ),
        step.current(1.0, duration=MINUTE),
    ],
    "a law for dI/dt from the start": [
        step.CustomStepImplicit(towards_a_voltage, duration=MINUTE, control="differential")
    ],
    "a custom termination": [
        step.current(5.0, duration=HOUR, termination=step.CustomTermination("anode", empty_anode)),
        step.rest(MINUTE),
    ],
    "functions of time": [
        step.rest(30.0),
        step.current(sine, duration=3 * MINUTE),
        step.c_rate(sine, duration=MINUTE, termination="< 4.0 V"),
        step.power(sine, duration=2 * MINUTE),
        step.voltage(sine_of_voltage, duration=2 * MINUTE),
    ],
    "a voltage limit without a direction": [
        step.voltage(4.0, duration=2 * MINUTE, termination="3.9 V")
    ],
    "start times": [
        step.current(2.0, duration=10 * MINUTE, start_time=NOON),
        step.current(-2.0, duration=5 * MINUTE, start_time=NOON + datetime.timedelta(minutes=5)),
        step.rest(MINUTE, start_time=NOON + datetime.timedelta(minutes=15)),
        "Discharge at 1 A for 1 minutes",
    ],
    "strings in cycles": [
        (
            "Discharge at C/2 for 5 minutes (30 second period)",
            "Charge at 3 A for 1 hour or until 4.1 V",
            "Hold at 4.1 V until C/5",
        ),
        step.string("Discharge at 4 W for 2 minutes", tags="power"),
    ],
    "terminations as objects": [
        step.current(5.0, termination=[step.VoltageTermination(4.0, "<"), "2.5 V"]),
        step.voltage(4.1, termination=step.CurrentTermination(-1.0, ">")),
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_kind(single_particles, kind):
    solver = CASADI if kind == "functions of time" else IDAKLU
    check(single_particles, pybamm.Experiment(KINDS[kind], period="10 seconds"), solver=solver)


def test_limits_of_voltage_are_those_of_all_cells_in_series(single_particles):
    values = single_particles.values.copy()
    values["Number of cells connected in series to make a battery"] = 2
    compiled = ssb_model.compile(
        single_particles.model, values, (), OUTPUTS, single_particles.var_pts
    )
    steps = [step.current(5.0, termination="7.9 V"), step.rest(MINUTE)]
    ours, _ = check(single_particles, pybamm.Experiment(steps), None, compiled, values)
    np.testing.assert_allclose(split(ours)[0][VOLTAGE][-1], 3.95, atol=1e-6)


def test_a_law_may_read_the_voltage_that_it_moves(spm):
    """PyBaMM itself refuses this of a model whose voltage is no state: 10 W, as a law."""
    law = pybamm.Experiment([step.CustomStepExplicit(constant_power, duration=5 * MINUTE)])
    power = pybamm.Experiment([step.power(10.0, duration=5 * MINUTE)])
    ours, expected = (spm.solve(experiment=e, period=10.0) for e in (law, power))
    np.testing.assert_allclose(ours[VOLTAGE] * ours[CELL_CURRENT], 10, rtol=1e-5)
    np.testing.assert_allclose(ours[VOLTAGE], expected[VOLTAGE], atol=1e-5)


class Gain(step.BaseStepExplicit):
    """A step of a user's own: a current by a number that PyBaMM does not know of."""

    def __init__(self, gain, **given):
        super().__init__(None, **given)
        self.gain, self.given = gain, given

    def current_value(self, variables):
        return self.gain * variables["Negative electrode stoichiometry"]

    def copy(self):
        return Gain(self.gain, **self.given)


def test_steps_of_a_users_own_are_told_apart(spm):
    for gain in (1.0, 2.0):
        experiment = pybamm.Experiment([Gain(gain, duration=MINUTE)])
        solution = spm.solve(experiment=experiment)
        assert 0.8 * gain < solution[CELL_CURRENT][0] < gain


def test_the_whole_ends_at_a_time(single_particles):
    steps = [step.current(2.0, duration=5 * MINUTE)] * 3
    ours, theirs = check(single_particles, pybamm.Experiment(steps, termination="8 minutes"))
    assert ours.t_end == pytest.approx(8 * MINUTE)
    assert ours.termination == "time limit reached"
    assert theirs.termination == "experiment time limit reached"


def test_the_whole_ends_after_the_cycle_in_which_a_voltage_was_met(single_particles):
    cycle = (step.current(5.0, duration=5 * MINUTE), step.rest(MINUTE))
    experiment = pybamm.Experiment([cycle] * 8, termination="3.9 V")
    ours, theirs = check(single_particles, experiment)
    assert ours.termination == theirs.termination == "experiment voltage limit reached"
    assert 1 < len(theirs.cycles) < 8


def test_each_member_ends_after_its_own_cycle(spm):
    cycle = (step.current(pybamm.InputParameter(CURRENT), duration=5 * MINUTE), step.rest(MINUTE))
    experiment = pybamm.Experiment([cycle] * 8, termination="3.9 V")
    together = spm.solve({CURRENT: [5.0, 10.0, 0.1]}, experiment=experiment)
    assert np.unique(together.t_end).size == 3
    for n, current in enumerate([5.0, 10.0, 0.1]):
        alone = spm.solve({CURRENT: current}, experiment=experiment)
        np.testing.assert_allclose(together.t_end[n], alone.t_end, rtol=1e-9)
        assert together.termination[n] == alone.termination


def test_an_input_of_a_step_alone_has_to_be_given(single_particles):
    given = {"Aim [A]": 2.0}
    experiment = pybamm.Experiment(
        [step.current(1 + pybamm.InputParameter("Aim [A]"), duration=5 * MINUTE)]
    )
    check(single_particles, experiment, given)
    with pytest.raises(InputError, match="Aim"):
        single_particles.compiled.solve(experiment=experiment)


def test_c_rates_of_every_kind_follow_a_capacity_that_is_an_input(single_particles, of_capacity):
    drive = np.array([[0.0, 1.0], [60.0, -0.5], [90.0, 0.2]])
    steps = [
        step.c_rate(drive),
        step.c_rate(-1 / 3, termination="4.1 V"),
        step.voltage(4.1, termination="C/5"),
    ]
    values = single_particles.values.copy()
    values[NOMINAL] = 4.0
    experiment = pybamm.Experiment(steps)
    check(single_particles, experiment, {NOMINAL: 4.0}, of_capacity, values)
    experiment = pybamm.Experiment([step.c_rate(sine, duration=MINUTE)], period="10 seconds")
    check(single_particles, experiment, {NOMINAL: 4.0}, of_capacity, values, CASADI)


def test_sensitivities_by_what_ends_steps(of_capacity):
    """Of a limit that moves with the capacity, against central differences."""
    steps = [step.c_rate(-1 / 3, termination="4.1 V"), step.voltage(4.1, termination="C/5")]
    tight = {"experiment": pybamm.Experiment(steps), "rtol": 1e-9, "atol": 1e-9}
    exact = of_capacity.solve({NOMINAL: 4.0}, sensitivities=[NOMINAL], **tight)
    moved = of_capacity.solve({NOMINAL: [3.996, 4.004]}, **tight)
    expected = np.diff(moved.t_end)[0] / 0.008
    np.testing.assert_allclose(exact.sensitivities[NOMINAL]["t_end"], expected, rtol=1e-4)


def test_temperatures_of_single_steps(thermal):
    """The cell begins at the first step's."""
    steps = [
        step.current(5.0, duration=10 * MINUTE, temperature="35oC"),
        step.rest(5 * MINUTE, temperature=280.0),
        step.current(-2.0, duration=5 * MINUTE),
    ]
    ours, theirs = check(thermal, pybamm.Experiment(steps))
    name = thermal.outputs[-1]
    np.testing.assert_allclose(ours[name][0], 308.15, rtol=1e-9)
    np.testing.assert_allclose(ours.final[name], theirs[name].entries[-1], rtol=1e-6)


def test_a_step_that_reaches_its_default_duration_ends_the_whole(single_particles):
    steps = [step.current(0.01, termination="3.0 V"), step.rest(MINUTE)]
    ours, _ = check(single_particles, pybamm.Experiment(steps))
    assert ours.t_end == pytest.approx(24 * HOUR)
    assert ours.termination == "step 1 reached its duration before a limit"


@pytest.mark.parametrize(
    ("cycles", "goes_on"),
    [
        ([step.current(1.0, duration=60, termination="5 V")], True),
        ([step.current(1.0, duration=60, termination="5 V", skip_ok=False)], False),
        ([(step.current(1.0, duration=60, termination="5 V"), step.rest(60))], True),
        ([(step.current(1.0, duration=60, termination="5 V"),) * 2], False),
    ],
)
def test_a_cycle_may_not_be_empty(spm, cycles, goes_on):
    """As in PyBaMM; a cycle of one step may, where the step says so."""
    solution = spm.solve(experiment=pybamm.Experiment(["Rest for 1 minute", *cycles]))
    assert solution.succeeded == goes_on
    assert goes_on or "every step of a cycle" in solution.termination


def test_a_model_from_a_file_follows_no_custom_step(spm, tmp_path):
    spm.save(tmp_path / "model")
    loaded = ssb_model.load_compiled(tmp_path / "model")
    custom = pybamm.Experiment([step.CustomStepExplicit(constant_power, duration=60.0)])
    with pytest.raises(InputError, match=r"ssb_model\.compile"):
        loaded.solve(experiment=custom)
    loaded.solve(experiment=pybamm.Experiment([step.current(1.0, duration=60.0)]))


def test_an_experiment_is_compiled_once(spm):
    """Equal laws make equal models, whatever else differs."""
    first = pybamm.Experiment([step.CustomStepExplicit(constant_power, duration=60.0)])
    second = pybamm.Experiment([step.CustomStepExplicit(constant_power, duration=90.0)] * 2)
    assert spm.follower(first)[0] is spm.follower(second)[0]
    assert spm.follower(pybamm.Experiment(["Rest for 1 minute"]))[0] is spm


def test_the_whole_ends_by_a_capacity(single_particles):
    """Absolute, in the first cycle; and a share that no fresh cell falls to."""
    cycles = [step.current(1.0, duration=MINUTE)] * 2
    for termination, count in (("8 Ah capacity", 1), ("80% capacity", 2)):
        experiment = pybamm.Experiment(cycles, termination=termination)
        ours = single_particles.compiled.solve(experiment=experiment)
        assert ours.t_end == pytest.approx(count * MINUTE)
        assert (ours.termination == "experiment capacity limit reached") == (count == 1)
