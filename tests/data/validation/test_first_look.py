"""The first look: a spike is told from arcs, and arcs above it are found."""

import numpy as np
import pytest

from ssb_model.data.validation import first_look
from ssb_model.data.validation.first_look import spike_foot

from .circuits import cell, noisy, rc, zarc

BAND = np.geomspace(1e7, 1e-1, 81)


def spike(f, Q=2e-7, exponent=0.9):
    return 1 / (Q * (2j * np.pi * f) ** exponent)


def test_a_cell_that_carries_direct_current_is_looked_at_whole():
    look = first_look(BAND, cell(BAND))
    assert look.foot is None
    assert len(look.relaxation.frequency) == len(BAND)
    assert "blocks" not in look.summary()


@pytest.mark.parametrize("exponent", [0.8, 0.9, 1.0])
def test_the_arc_above_a_spike_is_found(exponent, random):
    """1000 Ohm at 1 us; a distribution of the whole would hold nothing but the spike."""
    z = noisy(zarc(BAND, 1000, 1e-6, 0.9) + spike(BAND, exponent=exponent), 1e-3, random)
    look = first_look(BAND, z)
    highest = max(look.relaxation.processes, key=lambda process: process.resistance)
    assert highest.resistance == pytest.approx(1000, rel=0.1)
    assert highest.tau == pytest.approx(1e-6, rel=0.3)
    assert "The cell blocks" in look.summary() and f"{highest.resistance:.3g} Ohm" in look.summary()


def test_the_foot_lies_between_arc_and_spike():
    """Where the phase is least: the arc's top is at 160 kHz, R and spike meet at 1 kHz."""
    foot = spike_foot(BAND, rc(BAND, 1000, 1e-6) + spike(BAND))
    assert 1.2e3 < foot < 1.6e5


def test_the_order_of_the_frequencies_does_not_matter():
    z = rc(BAND, 1000, 1e-6) + spike(BAND)
    assert spike_foot(BAND[::-1], z[::-1]) == spike_foot(BAND, z)


def test_a_spike_alone_shows_no_arc():
    look = first_look(BAND, 0.01 + spike(BAND))
    assert look.relaxation is None
    assert "No arc" in look.summary()
