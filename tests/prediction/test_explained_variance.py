"""Causes are those of the interval, which is one of ranks."""

import numpy as np
import pytest

from ssb_model.prediction.result.explained import explained_variance

SHARES = {"first": 0.64, "second": 0.36}


@pytest.fixture(scope="module")
def unknowns():
    normals = np.random.default_rng(7).standard_normal((3, 4096, 1))
    return dict(zip(("first", "second", "idle"), normals, strict=True))


@pytest.fixture(scope="module")
def quantity(unknowns):
    """Linear in both, with these shares of its variance."""
    return sum(np.sqrt(share) * unknowns[name][:, 0] for name, share in SHARES.items())


@pytest.mark.parametrize(
    "scale",
    [lambda y: y, np.exp, lambda y: 1e-6 * y**3, np.arctan],
    ids=["itself", "exp", "cubic", "arctan"],
)
def test_shares_are_the_same_on_any_rising_scale(unknowns, quantity, scale):
    assert dict(explained_variance(scale(quantity), unknowns)) == pytest.approx(SHARES, abs=0.03)


def test_one_draw_far_off_has_no_say(unknowns, quantity):
    """A cell whose resistance ends a discharge at once is one draw, not the interval."""
    values = 115 + 2 * quantity
    values[17] = 0.14
    assert dict(explained_variance(values, unknowns)) == pytest.approx(SHARES, abs=0.03)


def test_a_tenth_of_dead_cells_leaves_the_order_of_the_causes(unknowns, quantity):
    values = np.maximum(quantity - np.quantile(quantity, 0.1), 0)
    named = explained_variance(values, unknowns)
    assert [name for name, _ in named] == ["first", "second"]


@pytest.mark.parametrize("value", [0.0, 2.3, -1e-4])
def test_what_does_not_vary_has_no_cause(unknowns, value):
    rounding = 1 + 1e-15 * np.arange(4096)
    assert explained_variance(value * rounding, unknowns) == []
