"""Between the ends of steps: outputs and events of algebraic states that bend within long steps."""

import numpy as np
import pybamm
import pytest

import ssb_model

VOLTAGE = "Voltage [V]"


@pytest.fixture(scope="module")
def spme():
    """Its only algebraic state is the voltage, which bends where its concentrations do not."""
    model = pybamm.lithium_ion.SPMe({"voltage as a state": "true"})
    values = pybamm.ParameterValues("Chen2020")
    solver = pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-10)
    exact = pybamm.Simulation(model, parameter_values=values, solver=solver).solve([0, 4000])
    return model, values, exact


TOLERANCES = (1e-4, 1e-6, 1e-8)
MOST = 6.0  # tolerances of a voltage of 4 V that lies between steps


@pytest.mark.parametrize("tolerance", TOLERANCES)
def test_an_algebraic_state_is_as_accurate_between_steps_as_at_their_ends(spme, tolerance):
    model, values, exact = spme
    compiled = ssb_model.compile(model, values)
    times = np.linspace(1, exact.t[-1] - 1, 500)
    solution = compiled.solve(t_eval=times, rtol=tolerance, atol=tolerance)
    off = np.abs(solution[VOLTAGE] - exact[VOLTAGE](times)).max()
    assert off < MOST * tolerance * 5


@pytest.mark.parametrize("tolerance", TOLERANCES)
@pytest.mark.parametrize("points", [2, 41])
def test_the_cut_off_is_met_whatever_the_tolerance_and_the_output_times(spme, tolerance, points):
    model, values, exact = spme
    compiled = ssb_model.compile(model, values)
    times = np.linspace(0, 4000, points)
    solution = compiled.solve(t_eval=times, rtol=tolerance, atol=tolerance)
    assert solution.status == "event"
    assert solution.t_end == pytest.approx(exact.t[-1], rel=1e-7)


@pytest.mark.parametrize("tolerance", [1e-4, 1e-6])
def test_pybamms_own_interpolation_of_a_solution_is_accurate(spme, tolerance):
    model, values, exact = spme
    solver = ssb_model.CompiledSolver(rtol=tolerance, atol=tolerance)
    found = pybamm.Simulation(model, parameter_values=values, solver=solver).solve([0, 4000])
    assert found.termination == exact.termination
    times = np.linspace(1, exact.t[-1] - 1, 500)
    off = np.abs(found[VOLTAGE](times) - exact[VOLTAGE](times)).max()
    assert off < 4 * MOST * tolerance * 5


# Events ----------------------------------------------------------------------------------------


def moving(events):
    """x' = -1 from 1, of which no step is too long, with events of x."""
    model, x = pybamm.BaseModel(), pybamm.Variable("x")
    model.rhs, model.initial_conditions = {x: pybamm.Scalar(-1)}, {x: pybamm.Scalar(1)}
    model.variables = {"x": x}
    model.events = [pybamm.Event(name, event(x)) for name, event in events.items()]
    return model


EVENTS = {
    "the first of two that one step passes, in far smaller units": (
        {"late": lambda x: 1e3 * (x - 0.2), "early": lambda x: 1e-9 * (x - 0.3)},
        "early",
        0.7,
    ),
    "steep": ({"steep": lambda x: pybamm.exp(50 * x) - pybamm.exp(20.0)}, "steep", 0.6),
    "one that jumps": ({"jump": lambda x: 2 * (x > 0.4) - 1}, "jump", 0.6),
    "one with a corner": (
        {"corner": lambda x: pybamm.maximum(x - 0.4, 1e-3 * (x - 0.4))},
        "corner",
        0.6,
    ),
    "one that is flat where it is met": ({"flat": lambda x: (x - 0.4) ** 3}, "flat", 0.6),
    "beside one that comes near and is not met": (
        {"near": lambda x: (x - 0.5) ** 2 + 1e-9, "met": lambda x: x - 0.45},
        "met",
        0.55,
    ),
}


