"""Profile likelihoods: normal posteriors give their own intervals, curved ones theirs."""

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
    profiles,
)

prepare()

A = FreeParameter("a", "V", 0.0, -10.0, 10.0, "linear")
B = FreeParameter("b", "V", 0.0, -10.0, 10.0, "linear")


def problem(observables, function, data):
    simulator = Simulator("made up", ("a", "b"), observables, function)
    return Problem(ParameterSpace([A, B]), [simulator], data)


@pytest.fixture(scope="module")
def straight():
    """a + b and a - b measured: a linear model."""
    data = [Datum("1", "sum", 1.0, 0.1), Datum("2", "difference", 0.2, 0.3)]

    def function(theta):
        return jnp.stack([theta["a"] + theta["b"], theta["a"] - theta["b"]])

    return fit(problem(("sum", "difference"), function, data), starts=2)


def test_of_a_normal_posterior_the_profile_is_the_interval(straight):
    table = {row["parameter"]: row for row in straight.parameter_table()}
    for profile in profiles(straight):
        assert profile.lower95 == pytest.approx(table[profile.label]["lower95"], abs=1e-4)
        assert profile.upper95 == pytest.approx(table[profile.label]["upper95"], abs=1e-4)


def test_of_a_normal_posterior_the_excess_is_the_square_of_the_distance(straight):
    [profile] = profiles(straight, ["a"])
    distance = np.linspace(-5, 5, len(profile.values))
    np.testing.assert_allclose(profile.excess, distance**2, atol=1e-3)


def test_a_curved_posterior_has_an_interval_that_is_not_symmetric():
    """exp(a) measured with much noise: low values of a fit better than high ones."""
    data = [Datum("1", "power", 2.0, 0.8), Datum("2", "b", 0.0, 1.0)]

    def function(theta):
        return jnp.stack([jnp.exp(theta["a"]), theta["b"]])

    found = fit(problem(("power", "b"), function, data), starts=2)
    [profile] = profiles(found, ["a"])
    below = found.parameters["a"] - profile.lower95
    above = profile.upper95 - found.parameters["a"]
    assert below > 1.3 * above


def test_an_unknown_parameter_is_refused(straight):
    with pytest.raises(InputError, match="not fitted"):
        profiles(straight, ["c"])
