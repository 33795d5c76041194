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
