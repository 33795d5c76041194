"""Flux focusing at the rim of a debonded spot, which depends on a/(sigma Z) alone."""

import numpy as np
import pytest

from ssb_model.field import contact_field, edge_current_density, stripe

SIGMA, Z = 0.04, 5e-4  # S/m, Ohm.m2: sigma Z = 20 um
STRIP = {20: 1.51, 40: 1.80, 60: 2.04, 200: 3.18}  # width 2a [um]: edge factor
DISC = {20: 1.22, 40: 1.38, 60: 1.51, 200: 2.19}


def _around_strip(width, periods, pixels=128):
    """Contact everywhere but on a strip of ``width`` [um], once in ``periods`` widths."""
    contact = ~stripe(periods * pixels, 1 / periods)
    return contact_field(
        contact, period=periods * width * 1e-6, conductivity=SIGMA, contact_resistance=Z
    )


def _around_disc(width, periods, pixels=64):
    x = np.arange(periods * pixels) + 0.5 - periods * pixels / 2
    contact = x[:, None] ** 2 + x**2 > (pixels / 2) ** 2
    return contact_field(
        contact, period=periods * width * 1e-6, conductivity=SIGMA, contact_resistance=Z
    )


def _edge_factor(field):
    """Edge over mean in ever larger cells, where the mean is the far value."""
    return edge_current_density(field) / field.mean_current_density


@pytest.mark.parametrize(("width", "factor"), STRIP.items())
def test_edge_factor_of_a_debonded_strip(width, factor):
    assert _edge_factor(_around_strip(width, 32)) == pytest.approx(factor, rel=0.01)


@pytest.mark.parametrize(("width", "factor"), DISC.items())
def test_edge_factor_of_a_debonded_disc(width, factor):
    assert _edge_factor(_around_disc(width, 6)) == pytest.approx(factor, rel=0.02)


@pytest.mark.parametrize(("around", "factor"), [(_around_strip, 1.24), (_around_disc, 1.06)])
def test_two_radii_from_the_middle_the_current_is_nearly_even(around, factor):
    """2a = 60 um, at r = 2a."""
    field = around(60, 6 if around is _around_disc else 32)
    line = field.current_density if field.contact.ndim == 1 else field.current_density[:, 192]
    distance = np.abs(field.position[0] - field.period[0] / 2)
    nearest = np.argmin(np.abs(distance - 60e-6))
    assert line[nearest] / field.mean_current_density == pytest.approx(factor, rel=0.02)


def test_the_edge_factor_depends_on_size_over_conductivity_times_resistance():
    wide = contact_field(
        ~stripe(2048, 1 / 32), period=6.4e-3, conductivity=SIGMA, contact_resistance=10 * Z
    )
    assert _edge_factor(wide) == pytest.approx(_edge_factor(_around_strip(20, 32, 64)), rel=1e-9)


def test_the_edge_factor_grows_without_bound_as_the_contact_resistance_vanishes():
    """Towards the primary current it rises as Z^(-1/2), the width of the secondary layer."""
    factors = [
        _edge_factor(
            contact_field(
                ~stripe(16384, 0.25), period=1e-3, conductivity=SIGMA, contact_resistance=z
            )
        )
        for z in (1e-4, 2.5e-5)
    ]
    assert factors[1] / factors[0] == pytest.approx(2, rel=0.1)


@pytest.mark.verify
def test_edge_factors_are_printed():
    print("\n2a [um]   strip   found   disc   found")
    for width in STRIP:
        strip = _edge_factor(_around_strip(width, 64))
        disc = _edge_factor(_around_disc(width, 12))
        print(f"{width:7d}   {STRIP[width]:.2f}   {strip:.3f}    {DISC[width]:.2f}   {disc:.3f}")
        assert strip == pytest.approx(STRIP[width], rel=0.02)
        assert disc == pytest.approx(DISC[width], rel=0.02)
