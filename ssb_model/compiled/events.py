"""Where in a step an event lies, and its exact and differentiable time.

Bisection on the step's interpolant finds where the first event changes sign; the step is then
taken again up to there. One Newton iteration from that step's end, with derivatives attached,
makes the time a differentiable function of the inputs by the implicit function theorem:
dt/dp = -(dg/dp)/(dg/dt).
"""

import jax
import jax.numpy as jnp

BISECTIONS = 40
LEAST = 1e-9  # of a step; no shorter landing is tried


def fraction_of_step(events_at, crossed):
    """Fraction of the step at which the lowest event becomes negative, (batch,).

    events_at : callable, fraction (batch,) -> events (events, batch)
    crossed : which members look for one; the others get 1
    """

    def bisect(_):
        def halve(_, bounds):
            low, high = bounds
            middle = (low + high) / 2
            negative = jnp.any(events_at(middle) < 0, axis=0)
            return jnp.where(negative, low, middle), jnp.where(negative, middle, high)

        bounds = jnp.zeros(crossed.shape), jnp.ones(crossed.shape)
        low, high = jax.lax.fori_loop(0, BISECTIONS, halve, bounds)
        return jnp.where(crossed, jnp.maximum((low + high) / 2, LEAST), 1.0)

    found = jax.lax.cond(jnp.any(crossed), bisect, lambda _: jnp.ones(crossed.shape), None)
    return jax.lax.stop_gradient(found)


def time_of_event(system, events_at, met, landed, start, elapsed, y, inputs, h):
    """State and time of the event on which a step has landed.

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
        one = jnp.ones_like(h)
        slope = jax.jvp(events_at, (one,), (one,))[1][which, member] / h
        slope = jax.lax.stop_gradient(jnp.where(landed & (slope != 0), slope, 1.0))
        delta = jnp.where(landed, -met[which, member] / slope, 0.0)
        velocity = system.newton(start + elapsed, y, inputs, landed).velocity
        y = y + jax.lax.stop_gradient(velocity) * delta
        elapsed = elapsed + delta
        correction = system.newton(start + elapsed, y, inputs, landed).correction
        return jnp.where(landed, y + correction, y), elapsed

    y, elapsed = jax.lax.cond(jnp.any(landed), move, lambda y, e: (y, e), y, elapsed)
    return y, elapsed, which
