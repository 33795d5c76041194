"""Derivatives are implicit and exact, in both modes, for the resistances and for the maps."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model.field import contact_field, contact_fields, face_current, random_contacts, stripe
from ssb_model.field.impedance import face_at_frequency

POINT = {
    "period": 1e-4,
    "conductivity": 0.07,
    "thickness": 2e-4,
    "contact_resistance": 3e-5,
}
AT_FREQUENCY = POINT | {"omega": 2e7, "relative_permittivity": 50.0, "gap_width": 1e-6}
CONTACTS = {"line": stripe(64, 0.25), "face": random_contacts((16, 24), 0.3, 2, 2)}


def _central(function, point, name, step=1e-4):
    """Fourth-order central differences of every output by a relative step of one input."""
    h = step * point[name]

    def difference(n):
        above, below = (function(point | {name: point[name] + m * h}) for m in (n, -n))
        return jax.tree.map(lambda a, b: (a - b) / (2 * n * h), above, below)

    near, far = jax.tree.leaves(difference(1)), jax.tree.leaves(difference(2))
    return [(4 * one - other) / 3 for one, other in zip(near, far, strict=True)]


def _direction(point, name):
    """The unit tangent along one input."""
    return {key: float(key == name) for key in point}


@pytest.mark.usefixtures("jax_x64")
@pytest.mark.parametrize("dimensions", CONTACTS)
def test_derivatives_agree_with_central_differences(dimensions):
    """Of the resistances, against the total's, and of the map, against its largest."""

    @jax.jit
    def outputs(values):
        flow = face_current(CONTACTS[dimensions], **values)
        return jnp.stack([flow.total, flow.constriction]), flow.current_density

    tangent = jax.jit(lambda direction: jax.jvp(outputs, (POINT,), (direction,))[1])
    for name in POINT:
        exact = tangent(_direction(POINT, name))
        expected = _central(outputs, POINT, name)
        for one, other in zip(exact, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=0, atol=1e-7 * np.abs(other).max())


@pytest.mark.usefixtures("jax_x64")
def test_derivatives_of_the_impedance_agree_with_central_differences():
    @jax.jit
    def total(values):
        return face_at_frequency(CONTACTS["line"], **values).total[None]

    tangent = jax.jit(lambda direction: jax.jvp(total, (AT_FREQUENCY,), (direction,))[1])
    for name in AT_FREQUENCY:
        (expected,) = _central(total, AT_FREQUENCY, name)
        np.testing.assert_allclose(tangent(_direction(AT_FREQUENCY, name)), expected, rtol=1e-6)


@pytest.mark.usefixtures("jax_x64")
def test_the_gradient_by_every_pixels_resistance_is_the_power_it_takes():
    """dR/dr = (i / <i>)^2 / n: Cohn's theorem, by one reverse pass for all pixels."""
    contact = CONTACTS["face"]
    resistance = jnp.where(contact, 3e-5, 0.0)
    materials = (1e-4, 0.07, 2e-4)

    def total(resistance):
        flow = face_current(contact, *materials, resistance)
        return flow.total, flow.current_density

    gradient, current = jax.jit(jax.grad(total, has_aux=True))(resistance)
    expected = (current / current.mean()) ** 2 / contact.size
    np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-12)


@pytest.mark.usefixtures("jax_x64")
def test_perfect_contact_has_a_derivative_by_its_resistance():
    """At r = 0 the total rises by at least 1/theta, its share of the contacts alone."""

    def total(resistance):
        return face_current(CONTACTS["line"], 1e-4, 0.07, 2e-4, resistance).total

    assert jax.jit(jax.grad(total))(0.0) > 1 / CONTACTS["line"].mean()


@pytest.mark.usefixtures("jax_x64")
def test_second_derivatives_are_had_too():
    """R = c / sigma for perfect contact: R'' = 2 R / sigma^2."""

    def total(sigma):
        return face_current(CONTACTS["line"], 1e-4, sigma, 2e-4).total

    second = jax.jit(jax.grad(jax.grad(total)))(0.07)
    resistance = float(jax.jit(total)(0.07))
    assert float(second) == pytest.approx(2 * resistance / 0.07**2, rel=1e-8)


def test_a_batch_is_its_members():
    contact = CONTACTS["face"]
    sigma, resistance = np.array([0.03, 0.07, 0.1]), np.array([0.0, 1e-5, 1e-3])
    batch = contact_fields(
        contact, period=1e-4, conductivity=sigma, thickness=2e-4, contact_resistance=resistance
    )
    for member, s, r in zip(batch, sigma, resistance, strict=True):
        alone = contact_field(
            contact, period=1e-4, conductivity=s, thickness=2e-4, contact_resistance=r
        )
        assert member.conductivity == s
        assert member.total_resistance == pytest.approx(alone.total_resistance, rel=1e-10)
        np.testing.assert_allclose(
            member.current_density, alone.current_density, rtol=1e-7, atol=1e-6
        )


def test_constriction_scales_with_length_over_conductivity():
    """R(c P, c L, sigma, c r) = c R(P, L, sigma, r) and R(P, L, c sigma, r / c) = R / c."""
    contact = CONTACTS["face"]
    small = contact_field(contact, **POINT).total_resistance
    lengths = POINT | {"period": 5e-4, "thickness": 1e-3, "contact_resistance": 1.5e-4}
    assert contact_field(contact, **lengths).total_resistance == pytest.approx(5 * small)
    materials = POINT | {"conductivity": 0.35, "contact_resistance": 6e-6}
    assert contact_field(contact, **materials).total_resistance == pytest.approx(small / 5)
