"""Every way in which a solve can fail is told, and its neighbours never notice."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.compiled import OfInput, Outcome, Protocol, Step

from .oracle import CURRENT, VOLTAGE

TIMES = np.linspace(0, 2, 9)
# dx/dt = rate x^2, dz/dt = sqrt(root - t), 0 = gain (y^2 + offset); an event where x < floor
WELL = {"rate": -1.0, "root": 9.0, "gain": 1.0, "offset": -1.0, "floor": 0.0}
ILL = {
    "singular matrix": {"gain": 0.0},
    "equations not finite: an input is out of range": {"root": -1.0},
    "step size too small at t = 1 s": {"root": 1.0},
    "no consistent state found": {"offset": 1.0},
    "event condition already met at the start": {"floor": 2.0},
}


@pytest.fixture(scope="module", params=["kernel", "JAX"])
def model(request):
    """With the generated kernel, where there is a C compiler, and by JAX alone."""
    x, y, z = (pybamm.Variable(name) for name in "xyz")
    rate, root, gain, offset, floor = (pybamm.InputParameter(name) for name in WELL)
    model = pybamm.BaseModel()
    model.rhs = {x: rate * x**2, z: pybamm.sqrt(root - pybamm.t)}
    model.algebraic = {y: gain * (y**2 + offset)}
    model.initial_conditions = {x: pybamm.Scalar(1), y: pybamm.Scalar(0.5), z: pybamm.Scalar(0)}
    model.variables = {"x": x, "y": y, "z": z}
    model.events = [pybamm.Event("low", x - floor)]
    values = pybamm.ParameterValues(WELL)
    compiled = ssb_model.compile(model, values, tuple(WELL), ("x", "y", "z"))
    if request.param == "JAX":
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSB_MODEL_KERNEL", "off")
            assert compiled.system.kernel(1) is compiled.system.kernel(11) is None
    return compiled


@pytest.fixture(scope="module")
def batch(model):
    """Each failure once, between members that are well at different rates."""
    inputs = {name: np.full(11, value) for name, value in WELL.items()}
    inputs["rate"] = np.linspace(-2, -1, 11)
    for place, wrong in zip(range(1, 11, 2), ILL.values(), strict=True):
        for name, value in wrong.items():
            inputs[name][place] = value
    return inputs, model.solve(inputs, TIMES)


@pytest.mark.parametrize("place", range(5))
def test_a_failure_says_what_it_is(batch, place):
    _, solution = batch
    member = 2 * place + 1
    assert solution.status[member] == list(ILL)[place]
    assert solution.termination[member].startswith(solution.status[member])
    assert not solution.succeeded[member]
    assert not solution.valid[member].any()
    for name in ("x", "y", "z"):
        assert np.isnan(solution[name][member]).all()
        assert np.isnan(solution.final[name][member])


def test_a_solve_can_end_in_every_way_of_the_list_and_in_no_other(model, batch):
    _, failed = batch
    ended = model.solve({"floor": [0.5, 0.0]}, TIMES)
    stopped = model.solve({"rate": [-1.0]}, TIMES, max_steps=2)
    solutions = (failed, ended, stopped)
    never = {Outcome.RUNNING, Outcome.NOTHING_TO_DO}  # the latter is an experiment's
    assert {int(n) for s in solutions for n in s.outcome} == set(Outcome) - never
    for solution in solutions:
        for outcome, status, t in zip(
            solution.outcome, solution.status, solution.t_end, strict=True
        ):
            assert status == Outcome(outcome).at(t)
    np.testing.assert_array_equal(ended.succeeded, [True, True])
    assert not stopped.succeeded.any()


def test_its_neighbours_are_as_well_as_before(model, batch):
    """They follow the closed form, and are to the last digits what they are alone."""
    inputs, solution = batch
    for member in range(0, 11, 2):
        assert solution.status[member] == "final time"
        exact = 1 / (1 - inputs["rate"][member] * TIMES)
        np.testing.assert_allclose(solution["x"][member], exact, rtol=1e-5)
        np.testing.assert_allclose(solution["y"][member], 1, rtol=1e-12)
        exact = (27 - (9 - TIMES) ** 1.5) / 1.5
        np.testing.assert_allclose(solution["z"][member], exact, atol=1e-5)
        alone = model.solve({"rate": inputs["rate"][member]}, TIMES)
        np.testing.assert_allclose(solution["x"][member], alone["x"], rtol=1e-12)


def test_a_failure_spoils_no_neighbours_sensitivity(model, batch):
    """dx/drate = t x^2 of x = 1/(1 - rate t)."""
    inputs, _ = batch
    solution = model.solve(inputs, TIMES, sensitivities=["rate"])
    by_rate = solution.sensitivities["rate"]["x"]
    for member in range(11):
        if member % 2:
            assert np.isnan(by_rate[member]).all()
            continue
        exact = TIMES / (1 - inputs["rate"][member] * TIMES) ** 2
        np.testing.assert_allclose(by_rate[member], exact, atol=1e-4)


def test_an_event_is_no_failure(model):
    """x = 1/(1 + t) falls below a half after a second."""
    solution = model.solve({"floor": [0.5, 0.0]}, TIMES)
    assert solution.termination == ["low", "final time"]
    np.testing.assert_allclose(solution.t_end, [1, 2], rtol=1e-5)
    assert solution.succeeded.all()


def test_a_power_beyond_the_cells_reach_has_no_consistent_state(full):
    """I V(I) of an ohmic cell is largest at V/2R, here some 2 mW; more fails, in its own step."""
    steps = (Step("current", 1e-5, 60.0), Step("power", OfInput(CURRENT), 60.0))
    solution = full.compiled.solve({CURRENT: [1e-4, 1e-1, 5e-4]}, experiment=Protocol(steps))
    assert solution.status == ["final time", "no consistent state found", "final time"]
    np.testing.assert_allclose(solution.t_end, [120, 60, 120])
    np.testing.assert_array_equal(np.isnan(solution.final[VOLTAGE]), [False, True, False])
