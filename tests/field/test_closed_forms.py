"""The field against what is known in closed form."""

import numpy as np
import pytest

from ssb_model.cells.face.contact import psi
from ssb_model.field import contact_field, disc, richardson, stripe

from .references import (
    disc_constriction,
    hexagonal,
    psi_fourier_bessel,
    stripe_constriction,
    stripe_current,
)

SIGMA = 0.071  # S/m


@pytest.mark.parametrize("fraction", [0.0625, 0.125, 0.25, 0.5, 0.75])
@pytest.mark.parametrize("pixels", [64, 256])
def test_stripes_have_their_closed_form(fraction, pixels):
    """R_c = (2b / pi sigma) ln[1 / sin(pi a / 2b)], asked for within 0.5 %."""
    field = contact_field(stripe(pixels, fraction), period=100e-6, conductivity=SIGMA)
    exact = stripe_constriction(fraction, 100e-6, SIGMA)
    assert field.constriction_resistance == pytest.approx(exact, rel=6 / pixels**2 / fraction)


def test_current_under_a_stripe_has_its_closed_form():
    """To 0.4 % beyond six pixels from the edge; nearer, pixels alternate about the singularity."""
    contact = stripe(512, 0.25)
    field = contact_field(contact, period=1.0, conductivity=SIGMA)
    inner = slice(192 + 6, 320 - 6)
    exact = stripe_current(field.position[0][inner] - 0.5, 0.25, 1.0)
    ratio = field.current_density[inner] / field.mean_current_density
    np.testing.assert_allclose(ratio, exact, rtol=4e-3)


def test_current_at_a_perfect_edge_rises_as_distance_to_the_power_minus_one_half():
    field = contact_field(stripe(32768, 0.5), period=1.0, conductivity=SIGMA)
    inside = np.arange(8, 64)
    current = field.current_density[8192:][inside]
    slope = np.polyfit(np.log(inside + 0.5), np.log(current), 1)[0]
    assert slope == pytest.approx(-0.5, abs=0.005)


def test_focusing_at_a_perfect_edge_is_unbounded_under_refinement():
    """The primary current, Z -> 0: each halving of the pixels raises it by the square root of 2."""
    factors = [
        contact_field(stripe(n, 0.5), period=1.0, conductivity=SIGMA).focusing_factor
        for n in (512, 1024, 2048)
    ]
    np.testing.assert_allclose(np.divide(factors[1:], factors[:-1]), np.sqrt(2), rtol=1e-3)


@pytest.mark.parametrize("s", [0.1, 0.3, 0.5, 0.7])
def test_psi_of_a_circular_cell_agrees_with_a_fourier_bessel_solve(s):
    assert psi_fourier_bessel(s) == pytest.approx(psi(s), rel=2e-3)


@pytest.mark.parametrize("s", [0.2, 0.3, 0.4, 0.5])
def test_hexagonal_cells_of_equal_area_have_psi_within_one_percent(s):
    """The nearest to a circular cell that fills a plane; extrapolated at first order."""
    ratios = []
    for pixels in (96, 192):
        contact, period = hexagonal(pixels, s**2)
        field = contact_field(contact, period=period, conductivity=1.0)
        exact = disc_constriction(contact.mean(), period.prod() / 2)
        ratios.append(field.constriction_resistance / exact)
    assert richardson(*ratios, order=1) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("s", [0.2, 0.3, 0.4, 0.5])
def test_square_cells_of_equal_area_have_psi_within_two_percent(s):
    field = contact_field(disc((256, 256), s**2), period=1.0, conductivity=1.0)
    exact = disc_constriction(field.contact_fraction, 1.0)
    assert field.constriction_resistance == pytest.approx(exact, rel=0.02)


@pytest.mark.parametrize("shape", [(64,), (32, 48)])
def test_uniform_contact_is_the_contact_and_the_garnet_in_series(shape):
    field = contact_field(
        np.ones(shape), period=1e-4, conductivity=SIGMA, thickness=1e-3, contact_resistance=5e-4
    )
    assert field.total_resistance == pytest.approx(5e-4 + 1e-3 / SIGMA, rel=1e-12)
    assert field.contact_part == 5e-4
    assert abs(field.constriction_resistance) < 1e-12
    assert field.focusing_factor == pytest.approx(1, abs=1e-10)


def test_a_thin_garnet_conducts_below_its_contacts_alone():
    """No room to spread: with L far below the contacts' width, R = (L / sigma) / theta."""
    contact = stripe(512, 0.25)
    field = contact_field(contact, period=1.0, conductivity=SIGMA, thickness=1e-3)
    # 2 ln 2 / pi: how far, in thicknesses, a strip's edge reaches out over a plane electrode.
    fringe = 2 * 2 * np.log(2) / np.pi * 1e-3
    assert field.total_resistance == pytest.approx(1e-3 / SIGMA / (0.25 + fringe), rel=2e-3)


def test_a_stripe_on_a_face_is_the_stripe_on_a_line():
    line = stripe(64, 0.25)
    face = np.repeat(line[:, None], 8, axis=1)
    materials = {"conductivity": SIGMA, "thickness": 2e-4, "contact_resistance": 1e-5}
    one = contact_field(line, period=1e-4, **materials)
    two = contact_field(face, period=(1e-4, 3e-5), **materials)
    np.testing.assert_allclose(two.current_density[:, 3], one.current_density, rtol=1e-9)


@pytest.mark.verify
def test_raw_errors_on_256_by_256_pixels_are_printed():
    """Disc in a hexagonal cell against psi: first order in the pixels, 1 % or better raw."""
    print("\n s    raw 256, %   extrapolated, %   square cell, %")
    for s in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        ratios = []
        for pixels in (128, 256):
            contact, period = hexagonal(pixels, s**2)
            R = contact_field(contact, period=period, conductivity=1.0).constriction_resistance
            ratios.append(R / disc_constriction(contact.mean(), period.prod() / 2) - 1)
        square = contact_field(disc((256, 256), s**2), period=1.0, conductivity=1.0)
        exact = disc_constriction(square.contact_fraction, 1.0)
        shape = square.constriction_resistance / exact - 1
        limit = richardson(*ratios, order=1)
        print(f"{s:.1f}  {100 * ratios[1]:9.2f}  {100 * limit:14.2f}  {100 * shape:16.2f}")
        assert abs(ratios[1]) < 0.012
        assert abs(limit) < 0.01
        assert s > 0.5 or abs(shape) < 0.02
