"""What is wrong with a spectrum is found where it was planted, and proposed, never dropped."""

import numpy as np
import pytest

from ssb_model.data.validation import find, validate

from .circuits import FREQUENCY, LEADS, cell, noisy, random_network

TAIL = slice(-8, None)


def planted(*, random, leads=False, tail=0.0, outliers=()):
    z = cell(FREQUENCY) + 2j * np.pi * FREQUENCY * LEADS * leads
    z = noisy(z, 1e-3, random)
    z[TAIL] = noisy(z[TAIL], tail, random)
    z[list(outliers)] *= 1.03
    return z


def masks(z):
    return {one.kind: set(np.flatnonzero(one.mask)) for one in find(FREQUENCY, z)}


def test_a_clean_spectrum_has_no_findings(random):
    for size in (0, 1e-4, 1e-3, 1e-2) * 15:
        assert find(FREQUENCY, noisy(random_network(FREQUENCY, random), size, random)) == ()


def test_the_inductive_tail_is_where_the_imaginary_part_is_positive(random):
    z = planted(random=random, leads=True)
    assert masks(z) == {"inductive tail": set(np.flatnonzero(z.imag > 0))}


def test_the_noise_of_a_resistor_is_no_inductive_tail(random):
    """Half of its imaginary parts are positive, by no more than the noise."""
    assert find(FREQUENCY, noisy(np.full(len(FREQUENCY), 50 + 0j), 1e-2, random)) == ()


def test_a_noisy_tail_is_found_and_nothing_else(random):
    tail = set(range(81)[TAIL])
    for _ in range(10):
        found = masks(planted(random=random, tail=0.05))
        assert set(found) == {"noisy tail"}
        assert found["noisy tail"] <= tail
        assert len(found["noisy tail"]) >= len(tail) - 3  # the first may lie right by chance


def test_outliers_are_found_and_nothing_else(random):
    for _ in range(10):
        outliers = set(random.choice(np.arange(2, 79, 4), 3, replace=False))
        assert masks(planted(random=random, outliers=outliers)) == {"outliers": outliers}


def test_all_three_at_once(random):
    z = planted(random=random, leads=True, tail=0.05, outliers=(40,))
    found = masks(z)
    assert set(found) == {"inductive tail", "noisy tail", "outliers"}
    assert found["outliers"] == {40}
    check = validate(FREQUENCY, z)
    assert not check.measured.passes
    assert check.passes


@pytest.mark.parametrize("growth", [0.4, -0.4])
@pytest.mark.parametrize("size", [0, 3e-4, 1e-3])
def test_drift_is_told_from_noise(growth, size, random):
    """The same tail, once of drift and once of noise as large."""
    assert "drifting tail" in masks(noisy(cell(FREQUENCY, growth), size, random))
    assert "noisy tail" in masks(planted(random=random, tail=0.05))


@pytest.mark.verify
def test_drift_and_noise_are_hardly_ever_confused(random):
    confused = 0
    for _ in range(200):
        drift = random.uniform(0.15, 0.5) * random.choice([-1, 1])
        confused += "noisy tail" in masks(noisy(cell(FREQUENCY, drift), 1e-3, random))
        confused += "drifting tail" in masks(planted(random=random, tail=0.03))
    assert confused <= 4


def test_a_drifting_tail_lies_at_the_low_end_and_the_rest_passes():
    check = validate(FREQUENCY, cell(FREQUENCY, growth=0.4))
    left_out = np.flatnonzero(~check.kept)
    np.testing.assert_array_equal(left_out, np.arange(left_out[0], len(FREQUENCY)))
    assert FREQUENCY[left_out[0]] < 1
    assert check.passes


def test_the_wrong_sign_is_named_and_nothing_is_excluded():
    check = validate(FREQUENCY, cell(FREQUENCY).conj())
    assert [one.kind for one in check.findings] == ["sign"]
    assert check.kept.all()
    assert not check.passes


def test_a_negative_resistance_obeys_kramers_and_kronig_but_is_no_cell():
    check = validate(FREQUENCY, -cell(FREQUENCY))
    assert check.measured.passes
    assert "negative real part" in [one.kind for one in check.findings]
    assert not check.passes


def test_where_most_points_disagree_none_is_named(random):
    z = cell(FREQUENCY) * (1 + 0.3 * np.sin(3 * np.log(FREQUENCY)))
    check = validate(FREQUENCY, noisy(z, 1e-3, random))
    assert not check.passes
    assert check.summary().startswith("Do not fit this spectrum")


def test_masks_follow_the_order_given(random):
    z = planted(random=random, leads=True, tail=0.05, outliers=(40,))
    shuffled = random.permutation(len(z))
    for one, other in zip(find(FREQUENCY, z), find(FREQUENCY[shuffled], z[shuffled]), strict=True):
        np.testing.assert_array_equal(other.mask, one.mask[shuffled])


def test_nothing_is_dropped_in_silence(random):
    """The test of all points stands beside that of the kept ones, and every exclusion is told."""
    z = planted(random=random, tail=0.05, outliers=(40,))
    check = validate(FREQUENCY, z)
    assert check.measured.kept.all()
    np.testing.assert_array_equal(~check.kept, np.any([o.mask for o in check.findings], axis=0))
    for one in check.findings:
        assert one.sentence in check.summary()
    assert f"{np.count_nonzero(~check.kept)} of 81 points" in check.summary()


def test_where_points_are_few_or_far_apart_none_is_named(random):
    """Two decades and less, or four points a decade: neighbours cannot check each other."""
    for f in (FREQUENCY[::3], FREQUENCY[30:42]):
        for _ in range(20):
            assert find(f, noisy(random_network(f, random), 1e-3, random)) == ()


def test_few_points_a_decade_are_called_weak():
    f = FREQUENCY[::3]
    assert "the test is weak" in validate(f, cell(f)).summary()
    assert "the test is weak" not in validate(FREQUENCY, cell(FREQUENCY)).summary()
