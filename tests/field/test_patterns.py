"""Patterns touch the share of the face that was asked for."""

import numpy as np
import pytest

from ssb_model.field import disc, random_contacts, stripe


@pytest.mark.parametrize("fraction", [0.1, 0.25, 0.5, 1.0])
def test_fractions_are_met(fraction):
    assert stripe(200, fraction).mean() == pytest.approx(fraction, abs=0.0026)
    assert disc((100, 100), fraction).mean() == pytest.approx(fraction, abs=0.0005)


@pytest.mark.parametrize("radius", [0.5, 3, 10])
@pytest.mark.parametrize("fraction", [0.05, 0.3, 0.9])
def test_random_contacts_meet_their_fraction_to_half_a_disc(fraction, radius):
    contact = random_contacts((100, 120), fraction, radius, seed=1)
    half_a_disc = 0.5 * np.pi * (radius + 0.5) ** 2 / contact.size
    assert contact.mean() == pytest.approx(fraction, abs=half_a_disc + 1e-4)


def test_random_contacts_follow_their_seed():
    first, again, other = (random_contacts((40, 40), 0.2, 2, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_a_disc_is_symmetric():
    contact = disc((50, 50), 0.3)
    for turned in (contact.T, contact[::-1], contact[:, ::-1]):
        assert (contact == turned).all()
