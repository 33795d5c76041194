"""The time of an event, located on the step's interpolant and differentiated through.

Bisection finds where the first event changes sign inside the last step; one Newton step with
derivatives attached then makes the time a differentiable function of the inputs, by the
implicit function theorem: dt/dp = -(dg/dp)/(dg/dt).
"""

import jax
import jax.numpy as jnp

from ssb_model.compiled import rodas
from ssb_model.compiled.integrate import EVENT

BISECTIONS = 50


def locate(system, inputs, state):
    """End of each member's integration.

    Returns
    -------
    t : array (batch,)
        Time of the event, or of the last accepted step where there was none.
    y : array (states, batch)
    which : int array (batch,)
        Index of the event that happened, -1 where there was none.
    """
    step = state.last

    def events_at(s, step):
        y = rodas.interpolate(s, step.y_old, step.y_new, step.dense)
        return system.event_values(step.t + s * step.h, y, inputs)

    frozen = jax.lax.stop_gradient(step)
    s = jax.lax.stop_gradient(_bisect(lambda s: events_at(s, frozen), step.t.shape[0]))
    which = jnp.argmin(jax.lax.stop_gradient(events_at(s + 1e-12, frozen)), axis=0)
    member = jnp.arange(step.t.shape[0])

    def event(s, step):
        return events_at(s, step)[which, member]

    slope = jax.jvp(lambda s: event(s, frozen), (s,), (jnp.ones_like(s),))[1]
    slope = jax.lax.stop_gradient(slope)
    happened = state.status == EVENT
    s = s - jnp.where(happened, event(s, step) / jnp.where(slope == 0, 1.0, slope), 0.0)
    t = jnp.where(happened, step.t + s * step.h, state.t)
    y = rodas.interpolate(s, step.y_old, step.y_new, step.dense)
    return t, jnp.where(happened, y, state.y), jnp.where(happened, which, -1)


def _bisect(events_at, batch):
    """Fraction of the step at which the lowest event first becomes negative."""

    def halve(_, bounds):
        low, high = bounds
        middle = (low + high) / 2
        negative = jnp.any(events_at(middle) < 0, axis=0)
        return jnp.where(negative, low, middle), jnp.where(negative, middle, high)

    low, high = jax.lax.fori_loop(0, BISECTIONS, halve, (jnp.zeros(batch), jnp.ones(batch)))
    return (low + high) / 2
