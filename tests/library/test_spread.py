"""The one definition of a predictive interval in closed form: what draws of the same parts give."""

import numpy as np
import pytest

from ssb_model.library import CELL, MEASUREMENT, Part, spread_of, widened
from ssb_model.library.spread import PARAMETERS

Z = np.random.default_rng(0).normal(size=(5, 200_000))
ADDED = {
    "of the logarithm": {"a": Part(0.3, True)},
    "absolute": {"a": Part(4.0, False)},
    "both": {"a": Part(0.2, True), "b": Part(4.0, False)},
    "of a capacity": spread_of("capacity"),
}


@pytest.mark.parametrize("parts", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("width", [0.0, 0.1])
def test_the_closed_form_is_what_draws_give(parts, width):
    value = 50.0
    draws = value * np.exp(width * Z[0])
    for part, normals in zip(parts.values(), Z[1:], strict=False):
        draws = part.added(draws, normals)
    found = widened(value, *(value * np.exp(s * 1.96 * width) for s in (-1, 1)), parts)
    ends = np.percentile(draws, (2.5, 97.5))
    np.testing.assert_allclose([found.lower, found.upper], ends, atol=0.03 * np.ptp(ends))


def test_parts_share_the_variance():
    found = widened(100.0, 100 - 1.96 * 3, 100 + 1.96 * 3, {"a": Part(4.0, False)})
    assert found.shares[PARAMETERS] == pytest.approx(9 / 25) and found.shares["a"] > 0.63
    assert found.upper == pytest.approx(100 + 1.96 * 5)


def test_a_number_about_zero_or_below_it_has_its_ends_to_either_side():
    parts = {"a": Part(0.3, True), "b": Part(0.1, False)}
    for value, low, high in ((0.0, -1.0, 1.0), (-2.0, -3.0, -1.0), (1.0, -1.0, 3.0)):
        found = widened(value, low, high, parts)
        assert found.lower <= low and high <= found.upper
    mirrored, straight = widened(-2.0, -3.0, -1.5, parts), widened(2.0, 1.5, 3.0, parts)
    assert mirrored.lower == pytest.approx(-straight.upper)
    assert mirrored.upper == pytest.approx(-straight.lower)


def test_many_numbers_are_one_call():
    value = np.array([10.0, 20.0])
    found = widened(value, 0.9 * value, 1.1 * value, spread_of("resistance"))
    assert found.upper[1] == pytest.approx(2 * found.upper[0])
    assert found.shares[CELL].shape == (2,)


def test_what_nothing_leaves_open_has_no_interval():
    found = widened(3.0, 3.0, 3.0, {})
    assert found.lower == found.upper == 3.0 and found.shares == {PARAMETERS: 0.0}


def test_absolute_parts_are_those_of_numbers_in_si():
    assert spread_of("polarisation")[MEASUREMENT].in_si("V").size == pytest.approx(0.29e-3)
    assert spread_of("activation energy")[MEASUREMENT].in_si("J.mol-1").size == 1050
    assert spread_of("capacity")[CELL].in_si("A.h.kg-1") == spread_of("capacity")[CELL]
