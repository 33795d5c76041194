"""The comparison with PyBOP is one of equals: same data, same objective, same accuracy."""

import numpy as np
import pytest

from benchmarks.pybop import environment, ours, race
from benchmarks.pybop.problem import NOISE, RATES, SPACE, STARTS, TRUTH, Measured, starts, synthetic

TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def measured():
    return synthetic()


@pytest.fixture(scope="module")
def problem(measured):
    return ours.problem(measured, TOLERANCE, chunk=1)


def cost(problem, u):
    r, _ = problem.residuals(np.atleast_2d(u))
    return 0.5 * np.sum(r**2, axis=1)


def test_the_data_say_that_they_are_synthetic_and_survive_json(measured):
    content = measured.as_json()
    assert content["synthetic"] is True
    again = Measured.from_json(content)
    assert np.array_equal(again.voltage, measured.voltage)
    assert np.array_equal(again.times, measured.times)


def test_the_truth_misses_its_data_by_their_noise(measured, problem):
    r, _ = problem.residuals(TRUTH[None])
    data = r[0, : measured.voltage.size]
    assert np.mean(data**2) == pytest.approx(1, abs=4 * np.sqrt(2 / data.size))


def test_the_five_are_determined_by_the_six_discharges(problem):
    _, J = problem.residuals(TRUTH[None])
    widths = np.sqrt(np.diag(np.linalg.inv(J[0].T @ J[0])))  # of the posterior over the prior
    assert widths.max() < 0.35


def test_every_start_arrives_at_one_cost(problem):
    found = race.ours(problem, starts()[:4])
    again = race.ours(problem, starts()[:4], race.WITHIN * found.cost)
    assert again.arrived == 4
    assert again.evaluations <= found.evaluations
    assert found.cost < cost(problem, TRUTH)[0]


def test_the_starts_begin_at_the_priors_centre():
    u = starts()
    assert not u[0].any()
    assert np.abs(u).max() <= 2
    assert u.shape == (STARTS, len(SPACE))


@pytest.mark.verify
def test_both_codes_have_the_same_cost(measured, problem):
    python = environment.python_of(environment.DEFAULT)
    if not python.exists():
        pytest.skip("PyBOP's environment is missing; python -m benchmarks.pybop makes it")
    points = np.concatenate([TRUTH[None], starts()[:3]])
    task = {"tolerance": 1e-6, "c_code": False, "points": points.tolist()}
    [answer] = environment.answers(python, [task | {"measured": measured.as_json()}])
    assert answer["costs"] == pytest.approx(cost(problem, points), rel=1e-3)
    voltages = np.array(answer["voltages"])
    assert voltages.shape == (len(points), len(RATES), measured.times.shape[1])
    assert voltages == pytest.approx(ours.voltages(measured, TOLERANCE, points), abs=NOISE / 10)
