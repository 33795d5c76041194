"""Where in a step an event lies, and its exact and differentiable time.

A search on the step's interpolant finds where the first event changes sign; the step is then
taken again up to there. One Newton iteration from that step's end, with derivatives attached,
makes the time a differentiable function of the inputs by the implicit function theorem:
dt/dp = -(dg/dp)/(dg/dt).
"""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp

ITERATIONS = 14
LEAST = 1e-9  # of a step; no shorter landing is tried


def fraction_of_step(events_at, crossed):
    """Fraction of the step at which the lowest event becomes negative, (batch,).

    events_at : callable, fraction (batch,) -> events (events, batch)
    crossed : which members look for one; the others get 1
    """

    def lowest(s):
        return jnp.min(events_at(s), axis=0)

    def search(_):
        zero, one = jnp.zeros(crossed.shape), jnp.ones(crossed.shape)
        bracket = _Bracket(zero, one, lowest(zero), lowest(one))
        bracket = jax.lax.fori_loop(0, ITERATIONS, partial(_narrowed, lowest), bracket)
        return jnp.where(crossed, jnp.maximum(_secant(bracket), LEAST), 1.0)

    found = jax.lax.cond(jnp.any(crossed), search, lambda _: jnp.ones(crossed.shape), None)
    return jax.lax.stop_gradient(found)


class _Bracket(NamedTuple):
    """Fractions between which the lowest event changes sign, and its values there."""

    low: jax.Array
    high: jax.Array
    at_low: jax.Array
    at_high: jax.Array


def _secant(bracket):
    """Where a straight line through the bracket's ends is zero; their middle if there is none.

    An end at which the event is zero to rounding is itself the answer.
    """
    low, high, at_low, at_high = bracket
    s = low + (high - low) * at_low / (at_low - at_high)
    return jnp.where(jnp.isfinite(s), jnp.clip(s, low, high), (low + high) / 2)


def _narrowed(lowest, iteration, bracket):
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


def time_of_event(system, events_of, met, landed, start, elapsed, y, inputs):
    """State and time of the event on which a step has landed.

    Parameters
    ----------
    events_of : callable, time (batch,) and observed states (observed, batch) -> events
    met : array (events, batch)
        The events at the step's end.

    Returns
    -------
    y : array (states, batch)
    elapsed : array (batch,)
    which : int array (batch,)
        The event.
    """
    which = jnp.argmin(jax.lax.stop_gradient(met), axis=0)
    member = jnp.arange(which.shape[0])

    def move(y, elapsed):
        velocity, rates = _rates(system, events_of, landed, start + elapsed, y, inputs)
        slope = rates[which, member]
        slope = jnp.where(landed & (slope != 0), slope, 1.0)
        delta = jnp.where(landed, -met[which, member] / slope, 0.0)
        y = y + velocity * delta
        elapsed = elapsed + delta
        correction = system.newton(start + elapsed, y, inputs, landed).correction
        return jnp.where(landed, y + correction, y), elapsed

    y, elapsed = jax.lax.cond(jnp.any(landed), move, lambda y, e: (y, e), y, elapsed)
    return y, elapsed, which


def _rates(system, events_of, landed, t, y, inputs):
    """dy/dt of the differential states and d/dt of the events, without derivatives.

    The algebraic states follow the differential ones as Newton's correction does.
    """
    t, y, inputs = jax.lax.stop_gradient((t, y, inputs))
    one = jnp.ones_like(t)
    velocity = system.newton(t, y, inputs, landed).velocity
    _, following = jax.jvp(
        lambda t, y: system.newton(t, y, inputs, landed).correction, (t, y), (one, velocity)
    )
    _, rates = jax.jvp(
        lambda t, y: events_of(t, system.observed(y)), (t, y), (one, velocity + following)
    )
    return velocity, rates
