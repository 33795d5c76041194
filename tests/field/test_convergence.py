"""How the error falls with the pixels' width h."""

import numpy as np
import pytest

from ssb_model.field import contact_field, richardson, stripe

from .references import observed_order, plain_lattice_constriction, stripe_constriction

EXACT = stripe_constriction(0.25, 1.0, 1.0)


def _constriction(pixels, resistance=0.0):
    field = contact_field(
        stripe(pixels, 0.25), period=1.0, conductivity=1.0, contact_resistance=resistance
    )
    return field.constriction_resistance


def _manufactured(pixels, dimensions=1):
    """Largest error of the current density 1 + cos(2 pi x)/2 (+ a diagonal wave on a face)."""
    sigma, L = 2.0, 0.3
    x = (np.arange(pixels) + 0.5) / pixels
    waves = [(0.5, np.cos(2 * np.pi * x), 2 * np.pi)]
    if dimensions == 2:
        along = np.cos(2 * np.pi * (x[:, None] + 2 * x[None, :]))
        waves = [(0.5, waves[0][1][:, None] + 0 * along, 2 * np.pi)]
        waves.append((0.3, along, 2 * np.pi * np.sqrt(5)))
    current = 1 + sum(part * wave for part, wave, _ in waves)
    potential = L / sigma + sum(p * w * np.tanh(k * L) / (sigma * k) for p, w, k in waves)
    field = contact_field(
        np.ones_like(current),
        period=1.0,
        conductivity=sigma,
        thickness=L,
        contact_resistance=(1 - potential) / current,
    )
    return np.abs(field.current_density - current).max()


@pytest.mark.parametrize("dimensions", [1, 2])
def test_a_smooth_problem_converges_at_second_order(dimensions):
    """Contact everywhere, of the resistance that makes a chosen smooth current the solution."""
    errors = [_manufactured(pixels, dimensions) for pixels in (16, 32, 64)]
    orders = np.log2(np.divide(errors[:-1], errors[1:]))
    np.testing.assert_allclose(orders, 2, atol=0.15)


def test_perfect_contact_converges_at_second_order():
    """The edge lies on the pixels' edge, so nothing of first order is left."""
    errors = [_constriction(pixels) - EXACT for pixels in (32, 64, 128)]
    orders = np.log2(np.divide(errors[:-1], errors[1:]))
    np.testing.assert_allclose(orders, 2, atol=0.1)


def test_a_plain_lattice_converges_at_first_order_and_is_worse_by_hundreds():
    """Why the potential is read as a mean over three pixels."""
    errors = [plain_lattice_constriction(0.25, pixels) - EXACT for pixels in (32, 64, 128)]
    np.testing.assert_allclose(np.log2(np.divide(errors[:-1], errors[1:])), 1, atol=0.05)
    assert errors[-1] > 200 * abs(_constriction(128) - EXACT)


def test_contact_with_a_resistance_approaches_second_order():
    """The current's logarithm at the edge delays it: the order rises from 1.5 towards 2."""
    values = [_constriction(pixels, 0.1) for pixels in (64, 128, 256, 512, 1024)]
    orders = [observed_order(values[n : n + 3]) for n in range(3)]
    assert (np.diff(orders) > 0).all()
    assert 1.7 < orders[-1] < 2


def test_extrapolation_gains_two_digits():
    coarse, fine = _constriction(64), _constriction(128)
    limit = richardson(coarse, fine)
    assert abs(limit - EXACT) < 0.02 * abs(fine - EXACT)


@pytest.mark.verify
def test_errors_of_the_stripe_are_printed():
    print("\npixels   perfect contact   plain lattice")
    for pixels in (32, 64, 128, 256, 512):
        ours = _constriction(pixels) / EXACT - 1
        plain = plain_lattice_constriction(0.25, pixels) / EXACT - 1
        print(f"{pixels:6d}   {ours:15.1e}   {plain:13.1e}")
        assert abs(ours) < 1.0 / pixels**2
