"""Current is conserved below the face, and the field obeys Laplace's equation."""

import numpy as np
import pytest

from ssb_model.field import contact_field, random_contacts, stripe

L = 2e-4


@pytest.fixture(scope="module", params=["line", "face"])
def field(request):
    contact = stripe(128, 0.2) if request.param == "line" else random_contacts((48, 64), 0.2, 3, 1)
    period = 1e-4 if request.param == "line" else (1e-4, 1.5e-4)
    return contact_field(
        contact, period=period, conductivity=0.07, thickness=L, contact_resistance=2e-5
    )


@pytest.mark.parametrize("depth", [0, 1e-6, 3e-5, L])
def test_the_total_current_is_the_same_at_every_depth(field, depth):
    down = field.current_at(depth)[-1]
    assert down.mean() == pytest.approx(field.mean_current_density, rel=1e-10)


def test_no_current_enters_where_lithium_does_not_touch(field):
    assert (field.current_density[~field.contact] == 0).all()
    assert (field.current_density[field.contact] > 0).all()


def test_contacts_carry_ohms_law(field):
    """r i + phi = V at every pixel in contact, by the map of the potential at the face."""
    drop = field.contact_resistance * field.current_density + field.potential_at(0)
    np.testing.assert_allclose(drop[field.contact], field.voltage, rtol=1e-9)


def test_the_counter_electrode_is_at_one_potential(field):
    assert np.abs(field.potential_at(L)).max() < 1e-14
    assert all(np.abs(along).max() < 1e-9 for along in field.current_at(L)[:-1])


def test_current_is_free_of_divergence(field):
    """By differences in depth of the downward current and in the plane of the others."""
    depth, step = 3e-5, 1e-7
    above, below = (field.current_at(depth + shift)[-1] for shift in (-step, step))
    divergence = (below - above) / (2 * step)
    largest = np.abs(divergence).max()
    for axis, along in enumerate(field.current_at(depth)[:-1]):
        width = field.period[axis] / field.contact.shape[axis]
        divergence += (np.roll(along, -1, axis) - np.roll(along, 1, axis)) / (2 * width)
    assert np.abs(divergence).max() < 0.02 * largest


def test_downward_current_is_minus_conductivity_times_gradient(field):
    """Where the face's pixels have faded; the potential is a mean over three pixels."""
    depth, step = 6e-5, 1e-7
    above, below = (field.potential_at(depth + shift) for shift in (-step, step))
    expected = -field.conductivity * (below - above) / (2 * step)
    np.testing.assert_allclose(field.current_at(depth)[-1], expected, rtol=2e-3)


def test_power_is_dissipated_where_the_resistances_say(field):
    """V <i> = <r i^2> + <phi i>: nothing is lost between contact and garnet."""
    i = field.current_density
    spent = (field.contact_resistance * i**2 + field.potential_at(0) * i).mean()
    assert spent == pytest.approx(field.mean_current_density**2 * field.total_resistance, rel=1e-9)


def test_a_deep_garnet_is_the_infinite_one_and_its_own_drop():
    contact = random_contacts((32, 32), 0.1, 2, 3)
    deep = contact_field(contact, period=1e-5, conductivity=0.07, thickness=1e-3)
    infinite = contact_field(contact, period=1e-5, conductivity=0.07)
    assert deep.constriction_resistance == pytest.approx(infinite.total_resistance, rel=1e-8)
    one, other = (f.at_current_density(1.0).current_at(5e-6)[-1] for f in (deep, infinite))
    np.testing.assert_allclose(one, other, rtol=1e-8)


def test_a_cut_is_the_maps_at_its_depths(field):
    line = None if field.contact.ndim == 1 else 10
    cut = field.cut([0, 2e-5], line)
    here = (slice(None),) if line is None else (slice(None), line)
    np.testing.assert_allclose(cut.potential[1], field.potential_at(2e-5)[here], rtol=1e-12)
    np.testing.assert_allclose(cut.along[1], field.current_at(2e-5)[0][here], atol=1e-9)
    np.testing.assert_allclose(cut.down[0], field.current_density[here], atol=1e-9)


def test_a_scaled_field_keeps_its_resistances(field):
    scaled = field.at_current_density(5.0)
    assert scaled.mean_current_density == pytest.approx(5.0)
    assert scaled.voltage == pytest.approx(5.0 * field.total_resistance)
    assert scaled.focusing_factor == pytest.approx(field.focusing_factor)


def test_more_contact_never_resists_more():
    """Rayleigh's monotonicity, over patterns that contain one another."""
    resistances = [
        contact_field(stripe(64, share), period=1.0, conductivity=1.0).total_resistance
        for share in (0.1, 0.3, 0.6, 0.9, 0.97)
    ]
    assert (np.diff(resistances) < 0).all()
    assert resistances[-1] > 0


def test_spreading_a_resistance_unevenly_never_lets_the_constriction_turn_negative():
    contact = random_contacts((32, 32), 0.4, 2, 5)
    resistance = 10 ** np.random.default_rng(5).uniform(-6, -2, contact.shape)
    field = contact_field(
        contact, period=1e-4, conductivity=0.07, thickness=1e-3, contact_resistance=resistance
    )
    assert field.contact_part == pytest.approx(1 / np.where(contact, 1 / resistance, 0).mean())
    assert field.constriction_resistance > 0
