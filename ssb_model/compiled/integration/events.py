"""Where in a step an event lies, and its exact and differentiable time.

A search on the step's interpolant finds where the first event changes sign; the step is then
taken again up to there. One Newton iteration from that step's end, with derivatives attached,
makes the time a differentiable function of the inputs by the implicit function theorem:
dt/dp = -(dg/dp)/(dg/dt).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System, Tolerances

ITERATIONS = 14
LEAST = 1e-9  # of a step; no shorter landing is tried
PROBE = 1e-3  # of a step, ahead of an event: how fast things move there


def fraction_of_step(
    events_at: Callable[[Float[jax.Array, " batch"]], Float[jax.Array, "events batch"]],
    crossed: Bool[jax.Array, " batch"],
) -> Float[jax.Array, " batch"]:
    """Fraction of the step at which the lowest event becomes negative, (batch,).

    events_at : callable, fraction (batch,) -> events (events, batch)
    crossed : which members look for one; the others get 1
    """

    def lowest(s: Float[jax.Array, " batch"]) -> Float[jax.Array, " batch"]:
        return jnp.min(events_at(s), axis=0)

    def search(_: None) -> Float[jax.Array, " batch"]:
        zero, one = jnp.zeros(crossed.shape), jnp.ones(crossed.shape)
        bracket = _Bracket(zero, one, lowest(zero), lowest(one))
        bracket = jax.lax.fori_loop(0, ITERATIONS, partial(_narrowed, lowest), bracket)
        return jnp.where(crossed, jnp.maximum(_secant(bracket), LEAST), 1.0)

    fraction = jax.lax.cond(jnp.any(crossed), search, lambda _: jnp.ones(crossed.shape), None)
    return jax.lax.stop_gradient(fraction)


class _Bracket(NamedTuple):
    """Fractions between which the lowest event changes sign, and its values there."""

    low: Float[jax.Array, " batch"]
    high: Float[jax.Array, " batch"]
    at_low: Float[jax.Array, " batch"]
    at_high: Float[jax.Array, " batch"]


def _secant(bracket: _Bracket) -> Float[jax.Array, " batch"]:
    """Where a straight line through the bracket's ends is zero; their middle if there is none.

    An end at which the event is zero to rounding is itself the answer.
    """
    low, high, at_low, at_high = bracket
    s = low + (high - low) * at_low / (at_low - at_high)
    return jnp.where(jnp.isfinite(s), jnp.clip(s, low, high), (low + high) / 2)


def _narrowed(
    lowest: Callable[[Float[jax.Array, " batch"]], Float[jax.Array, " batch"]],
    iteration: int,
    bracket: _Bracket,
) -> _Bracket:
    """A smaller bracket: by the secant and by halving in turn, and so sure as well as fast."""
    middle = (bracket.low + bracket.high) / 2
    s = jnp.where(iteration % 2 == 0, _secant(bracket), middle)
    value = lowest(s)
    over = value < 0
    return _Bracket(
        low=jnp.where(over, bracket.low, s),
        high=jnp.where(over, s, bracket.high),
        at_low=jnp.where(over, bracket.at_low, value),
        at_high=jnp.where(over, value, bracket.at_high),
    )


def time_of_event(
    system: System,
    events_of: Callable[
        [Float[jax.Array, " batch"], Float[jax.Array, "observed batch"]],
        Float[jax.Array, "events batch"],
    ],
    met: Float[jax.Array, "events batch"],
    landed: Bool[jax.Array, " batch"],
    start: Float[jax.Array, " batch"],
    elapsed: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    usual: Float[jax.Array, " batch"],
    tolerances: Tolerances,
) -> tuple[Float[jax.Array, "states batch"], Float[jax.Array, " batch"], Int[jax.Array, " batch"]]:
    """State and time of the event on which a step has landed.

    Parameters
    ----------
    events_of
        Events by time and observed states.
    met
        The events at the step's end.
    usual
        Size of the integration's steps here [s]: rates are those over a small part of it.

    Returns
    -------
    State and time since the segment began on the event, and which event it is.
    """
    which = jnp.argmin(jax.lax.stop_gradient(met), axis=0)
    member = jnp.arange(which.shape[0])

    def move(
        y: Float[jax.Array, "states batch"], elapsed: Float[jax.Array, " batch"]
    ) -> tuple[Float[jax.Array, "states batch"], Float[jax.Array, " batch"]]:
        h = jnp.where(landed, PROBE * usual, 1.0)
        velocity = _velocity(system, landed, start + elapsed, h, y, inputs, tolerances)
        slope = _rates(system, events_of, start + elapsed, y, velocity)[which, member]
        slope = jnp.where(landed & (slope != 0), slope, 1.0)
        delta = jnp.where(landed, -met[which, member] / slope, 0.0)
        y = y + velocity * delta
        elapsed = elapsed + delta
        correction = system.newton(start + elapsed, y, inputs, landed).correction
        return jnp.where(landed, y + correction, y), elapsed

    y, elapsed = jax.lax.cond(jnp.any(landed), move, lambda y, e: (y, e), y, elapsed)
    return y, elapsed, which


def _velocity(
    system: System,
    landed: Bool[jax.Array, " batch"],
    t: Float[jax.Array, " batch"],
    h: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    tolerances: Tolerances,
) -> Float[jax.Array, "states batch"]:
    """dy/dt past what decays faster than ``h``, to the second order in it; has no derivative.

    The equations' own dy/dt will not do: a mode of time constant tau that the step left d away
    from where it belongs adds d / tau. A nanovolt on a double layer of 0.1 ms is 10 uV/s, as much
    as a flat discharge has. It is gone after the shortest of three steps, between which the
    differences are taken.
    """
    t, h, y, inputs = jax.lax.stop_gradient((t, h, y, inputs))
    times = jnp.array([1.0, 2.0, 3.0])
    y1, y2, y3 = jax.lax.map(
        lambda n: system.step(t, n * h, y, inputs, tolerances, landed).y, times
    )
    return jnp.where(landed, (8 * y2 - 5 * y1 - 3 * y3) / (2 * h), 0.0)


def _rates(
    system: System,
    events_of: Callable[
        [Float[jax.Array, " batch"], Float[jax.Array, "observed batch"]],
        Float[jax.Array, "events batch"],
    ],
    t: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    velocity: Float[jax.Array, "states batch"],
) -> Float[jax.Array, "events batch"]:
    """d/dt of the events (events, batch), without derivatives."""
    t, y = jax.lax.stop_gradient((t, y))
    return jax.jvp(
        lambda t, y: events_of(t, system.observed(y)), (t, y), (jnp.ones_like(t), velocity)
    )[1]
