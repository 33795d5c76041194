"""Criteria and scores: closed forms, and models told apart."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.stats import norm

from ssb_model.compiled.runtime import prepare
from ssb_model.fitting import (
    Datum,
    FreeParameter,
    ParameterSpace,
    Problem,
    Simulator,
    fit,
    information_criteria,
    posterior,
    score,
)
from ssb_model.fitting.after.criteria import widely_applicable
from ssb_model.fitting.bayes.diagnostics import leave_one_out

prepare()

N, NOISE = 30, 0.2
X = np.linspace(-1, 1, N)
NAMES = tuple(f"y{k}" for k in range(N))
UNSEEN = tuple(f"z{k}" for k in range(N))


def polynomial(degree, values):
    """A polynomial of that degree fitted to values at X; the same points again are unseen."""
    labels = tuple(f"c{k}" for k in range(degree + 1))

    def function(theta):
        y = sum(theta[label] * jnp.asarray(X)[:, None] ** k for k, label in enumerate(labels))
        return jnp.concatenate([y, y])

    data = [Datum(name, name, float(v), NOISE) for name, v in zip(NAMES, values, strict=True)]
    space = ParameterSpace([FreeParameter(c, "V", 0.0, -100.0, 100.0, "linear") for c in labels])
    return fit(Problem(space, [Simulator("p", labels, NAMES + UNSEEN, function)], data), starts=1)


@pytest.fixture(scope="module")
def values():
    return 1 - 2 * X + NOISE * np.random.default_rng(2).normal(size=N)


@pytest.fixture(scope="module")
def line(values):
    return polynomial(1, values)


def test_criteria_are_their_closed_forms(line, values):
    found = information_criteria(line)
    coefficients = np.polynomial.polynomial.polyfit(X, values, 1)
    residual = np.polynomial.polynomial.polyval(X, coefficients) - values
    log_likelihood = norm.logpdf(residual, scale=NOISE).sum()
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=1e-3)
    assert found.aic == pytest.approx(4 - 2 * log_likelihood, abs=2e-3)
    assert found.aicc - found.aic == pytest.approx(12 / 27)
    assert found.bic == pytest.approx(2 * np.log(N) - 2 * log_likelihood, abs=2e-3)


def test_what_the_data_do_not_touch_is_no_effective_parameter(values):
    idle = FreeParameter("idle", "V", 0.0, -1.0, 1.0, "linear")
    line = polynomial(1, values).problem
    space = ParameterSpace([*line.space.parameters, idle])
    found = information_criteria(fit(Problem(space, line.simulators, line.data), starts=1))
    assert found.parameters == 3
    assert found.effective == pytest.approx(2, abs=1e-3)


def test_with_too_few_data_there_is_no_corrected_criterion(values):
    problem = polynomial(3, values).problem
    few = Problem(problem.space, problem.simulators, problem.data[::6])
    assert information_criteria(fit(few, starts=1)).aicc is None


def test_a_term_that_is_missing_is_found_and_one_too_many_is_not_wanted(values):
    constant, line, cubic = (information_criteria(polynomial(k, values)) for k in (0, 1, 3))
    assert constant.aicc > line.aicc + 100
    assert cubic.aicc > line.aicc


@pytest.mark.verify
def test_leave_one_out_and_waic_are_those_of_refits(line, values):
    """Of a linear model both are known: each point from a line through the others."""
    draws = posterior(line, draws=1000).log_likelihood(most=4000)
    every = np.arange(N)
    seen = np.array([predicted(k, every, values) for k in every])
    exact = np.array([predicted(k, every != k, values) for k in every])
    found = leave_one_out(draws)
    assert found.each == pytest.approx(exact, abs=0.05)
    assert found.unreliable == 0
    assert found.effective == pytest.approx((seen - exact).sum(), abs=0.2)
    assert widely_applicable(draws).sum() == pytest.approx(exact.sum(), abs=0.5)


def predicted(k, by, values):
    """Log density of point k by a line through the points ``by``."""
    X1 = np.stack([np.ones(N), X], axis=1)
    covariance = NOISE**2 * np.linalg.inv(X1[by].T @ X1[by])
    mean = X1[k] @ np.linalg.lstsq(X1[by], values[by], rcond=None)[0]
    return norm.logpdf(values[k], mean, np.sqrt(NOISE**2 + X1[k] @ covariance @ X1[k]))


def unseen(seed=9):
    values = 1 - 2 * X + NOISE * np.random.default_rng(seed).normal(size=N)
    return [Datum(name, name, float(v), NOISE) for name, v in zip(UNSEEN, values, strict=True)]


def test_a_right_model_predicts_unseen_data_within_what_it_claims(line):
    rms = [score(line, unseen(seed)).rms for seed in range(9, 29)]
    assert np.sqrt(np.mean(np.square(rms))) == pytest.approx(1, abs=0.1)


def test_a_wrong_model_does_not(values):
    assert score(polynomial(0, values), unseen()).rms > 3


@pytest.mark.verify
def test_draws_and_laplace_score_a_linear_model_alike(line):
    by_laplace, by_draws = score(line, unseen()), score(line, unseen(), posterior(line, draws=500))
    assert by_draws.rms == pytest.approx(by_laplace.rms, rel=0.01)
    assert by_draws.log_density == pytest.approx(by_laplace.log_density, abs=0.02)


def test_an_unseen_bound_is_scored_by_the_probability_that_it_is_kept(line):
    far = Datum("z0", "z0", 100.0, NOISE, "at most")
    broken = Datum("z0", "z0", -100.0, NOISE, "at most")
    assert score(line, [far]).log_density == pytest.approx(0, abs=1e-9)
    assert score(line, [far]).rms == 0
    assert score(line, [broken]).rms > 100
