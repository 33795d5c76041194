"""Experiments, step by step, against PyBaMM's (IDAKLU, rtol = atol = 1e-7); and by hand."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, InputError, cell_parameters
from ssb_model.compiled import OfInput, Protocol, Step

from .oracle import CURRENT, VOLTAGE, Pair

CELL_CURRENT, CHARGE = "Current [A]", "Discharge capacity [A.h]"
OUTPUTS = (VOLTAGE, CELL_CURRENT, CHARGE)
DIFFUSIVITY = "Negative particle diffusivity [m2.s-1]"
NOMINAL = "Nominal cell capacity [A.h]"
CAPACITY = {"full": 0.51e-3, "spm": 5.0}  # A.h
LOW, HIGH = {"full": 3.35, "spm": 3.9}, {"full": 4.0, "spm": 4.1}  # V, where steps end
MINUTE, HOUR = 60.0, 3600.0
step = pybamm.step


@pytest.fixture(scope="module")
def cells():
    """The coated full cell, and PyBaMM's own single-particle model; 5 points a particle."""
    spm = pybamm.lithium_ion.SPM()
    chen = pybamm.ParameterValues("Chen2020")
    full = Pair(FullCell(), cell_parameters("full"), (), {"x_p": 5, "r_p": 5}, OUTPUTS)
    return {
        "full": full,
        "spm": Pair(spm, chen, (DIFFUSIVITY,), {"r_n": 5, "r_p": 5}, OUTPUTS),
    }


@pytest.fixture(scope="module")
def spm(cells):
    return cells["spm"].compiled


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


def split(solution):
    """Outputs of each step of one member: a list of dicts, with the time."""
    columns = {"t": solution.t} | solution.outputs
    members = [solution.segment == n for n in np.unique(solution.segment) if n >= 0]
    return [{name: x[at] for name, x in columns.items()} for at in members]


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


def test_a_step_of_two_limits_ends_at_the_first(spm):
    """In whichever order they are written."""
    ends = []
    for limits in (["4.0 V", "3.9 V"], ["3.9 V", "4.0 V"]):
        experiment = pybamm.Experiment([step.current(5.0, termination=limits)])
        ends.append(spm.solve(experiment=experiment).final[VOLTAGE])
    np.testing.assert_allclose(ends, 4.0, atol=1e-5)


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


def current_until(current, limits, duration=HOUR, **given):
    return Protocol((Step("current", current, duration, limits, **given),))


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


def test_c_rates_follow_a_capacity_that_is_an_input(cells):
    pair = cells["spm"]
    compiled = ssb_model.compile(pair.model, pair.values, (NOMINAL,), OUTPUTS, pair.var_pts)
    experiment = pybamm.Experiment([step.c_rate(0.5, duration=HOUR)])
    solution = compiled.solve({NOMINAL: [2.0, 4.0]}, experiment=experiment)
    np.testing.assert_allclose(solution.final[CHARGE], [1.0, 2.0], rtol=1e-9)
    for unsupported in ({"termination": "C/10"}, {"value": np.array([[0, 1], [9, 1]])}):
        refused = pybamm.Experiment([step.c_rate(**{"value": 1.0, "duration": 9} | unsupported)])
        assert NOMINAL in refusal(compiled, refused)


# ---- what is refused ----


def refusal(compiled, experiment, *arguments, **options):
    with pytest.raises(InputError) as error:
        compiled.solve({}, *arguments, experiment=experiment, **options)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def one(control=step.current, value=1.0, **given):
    return pybamm.Experiment([control(value, **{"duration": 60} | given)])


def from_datetime():
    import datetime

    return step.current(1.0, duration=60, start_time=datetime.datetime(2020, 1, 1))


@pytest.mark.parametrize(
    ("experiment", "told"),
    [
        (lambda: one(temperature=300.0), "temperature"),
        (lambda: pybamm.Experiment(["Rest for 1 hour"], temperature=300.0), "temperature"),
        (lambda: pybamm.Experiment([from_datetime()]), "start time"),
        (lambda: pybamm.Experiment(["Rest for 1 hour"], termination="3 V"), "termination"),
        (lambda: one(skip_ok=False), "skip_ok"),
        (lambda: one(value=lambda t: 1 + 0 * t), "function of time"),
        (lambda: one(value=pybamm.InputParameter("unknown")), "unknown"),
        (lambda: one(value=2 * pybamm.InputParameter(CURRENT)), CURRENT),
        (lambda: one(step.voltage, 4.0, termination="3.9 V"), "direction"),
        (
            lambda: one(termination=step.CustomTermination("full", lambda v: v[VOLTAGE] - 4)),
            "CustomTermination",
        ),
        (
            lambda: pybamm.Experiment([step.CustomStepExplicit(lambda v: 1.0, duration=60)]),
            "CustomStepExplicit",
        ),
    ],
)
def test_what_an_experiment_may_not_contain_is_named(spm, experiment, told):
    assert told in refusal(spm, experiment())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("charge", 1.0, 60.0), "current"),
        (("current", 1.0, 0.0), "duration"),
        (("current", 1.0, np.inf), "duration"),
        (("current", 1.0, "60 s"), "duration"),
        (("current", 1.0, 60.0, {"voltage under": 3.0}), "voltage below"),
        (("current", 1.0, 60.0, {"voltage below": np.nan}), "voltage below"),
        (("current", 1.0, 60.0, {}, 0.0), "period"),
        (("current", np.nan, 60.0), "value"),
        (("current", "1 A", 60.0), "value"),
        (("current", OfInput("Nominal current [A]"), 60.0), CURRENT),
        (("current", np.array([[1.0, 1.0], [60, 2]]), 60.0), "rise from 0"),
        (("current", np.array([[0.0, 1.0], [60, 2], [30, 3]]), 30.0), "rise from 0"),
        (("current", np.array([[0.0, 1.0], [60, np.nan]]), 60.0), "finite"),
        (("current", np.array([[0.0, 1.0], [30, 2]]), 60.0), "ends at 30"),
        (("current", np.arange(3.0), 60.0), "(N, 2)"),
    ],
)
def test_a_step_that_makes_no_sense_is_told_in_a_sentence(spm, given, told):
    with pytest.raises(InputError) as error:
        spm.solve({}, experiment=Protocol((Step(*given),)))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_protocol_is_a_list_of_steps():
    for steps in ((), Step("current", 1.0, 60.0)):
        with pytest.raises(InputError, match="at least one"):
            Protocol(steps)


def test_either_times_or_an_experiment(spm):
    assert "either" in refusal(spm, None)
    assert "either" in refusal(spm, current_until(1.0, {}), [0, 1.0])
    assert "pybamm.Experiment" in refusal(spm, ["Rest for 1 hour"])


@pytest.mark.parametrize("period", [0, -1.0, np.nan, "1 minute"])
def test_a_period_is_a_positive_number(spm, period):
    assert "period" in refusal(spm, current_until(1.0, {}), period=period)


def test_more_outputs_than_memory_should_hold_are_refused(spm):
    assert "longer period" in refusal(spm, current_until(1.0, {}), period=1e-4)


def test_a_model_without_a_current_follows_no_experiment():
    model = pybamm.BaseModel()
    x = pybamm.Variable("x")
    model.rhs, model.initial_conditions, model.variables = {x: -x}, {x: 1.0}, {"x": x}
    compiled = ssb_model.compile(model, pybamm.ParameterValues({}), outputs=("x",))
    assert "no current" in refusal(compiled, current_until(1.0, {}))
