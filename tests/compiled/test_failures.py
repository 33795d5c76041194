"""A member that fails says why: when, which equation, which input; the others are as alone."""

import numpy as np
import pybamm
import pytest

import ssb_model

TIMES = [0.5, 1.0]


def compiled(rhs, algebraic, **parameters):
    """u' = rhs(u, w), 0 = algebraic(u, w), u(0) = w(0) = 1; ``parameters`` are inputs."""
    u, w = pybamm.Variable("u"), pybamm.Variable("w")
    model = pybamm.BaseModel()
    model.rhs, model.algebraic = {u: rhs(u, w)}, {w: algebraic(u, w)}
    model.initial_conditions = {u: 1, w: 1}
    model.variables = {"u": u, "w": w}
    model.events = [pybamm.Event("u is small", u - pybamm.Parameter("least"))]
    values = {"least": -10.0} | parameters
    return ssb_model.compile(model, values, list(values), ["u"])


def roots(b):
    return compiled(lambda u, w: -u, lambda u, w: w**2 - pybamm.Parameter("b"), b=b, a=1.0)


def test_a_start_that_does_not_exist_names_equation_and_input():
    model = roots(4.0)
    solution = model.solve({"b": [4.0, -0.7], "a": [1.5, 1.5]}, TIMES)
    good, failed = solution.termination
    assert good == "final time"
    assert "consistent" in failed or "singular" in failed
    assert "the largest residual, 1.7, is that of" in failed
    assert '"w"' in failed
    alone = model.solve({"b": 4.0}, TIMES)
    np.testing.assert_allclose(solution["u"][0], alone["u"])
    assert "member" in repr(solution)
    assert failed in repr(solution)


def test_an_explosion_names_when_and_what_moves():
    k = pybamm.Parameter("k")
    model = compiled(lambda u, w: k * u**2, lambda u, w: w - u, k=0.1)
    failed = model.solve({"k": 4.0}, TIMES)
    assert failed.termination.startswith(failed.status)
    assert "at t = 0.25 s" in failed.status
    assert failed.termination.endswith('"u" changes fastest; "k" is 40 times its default')


def test_an_event_at_the_start_is_named():
    failed = roots(4.0).solve({"least": 2.0}, TIMES)
    assert "event condition already met at the start" in failed.status
    assert '"u is small"; "least" is -0.2 times its default' in failed.termination


def test_what_is_not_finite_is_named():
    model = compiled(lambda u, w: pybamm.log(pybamm.Parameter("k")), lambda u, w: w - u, k=1.0)
    failed = model.solve({"k": -1.0}, TIMES)
    assert '"u" is not finite; "k" is -1 times its default' in failed.termination


@pytest.mark.parametrize("b", [-0.7])
def test_pybamms_solver_names_the_equation(b):
    model = pybamm.BaseModel()
    w = pybamm.Variable("w")
    model.algebraic = {w: w**2 - pybamm.InputParameter("b")}
    model.initial_conditions = {w: 1}
    with pytest.raises(pybamm.SolverError, match=r'residual.*is that of "w"'):
        ssb_model.CompiledSolver().solve(model, [0, 1], inputs={"b": b})


def test_a_parameter_of_zero_that_is_divided_by_is_named():
    """A polymer has no grain boundaries, which the cell's usual options ask for."""
    values = ssb_model.cell_parameters("blocking", "peo-litfsi")
    with pytest.raises(ssb_model.InputError, match=r'"Garnet grain boundary share".*by zero'):
        ssb_model.compile(ssb_model.BlockingCell(), values)
