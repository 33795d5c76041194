"""The information of possible measurements: closed forms of a linear model with normal noise."""

import numpy as np
import pytest

from ssb_model.study.design.information import information

NOTHING = np.zeros((0, 2))


@pytest.mark.parametrize(("known", "sd"), [(0.0, 0.5), (3.0, 0.5), (100.0, 1e-4)])
def test_precisions_of_one_parameter_add_up(known, sd):
    """Prior 1, data ``known``, a measurement 1/sd^2."""
    info = information(np.array([[np.sqrt(known)]]), np.eye(1), [np.array([[1 / sd]])])
    before, after = 1 + known, 1 + known + sd**-2
    assert info.now == pytest.approx([before**-0.5], rel=1e-12)
    assert info.after[0] == pytest.approx([after**-0.5], rel=1e-12)
    assert info.gained[0] == pytest.approx(0.5 * np.log(after / before), rel=1e-9)


def test_one_of_two_correlated_parameters_tells_of_the_other_what_their_correlation_allows():
    """u_1 + u_2 measured with s leaves the correlation rho; then u_1 is measured with t.

    Bivariate normal with variances v: v_2 falls to v (1 - rho^2 v/(v + t^2)).
    """
    s, t = 0.3, 0.2
    info = information(np.array([[1, 1]]) / s, np.array([[0, 1.0]]), [np.array([[1 / t, 0]])])
    v = (1 + s**-2) / (1 + 2 * s**-2)
    rho = -(s**-2) / (1 + s**-2)
    left = 1 - rho**2 * v / (v + t**2)
    assert info.now[0] ** 2 == pytest.approx(v, rel=1e-12)
    assert info.after[0, 0] ** 2 == pytest.approx(v * left, rel=1e-12)
    assert info.gained[0] == pytest.approx(-0.5 * np.log(left), rel=1e-12)


@pytest.mark.parametrize("C", [np.zeros((3, 2)), np.zeros((0, 2)), np.array([[0, 7.0]])])
def test_what_does_not_touch_the_question_tells_nothing(C):
    info = information(np.array([[4.0, 0]]), np.array([[1.0, 0]]), [C])
    assert info.gained[0] == pytest.approx(0, abs=1e-12)
    assert info.after[0] == pytest.approx(info.now, rel=1e-12)


@pytest.fixture
def any_model():
    """Data, wanted numbers and candidates of nine parameters, of no structure."""
    rng = np.random.default_rng(5)
    candidates = [10.0**k * rng.normal(size=(k + 2, 9)) for k in (-1, 0, 1, 2)]
    return rng.normal(size=(4, 9)), rng.normal(size=(3, 9)), candidates


def test_the_order_of_the_candidates_does_not_matter(any_model):
    J, G, candidates = any_model
    one, other = (information(J, G, some) for some in (candidates, candidates[::-1]))
    np.testing.assert_array_equal(one.gained, other.gained[::-1])
    np.testing.assert_array_equal(one.after, other.after[::-1])
    np.testing.assert_allclose(one.after_both(0, 3), other.after_both(0, 3), rtol=1e-12)


def test_two_measurements_are_one_with_the_numbers_of_both(any_model):
    J, G, candidates = any_model
    both = information(J, G, [np.concatenate([candidates[0], candidates[2]])])
    np.testing.assert_allclose(
        information(J, G, candidates).after_both(0, 2), both.after[0], rtol=1e-12
    )


def test_information_adds_up_when_one_is_measured_after_the_other(any_model):
    J, G, [first, second, *_] = any_model
    together = information(J, G, [np.concatenate([first, second])]).gained[0]
    alone = information(J, G, [first]).gained[0]
    then = information(np.concatenate([J, first]), G, [second]).gained[0]
    assert together == pytest.approx(alone + then, rel=1e-9)


def test_information_is_the_gain_of_the_covariances_determinant(any_model):
    """G P^-1 G' before and after, by inverses."""
    J, G, candidates = any_model
    info = information(J, G, candidates)
    P = J.T @ J + np.eye(9)
    for C, gained in zip(candidates, info.gained, strict=True):
        before, after = (G @ np.linalg.inv(p) @ G.T for p in (P, P + C.T @ C))
        logs = [np.linalg.slogdet(covariance)[1] for covariance in (before, after)]
        assert gained == pytest.approx(0.5 * (logs[0] - logs[1]), rel=1e-8)


def test_what_is_wanted_twice_or_in_another_unit_counts_once(any_model):
    J, G, candidates = any_model
    once = information(J, G, candidates)
    again = np.concatenate([G, 1e6 * G[:1], G[:1] - G[1:2]])
    np.testing.assert_allclose(information(J, again, candidates).gained, once.gained, rtol=1e-9)


def test_what_depends_on_nothing_uncertain_is_known_and_nothing_tells_of_it():
    info = information(NOTHING, np.zeros((1, 2)), [np.eye(2)])
    assert info.now[0] == info.after[0, 0] == 0
    assert info.gained[0] == pytest.approx(0, abs=1e-12)
