"""The fit recovers known truth, tells what it cannot know, and respects bounds."""

import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.compiled.runtime import prepare
from ssb_model.fitting import (
    NORMAL_95,
    Datum,
    FitError,
    FreeParameter,
    ParameterSpace,
    Problem,
    Simulator,
    fit,
    refit_without,
)
from ssb_model.fitting.least_squares.levenberg import minimise

prepare()

LENGTH = FreeParameter("length", "m", 1.0, 0.5, 2.0, "log")
CONDUCTIVITY = FreeParameter("conductivity", "S.m-1", 2.0, 0.5, 8.0, "log")
SHARE = FreeParameter("share", "-", 0.3, 0.1, 0.7, "logit")


def ohmic(observables=("resistance", "share twice")):
    """Resistance length/conductivity, which cannot tell the two apart; and 2 share."""
    return Simulator(
        "ohmic",
        ("length", "conductivity", "share"),
        observables,
        lambda p: jnp.stack([p["length"] / p["conductivity"], 2 * p["share"]]),
    )


def problem(*data):
    return Problem(ParameterSpace([LENGTH, CONDUCTIVITY, SHARE]), [ohmic()], data)


RESISTANCE = Datum("R", "resistance", 0.8, 0.001)
TWICE = Datum("s", "share twice", 0.9, 0.001)


def test_data_that_one_parameter_serves_alone_are_met_exactly():
    fitted = fit(problem(RESISTANCE, TWICE))
    assert fitted.observable("share twice") == pytest.approx(0.9, abs=1e-4)
    assert fitted.leverage()["s"] == pytest.approx(1, abs=1e-9)


def test_an_exactly_determined_row_has_the_interval_of_its_noise():
    fitted = fit(problem(RESISTANCE, TWICE))
    lower, upper = fitted.intervals(["resistance"])["resistance"]
    assert (upper - lower) / 2 == pytest.approx(1.96 * 0.001, rel=1e-2)


def test_a_ratio_leaves_its_product_undetermined_and_names_it():
    directions = fit(problem(RESISTANCE, TWICE)).undetermined()
    assert len(directions) == 1
    assert set(directions[0].loadings) == {"length", "conductivity"}
    assert directions[0].shrinkage == pytest.approx(1, abs=1e-3)


def test_repeated_data_share_their_leverage():
    again = Datum("s2", "share twice", 0.9, 0.001)
    leverage = fit(problem(RESISTANCE, TWICE, again)).leverage()
    assert leverage["s"] == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize(("bound", "value"), [("at most", 0.9), ("at least", 0.3)])
def test_a_bound_that_is_met_does_not_pull(bound, value):
    fitted = fit(problem(RESISTANCE, Datum("b", "share twice", value, 0.001, bound)))
    assert fitted.observable("share twice") == pytest.approx(0.6, abs=1e-6)


@pytest.mark.parametrize(("bound", "value"), [("at most", 0.4), ("at least", 0.8)])
def test_a_bound_that_is_broken_pulls_to_itself(bound, value):
    fitted = fit(problem(RESISTANCE, Datum("b", "share twice", value, 0.001, bound)))
    assert fitted.observable("share twice") == pytest.approx(value, abs=2e-3)


def test_leaving_a_datum_out_returns_its_parameter_to_the_prior():
    without = refit_without(fit(problem(RESISTANCE, TWICE)), [{"s"}, {"R"}])
    assert without[0].parameters["share"] == pytest.approx(0.3, abs=1e-3)
    assert without[1].parameters["share"] == pytest.approx(0.45, abs=1e-3)


def test_the_prior_has_its_value_in_the_middle_and_its_range_at_the_ends():
    space = ParameterSpace([SHARE])
    at = [space.numbers(np.array([u]))["share"] for u in (-1.959964, 0.0, 1.959964)]
    assert at == pytest.approx([0.1, 0.3, 0.7], rel=1e-6)


def test_a_fit_whose_model_fails_everywhere_says_so_and_where():
    broken = Simulator("broken", ("share",), ("x",), lambda p: jnp.stack([p["share"] * jnp.nan]))
    with pytest.raises(FitError, match=r"fails at every start.* first 'x'"):
        fit(Problem(ParameterSpace([SHARE]), [broken], [Datum("x", "x", 1.0, 0.1)]))


def test_rosenbrocks_valley_is_followed_from_several_starts():
    def residuals(u):
        x, y = u.T
        r = np.stack([10 * (y - x**2), 1 - x], axis=1)
        zero = np.zeros_like(x)
        J = np.stack([-20 * x, zero + 10, zero - 1, zero], axis=1).reshape(-1, 2, 2)
        return r, J

    found = minimise(residuals, np.array([[-1.2, 1.0], [2.0, -1.0], [0.0, 3.0]]), 1e-16)
    assert found.u == pytest.approx(np.ones((3, 2)), abs=1e-3)


def test_an_unknown_observable_is_named_with_the_nearest():
    with pytest.raises(InputError, match=r"row|Row.*'resistence'.*Did you mean 'resistance'"):
        problem(Datum("R", "resistence", 1.0, 0.1))


@pytest.mark.parametrize("value", [0.7, 1.0, 1.1])
def test_a_value_at_the_end_of_its_range_is_left_and_kept_as_the_data_say(value):
    """One start, at full contact: the data want less, just that, or more than there is."""
    parameter = FreeParameter("x", "-", 1.0, 0.4, 1.0, "linear")
    line = Simulator("line", ("x",), ("y",), lambda theta: theta["x"][None])
    found = fit(Problem(ParameterSpace([parameter]), [line], [Datum("y", "y", value, 0.01)]), 1)
    assert found.parameters["x"] == pytest.approx(min(value, 1.0), abs=2e-3)
    [row] = found.parameter_table()
    assert row["lower95"] == pytest.approx(min(value, 1.0) - NORMAL_95 * 0.01, abs=2e-3)
    assert row["upper95"] == pytest.approx(min(1.0, value + NORMAL_95 * 0.01), abs=2e-3)


@pytest.mark.parametrize("at", [-0.02, 0.0, 0.02, 0.4])
def test_an_interval_does_not_know_where_the_halves_of_the_prior_meet(at):
    """A value that data determine has even ends, however uneven the prior's halves are."""
    parameter = FreeParameter("x", "-", 1.0, 0.0, 9.0, "linear")
    line = Simulator("line", ("x",), ("y",), lambda theta: theta["x"][None])
    noise = 0.05
    found = fit(Problem(ParameterSpace([parameter]), [line], [Datum("y", "y", 1 + at, noise)]))
    [row] = found.parameter_table()
    low, high = row["value"] - row["lower95"], row["upper95"] - row["value"]
    assert low == pytest.approx(NORMAL_95 * noise, rel=0.03)
    assert high == pytest.approx(NORMAL_95 * noise, rel=0.03)
