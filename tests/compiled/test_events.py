"""The place of an event within a step: what is left of it, Newton's iteration in time squares."""

import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model.compiled.events import LEAST, fraction_of_step

LEFT = 1e-7  # of a step
ROOTS = np.linspace(0.003, 0.997, 500)
#: values that fall from above zero through it at ``r``
FALLING = {
    "straight": lambda s, r: r - s,
    "ever steeper": lambda s, r: jnp.exp(6 * r) - jnp.exp(6 * s),
    "ever flatter": lambda s, r: jnp.exp(-6 * s) - jnp.exp(-6 * r),
    "like a capacity's end": lambda s, r: jnp.log1p(-s * 0.999) - jnp.log1p(-r * 0.999),
    "cubic": lambda s, r: (r - s) * (1 + 3 * (s - r) + 3 * (s - r) ** 2),
}


@pytest.mark.parametrize("name", FALLING)
def test_an_event_is_found(name):
    roots = jnp.asarray(ROOTS)
    found = fraction_of_step(lambda s: FALLING[name](s, roots)[None], roots > 0)
    np.testing.assert_allclose(found, ROOTS, atol=LEFT)


def test_the_first_of_several_events_is_found_and_other_members_are_left():
    first, second = jnp.asarray([0.3, 0.9, 0.5]), jnp.asarray([0.7, 0.2, 0.6])
    crossed = jnp.asarray([True, True, False])
    found = fraction_of_step(lambda s: jnp.stack([first - s, second - s]), crossed)
    np.testing.assert_allclose(found, [0.3, 0.2, 1.0], atol=LEFT)


def test_an_event_at_the_steps_very_start_is_landed_on_all_the_same():
    found = fraction_of_step(lambda s: -1e-17 - s[None], jnp.asarray([True]))
    np.testing.assert_allclose(found, LEAST)
