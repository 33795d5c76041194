"""The sampled posterior: closed forms and quadrature come back, bounds and failures are kept."""

import subprocess
import sys

import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.compiled.runtime import prepare
from ssb_model.fitting import (
    Datum,
    FreeParameter,
    ParameterSpace,
    Problem,
    Simulator,
    fit,
    posterior,
)
from ssb_model.fitting.bayes import diagnostics

prepare()

A = FreeParameter("a", "V", 0.0, -10.0, 10.0, "linear")
B = FreeParameter("b", "V", 0.0, -10.0, 10.0, "linear")


def fitted(observables, function, data, loss="normal"):
    simulator = Simulator("made up", ("a", "b"), observables, function)
    return fit(Problem(ParameterSpace([A, B]), [simulator], data, loss), starts=2)


def linear(theta):
    return jnp.stack([theta["a"] + theta["b"], theta["a"] - theta["b"]])


def curved(theta):
    """A banana: b is tied to the square of a."""
    return jnp.stack([theta["a"], theta["b"] - 0.15 * theta["a"] ** 2])


@pytest.fixture(scope="module")
def straight():
    data = [Datum("1", "sum", 1.0, 3.0), Datum("2", "difference", 0.2, 1.0)]
    return posterior(fitted(("sum", "difference"), linear, data), draws=1500, chains=4)


def moments(problem, reach=9.0, points=601):
    """Mean and covariance of u by quadrature."""
    axis = np.linspace(-reach, reach, points)
    u = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    values = problem.simulators[0].values(problem.space, u)[:, problem.data_columns]
    log = problem.log_likelihood(values).sum(axis=1) - 0.5 * np.sum(u**2, axis=1)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    mean = weight @ u
    return mean, ((u - mean) * weight[:, None]).T @ (u - mean)


def agree(sampled, mean, covariance, errors=5.0):
    """Within so many Monte Carlo errors of the draws."""
    sd = np.sqrt(np.diag(covariance))
    effective = np.array([min(row["ess_bulk"], row["ess_tail"]) for row in sampled.table])
    off = np.abs(sampled.u.reshape(-1, 2).mean(axis=0) - mean)
    assert np.all(off < errors * sd / np.sqrt(effective))
    relative = np.abs(sampled.covariance - covariance) / np.outer(sd, sd)
    assert np.all(relative < errors * np.sqrt(2 / effective.min()))


def test_a_linear_model_gives_its_exact_mean_and_covariance(straight):
    agree(straight, straight.fit.u, straight.fit.covariance)
    assert all(row["r_hat"] < 1.01 for row in straight.table)
    assert not straight.warnings()


def test_its_intervals_are_those_of_the_fisher_information(straight):
    for row in straight.table:
        width = row["laplace_upper95"] - row["laplace_lower95"]
        assert row["lower95"] == pytest.approx(row["laplace_lower95"], abs=0.06 * width)
        assert row["upper95"] == pytest.approx(row["laplace_upper95"], abs=0.06 * width)


def test_a_prediction_has_the_spread_of_the_draws(straight):
    low, high = straight.predictive(["difference"])["difference"]
    expected_low, expected_high = straight.fit.intervals(["difference"])["difference"]
    width = expected_high - expected_low
    assert (low, high) == pytest.approx((expected_low, expected_high), abs=0.1 * width)


@pytest.mark.verify
def test_the_same_seed_gives_the_same_draws():
    data = [Datum("1", "sum", 1.0, 3.0), Datum("2", "difference", 0.2, 1.0)]
    found = fitted(("sum", "difference"), linear, data)
    first, again = (posterior(found, draws=20, chains=2, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.u, again.u)


@pytest.mark.parametrize("loss", ["normal", pytest.param("student", marks=pytest.mark.verify)])
def test_a_curved_posterior_agrees_with_quadrature(loss):
    data = [Datum("1", "a", 2.0, 2.0), Datum("2", "bent", 1.0, 1.5)]
    sampled = posterior(fitted(("a", "bent"), curved, data, loss), draws=1500)
    agree(sampled, *moments(sampled.fit.problem))


@pytest.mark.verify
def test_a_bound_cuts_the_posterior_where_laplace_does_not_see_it():
    data = [Datum("1", "a", 0.0, 2.0), Datum("bound", "bent", 1.0, 0.5, "at most")]
    sampled = posterior(fitted(("a", "bent"), curved, data), draws=1500)
    mean, covariance = moments(sampled.fit.problem)
    agree(sampled, mean, covariance)
    assert mean[1] < sampled.fit.u[1] - 0.3


@pytest.mark.verify
def test_points_at_which_the_model_fails_are_impossible_and_counted():
    def half(theta):
        return jnp.stack([jnp.where(theta["a"] > 0, theta["a"], jnp.nan), theta["b"]])

    data = [Datum("1", "a", 1.0, 2.0), Datum("2", "b", 0.0, 1.0)]
    simulator = Simulator("half", ("a", "b"), ("a", "b"), half)
    positive = FreeParameter("a", "V", 1.0, -9.0, 11.0, "linear")
    found = fit(Problem(ParameterSpace([positive, B]), [simulator], data), starts=1)
    sampled = posterior(found, draws=500)
    assert sampled.failures > 0
    assert np.all(sampled.values["a"] > 0)
    assert any(f"failed at {sampled.failures} points" in text for text in sampled.warnings())


@pytest.mark.parametrize("loss", ["normal", pytest.param("student", marks=pytest.mark.verify)])
def test_a_noise_that_the_data_tell_is_sampled_with_its_own_uncertainty(loss):
    """Of a mean of n numbers: noise known to 1 part in sqrt(2 n), and t-like intervals."""
    n, rng = 12, np.random.default_rng(1)
    names = tuple(f"x{k}" for k in range(n))
    values = 1 + 0.5 * rng.normal(size=n)
    data = [Datum(x, x, float(v), 0.5) for x, v in zip(names, values, strict=True)]

    def means(theta):
        return jnp.stack([theta["a"] + (k >= n // 2) * theta["b"] for k in range(n)])

    found = fitted(names, means, data, loss)
    sampled = posterior(found, draws=1500, groups={"x": names})
    [row] = sampled.noise_table
    assert row["r_hat"] < 1.01
    loss = found.problem.loss
    expected = 1 / np.sqrt(loss.scale_information * (n - 2))
    assert np.std(sampled.log_noise) == pytest.approx(expected, rel=0.35)
    own = loss.scale(np.array(list(found.weighted_residuals().values())), n - 2)
    assert row["median"] == pytest.approx(own, rel=0.15)


@pytest.mark.verify
def test_few_draws_are_warned_of():
    data = [Datum("1", "sum", 1.0, 3.0), Datum("2", "difference", 0.2, 1.0)]
    told = posterior(fitted(("sum", "difference"), linear, data), draws=20, chains=2).warnings()
    assert any("effective draws" in text for text in told)


def test_one_chain_is_refused(straight):
    with pytest.raises(InputError, match="2 chains"):
        posterior(straight.fit, chains=1)


def test_without_the_extra_one_sentence_says_what_to_install(straight, monkeypatch):
    monkeypatch.setattr(diagnostics, "find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install numpyro arviz"):
        posterior(straight.fit)


def test_what_an_ordinary_fit_needs_loads_neither_numpyro_nor_arviz():
    program = (
        "import sys, ssb_model.cli.fit, ssb_model.study.report.page, ssb_model.study.fit.result\n"
        "import ssb_model.fitting.bayes.sampling\n"
        "assert not {'numpyro', 'arviz'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