@pytest.mark.parametrize("name", EVENTS)
def test_events_are_landed_on(name):
    events, first, at = EVENTS[name]
    solver = ssb_model.CompiledSolver(rtol=1e-4, atol=1e-4)
    solution = solver.solve(moving(events), [0, 2])
    assert solution.termination == f"event: {first}"
    assert solution.t[-1] == pytest.approx(at, abs=2e-4 if first == "flat" else 1e-6)


@pytest.mark.parametrize("jumps", [False, True])
def test_what_moves_an_event_that_jumps_is_not_known(jumps):
    """x = exp(-k t) reaches 0.4 at t = ln(2.5) / k."""
    model, x = pybamm.BaseModel(), pybamm.Variable("x")
    k = pybamm.InputParameter("k")
    model.rhs, model.initial_conditions = {x: -k * x}, {x: pybamm.Scalar(1)}
    model.variables = {"x": x}
    model.events = [pybamm.Event("low", 2 * (x > 0.4) - 1 if jumps else x - 0.4)]
    compiled = ssb_model.compile(model, pybamm.ParameterValues({}), outputs=("x",))
    solution = compiled.solve({"k": 1.6}, [0.1, 2.0], sensitivities=["k"])
    assert solution.t_end == pytest.approx(np.log(2.5) / 1.6, rel=1e-6)
    moved = np.nan if jumps else -np.log(2.5) / 1.6**2
    found = solution.sensitivities["k"]["t_end"]
    np.testing.assert_allclose(found, moved, rtol=1e-4)


def test_split_ocv_ends_at_its_cut_off():
    """Its states are straight lines in time: one step passes the voltage's and another event."""

    def negative(x):
        return 0.15 + 0.85 * pybamm.exp(-61.8 * x) - 0.0313 * pybamm.arctan(25.6 * x - 4.1)

    def positive(x):
        return -10.72 * x**4 + 23.88 * x**3 - 16.77 * x**2 + 2.595 * x + 4.563

    values = pybamm.ParameterValues(
        {
            "Positive electrode capacity [A.h]": 8.73,
            "Negative electrode capacity [A.h]": 5.83,
            "Positive electrode initial stoichiometry": 0.427,
            "Negative electrode initial stoichiometry": 0.811,
            "Ohmic resistance [Ohm]": 0.001,
            "Lower voltage cut-off [V]": 2.8,
            "Upper voltage cut-off [V]": 4.2,
            "Current function [A]": 5,
            "Nominal cell capacity [A.h]": 5,
            "Positive electrode OCP [V]": positive,
            "Negative electrode OCP [V]": negative,
        }
    )
    model = pybamm.lithium_ion.SplitOCVR()
    idaklu = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-9)
    exact = pybamm.Simulation(model, parameter_values=values, solver=idaklu).solve([0, 3600])
    assert exact.termination == "event: Minimum voltage [V]"
    for tolerance in TOLERANCES:
        solver = ssb_model.CompiledSolver(rtol=tolerance, atol=tolerance)
        found = pybamm.Simulation(model, parameter_values=values, solver=solver).solve([0, 3600])
        assert found.termination == exact.termination
        assert found.t[-1] == pytest.approx(exact.t[-1], rel=1e-7)


def test_a_prescribed_power_is_kept_between_steps():
    seconds = np.arange(0, 200.5, 0.5)
    watts = 3.6 + 0.1 * np.sin(2 * np.pi * seconds / 20)
    step = pybamm.step.power(np.column_stack([seconds, watts]), duration=200)
    solver = ssb_model.CompiledSolver(rtol=1e-8, atol=1e-8)
    model = pybamm.lithium_ion.SPM()
    experiment = pybamm.Experiment([step])
    solution = pybamm.Simulation(model, experiment=experiment, solver=solver).solve()
    times = np.linspace(0.1, 199.9, 997)
    power = solution["Current [A]"](times) * solution[VOLTAGE](times)
    np.testing.assert_allclose(power, np.interp(times, seconds, watts), atol=1e-7)
