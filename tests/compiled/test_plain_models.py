"""Models of users without a single input: plain ODEs and DAEs, against closed forms."""

import numpy as np
import pybamm
import pytest

import ssb_model

TIMES = np.linspace(0, 1, 5)


def compiled(model, outputs):
    return ssb_model.compile(model, pybamm.ParameterValues({}), (), outputs)


def decay():
    x = pybamm.Variable("x")
    model = pybamm.BaseModel()
    model.rhs = {x: -x}
    model.initial_conditions = {x: pybamm.Scalar(1)}
    model.variables = {"x": x}
    return model


def test_an_ordinary_equation_without_inputs_is_solved():
    model = compiled(decay(), ("x",))
    solution = model.solve({}, TIMES)
    assert solution.status == "final time"
    np.testing.assert_allclose(solution["x"], np.exp(-TIMES), rtol=1e-5)
    np.testing.assert_allclose(model.solve(t_eval=TIMES)["x"], solution["x"])
    np.testing.assert_allclose(model.at_rest({}), [[1.0]])


def test_from_a_state_of_ones_own():
    solution = compiled(decay(), ("x",)).solve(t_eval=TIMES, initial_state=[3.0])
    np.testing.assert_allclose(solution["x"], 3 * np.exp(-TIMES), rtol=1e-5)


def test_an_algebraic_equation_and_an_event():
    y, model = pybamm.Variable("y"), decay()
    [x] = model.rhs
    model.algebraic = {y: y**3 - 8 * x}
    model.initial_conditions[y] = pybamm.Scalar(1)
    model.variables["y"] = y
    model.events = [pybamm.Event("x is a half", x - 0.5)]
    solution = compiled(model, ("x", "y")).solve({}, TIMES)
    assert solution.status == "event"
    assert solution.t_end == pytest.approx(np.log(2), rel=1e-5)
    before = np.log(2) > TIMES
    np.testing.assert_allclose(solution["y"][before], 2 * np.exp(-TIMES[before] / 3), rtol=1e-4)


def test_an_equation_driven_by_time_alone():
    x = pybamm.Variable("x")
    model = pybamm.BaseModel()
    model.rhs = {x: pybamm.cos(pybamm.t)}
    model.initial_conditions = {x: pybamm.Scalar(0)}
    model.variables = {"x": x}
    solution = compiled(model, ("x",)).solve({}, TIMES)
    np.testing.assert_allclose(solution["x"], np.sin(TIMES), atol=1e-5)


T = pybamm.t
TABLE = np.array([0, 1000, 1000.5, 1001, 1e5]), np.array([0, 0, 5, 0, 0.0])
PULSES = {  # what is pushed, and how much
    "switches": (5.0 * (T > 1000) * (T < 1001), 5.0),
    "a table": (pybamm.Interpolant(*TABLE, T), 2.5),
    "a table of minutes": (pybamm.Interpolant(TABLE[0] / 60, TABLE[1], T / 60), 2.5),
    "a tip": (pybamm.maximum(1 - 2 * abs(T - 1000.5), 0), 0.5),
}


@pytest.mark.parametrize("name", PULSES)
def test_a_pulse_behind_a_long_rest_is_not_passed_over(name):
    """Nothing moves until then, so that a step could be as long as the whole; on both ways."""
    push, area = PULSES[name]
    x, model = pybamm.Variable("x"), pybamm.BaseModel()
    model.rhs = {x: push}
    model.initial_conditions = {x: pybamm.Scalar(0)}
    model.variables = {"x": x}
    times = np.array([900.0, 1000.0, 1001.0, 1002.0, 5000.0])
    exact = [0, 0, area, area, area]
    by_hand = ssb_model.CompiledSolver().solve(model, [0, 5000.0], t_interp=times)
    np.testing.assert_allclose(by_hand["x"](times), exact, atol=1e-5)
    np.testing.assert_allclose(compiled(model, ("x",)).solve({}, times)["x"], exact, atol=1e-5)


def test_a_batch_of_different_ends_around_a_jump():
    x, model = pybamm.Variable("x"), pybamm.BaseModel()
    model.rhs = {x: 1.0 * (T > 10)}
    model.initial_conditions = {x: pybamm.InputParameter("x0")}
    model.variables = {"x": x}
    ends = np.array([[5.0, 9.0], [5.0, 10.0], [5.0, 11.0]])
    solution = compiled(model, ("x",)).solve({"x0": [0.0, 1.0, 2.0]}, ends)
    np.testing.assert_allclose(solution["x"][:, 1], [0, 1, 3], atol=1e-9)
    np.testing.assert_allclose(solution.t_end, ends[:, 1])
