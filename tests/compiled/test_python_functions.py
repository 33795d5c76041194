"""Python functions inside a model, as a user writes them."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError


def decay(*rates):
    """x' = -(the sum of the Python functions ``rates`` of x)."""
    x, k = pybamm.Variable("x"), pybamm.InputParameter("k")
    model = pybamm.BaseModel()
    model.rhs = {x: -k * sum(pybamm.Function(rate, x) for rate in rates)}
    model.initial_conditions = {x: pybamm.Scalar(0.5)}
    model.variables = {"x": x}
    return ssb_model.compile(model, pybamm.ParameterValues({"k": 1.0}), ("k",), ("x",))


def test_a_lambda_function_is_what_it_does():
    times = np.linspace(0, 2, 5)
    x = decay(lambda x: np.tan(x)).solve({"k": 1.0}, times, rtol=1e-9, atol=1e-11)["x"]
    np.testing.assert_allclose(np.sin(x), np.sin(0.5) * np.exp(-times), rtol=1e-7)


def test_two_lambda_functions_of_one_variable_are_not_taken_for_one():
    with pytest.raises(InputError, match="a name of its own"):
        decay(lambda x: x, lambda x: x**2)


def test_functions_that_differ_in_what_they_read_are_not_taken_for_one():
    def power(exponent):
        return lambda x: x**exponent

    with pytest.raises(InputError, match="a name of its own"):
        decay(power(1), power(2))
