"""Steps are kept within the radius in which the linear model of the residuals holds."""

import numpy as np
import pytest

from ssb_model.fitting.least_squares.levenberg import FIRST_RADIUS, minimise
from ssb_model.fitting.least_squares.trust_region import steps as steps_within


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
    steps, _, _, _ = steps_within(r, J, np.array([0.5, 3.0, 100.0]))
    lengths = np.linalg.norm(steps, axis=1)
    assert lengths == pytest.approx([0.5, 3.0, 10 * np.sqrt(2)], rel=1e-6)


@pytest.mark.parametrize("curvature", [1.0, 1e6])
def test_the_radius_holds_whatever_the_scales(curvature):
    J = np.diag([1.0, curvature])[None]
    r = np.array([[-5.0, -5 * curvature]])
    steps, predicted, full, change = steps_within(r, J, np.array([1.0]))
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
