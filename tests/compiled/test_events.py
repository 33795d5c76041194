"""Where in a step an event lies, and when.

What the search leaves of a step, Newton's iteration in time squares.
"""

import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model import FullCell, cell_parameters
from ssb_model.compiled.integration.events import first_crossing
from ssb_model.compiled.stepping.constants import LEAST

from .oracle import CURRENT, Pair

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
    found = first_crossing(lambda s: FALLING[name](s, roots)[None], roots > 0)
    np.testing.assert_allclose(found.fraction, ROOTS, atol=LEFT)


def test_the_first_of_several_events_is_found_and_other_members_are_left():
    first, second = jnp.asarray([0.3, 0.9, 0.5]), jnp.asarray([0.7, 0.2, 0.6])
    crossed = jnp.asarray([True, True, False])
    found = first_crossing(lambda s: jnp.stack([first - s, 1e-12 * (second - s)]), crossed)
    np.testing.assert_allclose(found.fraction, [0.3, 0.2, 1.0], atol=LEFT)
    assert found.which[:2].tolist() == [0, 1]


def test_an_event_at_the_steps_very_start_is_landed_on_all_the_same():
    found = first_crossing(lambda s: -1e-17 - s[None], jnp.asarray([True]))
    np.testing.assert_allclose(found.fraction, LEAST)


# A flat discharge ------------------------------------------------------------------------------

DIFFUSIVITY = "Positive particle reference diffusivity [m2.s-1]"
EXCHANGE = "Negative face exchange-current density [A.m-2]"
#: its voltage passes the cut-off at 10 uV/s, 40 s a step
FLAT = {
    DIFFUSIVITY: 2.5846e-19,
    EXCHANGE: 178.585,
    "Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]": 1.8524e-6,
    CURRENT: 7.18162e-5,
    "Garnet thickness [m]": 1.54853e-3,
    "Cathode-side resistance [Ohm.m2]": 0.385166,
    "Lower voltage cut-off [V]": 3.11454,
}


def test_fast_modes_do_not_disturb_the_time_of_a_slow_event():
    """Nor its sensitivities, which are the events' over the rate at which the voltage falls."""
    points, names = {"x_p": 10, "r_p": 10}, [DIFFUSIVITY, EXCHANGE]
    inputs = tuple(name for name in FLAT if name != CURRENT)
    cell = Pair(FullCell(), cell_parameters("full"), inputs, points).compiled
    times = np.array([0.0, 400.0])
    found = cell.solve(FLAT, times, sensitivities=names)
    exact = cell.solve(FLAT, times, sensitivities=names, rtol=1e-9, atol=1e-9)
    assert found.status == exact.status == "event"
    assert found.t_end == pytest.approx(exact.t_end, rel=1e-4)
    for name in names:
        moved, known = (s.sensitivities[name]["t_end"] for s in (found, exact))
        assert moved == pytest.approx(known, rel=0.03)
