"""Steps are kept within the radius in which the linear model of the residuals holds."""

import numpy as np
import pytest

from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.fitting.least_squares.levenberg import FIRST_RADIUS, minimise
from ssb_model.fitting.least_squares.trust_region import steps as free_steps, steps_within


def straight(u):
    """Residuals u - 10 of an identity, whose full step is as long as the distance."""
    return u - 10.0, np.broadcast_to(np.eye(2), (len(u), 2, 2))


def exponential(u):
    """exp(-u) against 20: from the right, the linear model's step goes far beyond the answer."""
    return np.exp(-u) - 20.0, -np.exp(-u)[:, :, None]


def followed(residuals):
    """The residuals, and a list of the points they are asked for."""
    asked = []

    def function(u):
        asked.append(u.copy())
        return residuals(u)

    return function, asked


def test_a_step_is_the_full_one_or_as_long_as_the_radius():
    r, J = straight(np.zeros((3, 2)))
    steps, _, _, _ = free_steps(r, J, np.array([0.5, 3.0, 100.0]))
    lengths = np.linalg.norm(steps, axis=1)
    assert lengths == pytest.approx([0.5, 3.0, 10 * np.sqrt(2)], rel=1e-6)


@pytest.mark.parametrize("curvature", [1.0, 1e6])
def test_the_radius_holds_whatever_the_scales(curvature):
    J = np.diag([1.0, curvature])[None]
    r = np.array([[-5.0, -5 * curvature]])
    steps, predicted, full, change = free_steps(r, J, np.array([1.0]))
    assert np.linalg.norm(steps) == pytest.approx(1.0, rel=1e-3)
    assert 0 < predicted[0] < full[0]
    assert change == pytest.approx(np.linalg.norm(J[0] @ steps[0]))


def test_a_straight_model_is_met_by_steps_that_double():
    function, asked = followed(straight)
    found = minimise(function, np.zeros((1, 2)))
    assert found.u == pytest.approx(np.full((1, 2), 10.0))
    lengths = np.linalg.norm(np.diff([u[0] for u in asked], axis=0), axis=1)
    assert lengths[:3] == pytest.approx(FIRST_RADIUS * np.sqrt(2) * np.array([1, 2, 4]))


def test_no_trial_goes_far_from_where_the_model_was_seen():
    function, asked = followed(exponential)
    found = minimise(function, np.array([[2.0]]))
    assert found.u[0, 0] == pytest.approx(-np.log(20), abs=1e-3)
    assert min(u.min() for u in asked) > -8  # the first full step would end at -144


def test_a_start_that_has_converged_is_not_evaluated_again():
    function, asked = followed(straight)
    minimise(function, np.array([[10.0, 10.0], [-30.0, 0.0]]))
    assert [len(u) for u in asked][:3] == [2, 1, 1]


def test_what_each_start_has_for_itself_goes_with_it():
    def residuals(u, target):
        return u - target, np.ones((len(u), 1, 1))

    targets = np.array([[1.0], [-2.0], [30.0]])
    found = minimise(residuals, np.zeros((3, 1)), own=targets)
    assert found.u == pytest.approx(targets)


def test_a_start_whose_model_fails_walks_to_the_priors_centre():
    def residuals(u):
        data = np.where(u > 3, np.nan, u - 1)
        one = np.ones((len(u), 1, 1))
        return np.concatenate([data, u], axis=1), np.concatenate([one, one], axis=1)

    found = minimise(residuals, np.array([[40.0]]))
    assert found.converged.all()
    assert found.u[0, 0] == pytest.approx(0.5, abs=1e-3)


def test_a_step_ends_at_a_limit_and_the_others_go_on_with_it_there():
    """y0 + y1 = 3 and y1 = 1 with y0 at most 1/2: the least squares of what is left."""
    J = np.array([[[1.0, 1.0], [0.0, 1.0]]])
    r = np.array([[-3.0, -1.0]])
    room = np.array([[-np.inf, -np.inf]]), np.array([[0.5, np.inf]])
    step, predicted, full, _ = steps_within(r, J, np.array([100.0]), *room)
    assert step[0] == pytest.approx([0.5, 1.75])
    left = 0.5 * np.sum((r[0] + J[0] @ step[0]) ** 2)
    assert predicted[0] == pytest.approx(5.0 - left)
    assert full[0] == pytest.approx(predicted[0])


def full_contact_wanted(u):
    """A share of at most 1 that the data want larger, by way of what else they tell of it."""
    below = u[:, 0] < 0
    share = np.where(below, 1 + 0.3 * u[:, 0], 1.0)
    slope = 0.3 * (u[:, 0] <= 0)
    data = np.stack([(share + 0.1 * u[:, 1] - 1.3) / 0.01, (u[:, 1] - 2) / 0.5], axis=1)
    J = np.zeros((len(u), 2, 2))
    J[:, 0], J[:, 1, 1] = np.stack([slope, np.full(len(u), 0.1)], axis=1) / 0.01, 2.0
    prior = np.broadcast_to(np.eye(2), J.shape)
    return np.concatenate([data, u], axis=1), np.concatenate([J, prior], axis=1)


@pytest.mark.parametrize("start", [[0.0, 0.0], [-1.5, 0.0], [1.5, -1.0]])
def test_a_minimum_at_an_end_of_a_range_is_found(start):
    one_sided = ParameterSpace([FreeParameter("share", "-", 1.0, 0.4, 1.0, "linear")]).limits
    limits = np.concatenate([one_sided, [[-np.inf, np.inf]]])
    assert limits.tolist() == [[-np.inf, 0.0], [-np.inf, np.inf]]
    found = minimise(full_contact_wanted, np.array([start]), limits=limits)
    assert found.converged.all() and found.iterations < 8
    assert found.u[0, 0] == 0.0
    best = (30.0 * 10.0 + 4.0 * 2.0) / (100.0 + 4.0 + 1.0)  # of three straight residuals
    assert found.u[0, 1] == pytest.approx(best, abs=1e-3)
