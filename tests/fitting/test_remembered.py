"""A minimisation asks the model once at each point, and finds what it would find without that."""

import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model.compiled.runtime import prepare
from ssb_model.fitting import (
    Datum,
    FreeParameter,
    ParameterSpace,
    Problem,
    Simulator,
    fit,
    refit_without,
    remembered,
)
from ssb_model.fitting.remembered import Remembered

prepare()

X = np.linspace(0, 1, 5)
NAMES = tuple(f"y{k}" for k in range(len(X)))
SPACE = ParameterSpace(
    FreeParameter(label, "-", 1.0, 0.1, 10.0, "log") for label in ("height", "decay")
)
CURVE = Simulator(
    "curve",
    SPACE.labels,
    NAMES,
    lambda p: p["height"] * jnp.exp(-p["decay"] * X[:, None]),
)


class Counting(Problem):
    """Keeps every point that is simulated."""

    def predictions(self, u):
        self.asked = [*getattr(self, "asked", []), *(row.tobytes() for row in u)]
        return super().predictions(u)


@pytest.fixture
def problem():
    values = 2 * np.exp(-3 * X) + 0.02 * np.random.default_rng(0).normal(size=len(X))
    data = [Datum(name, name, float(v), 0.02) for name, v in zip(NAMES, values, strict=True)]
    return Counting(SPACE, [CURVE], data)


def test_no_point_is_simulated_twice_in_a_fit_nor_in_the_refits_without_each_datum(problem):
    fitted = fit(problem, starts=3)
    assert len(set(problem.asked)) == len(problem.asked)
    problem.asked = []
    refits = refit_without(fitted, [{name} for name in NAMES])
    assert len(set(problem.asked)) == len(problem.asked)
    assert fitted.u.tobytes() not in problem.asked
    assert all(one.problem is problem for one in refits)


def test_what_is_remembered_is_what_the_model_says(problem):
    u = np.random.default_rng(1).normal(size=(4, 2))
    kept = Remembered(problem)
    kept.predictions(u[:3])
    mixed = u[[3, 1, 1]]
    for mine, its in zip(kept.predictions(mixed), problem.predictions(mixed), strict=True):
        np.testing.assert_array_equal(mine, its)


def test_of_what_is_too_much_the_oldest_is_forgotten_and_asked_again(problem, monkeypatch):
    each = len(NAMES) * 8 * (1 + len(SPACE))
    monkeypatch.setattr(remembered, "MOST_BYTES", 2.5 * each)
    kept, u = Remembered(problem), np.random.default_rng(1).normal(size=(4, 2))
    first = kept.predictions(u)
    np.testing.assert_array_equal(kept.predictions(u)[0], first[0])
    assert [problem.asked.count(row.tobytes()) for row in u] == [2, 2, 1, 1]


def test_a_fit_may_begin_elsewhere(problem):
    """At its own optimum it has nothing to do."""
    fitted = fit(problem, starts=1)
    problem.asked = []
    again = fit(problem, starts=1, first=fitted.u)
    assert len(problem.asked) <= 2
    assert again.cost == pytest.approx(fitted.cost, abs=1e-5)
