"""Consistent states of an index-1 system: the algebraic states by Newton's method.

The differential states stay as they are. (M/delta - J) dy = f with a tiny delta holds them
fixed and moves the algebraic ones; the factorisation is the integrator's own.
"""

import jax
import jax.numpy as jnp

ITERATIONS = 30
NOT_FOUND = 3.0
CLOSE = 1e-8  # a correction so much smaller than the state (or one) is the last


def consistent_state(system, t, y, inputs, active):
    """``y`` with its algebraic states solved for, where ``active``.

    Parameters
    ----------
    t : array (batch,)
    y : array (states, batch)
    inputs : dict of str to array (batch,)
    active : bool array (batch,)

    Returns
    -------
    y : array (states, batch)
    velocity : array (states, batch)
        dy/dt of the differential states, without derivatives.
    code : array (batch,)
        0 where the state was found, else UNDEFINED, SINGULAR or NOT_FOUND.
    """
    frozen = jax.lax.stop_gradient((t, y, inputs))

    def moving(carry):
        count, _, far = carry
        return jnp.any(far) & (count < ITERATIONS)

    def improve(carry):
        count, y, far = carry
        correction = system.newton(frozen[0], y, frozen[2], far).correction
        y = jnp.where(far, y + correction, y)
        return count + 1, y, far & ~_close(correction, y)

    start = (0, frozen[1], active if system.algebraic.any() else jnp.zeros_like(active))
    found = jax.lax.while_loop(moving, improve, start)[1]
    y = found + (y - frozen[1])  # the tangents of y; the last correction gives the algebraic ones
    correction, velocity, code = system.newton(t, y, inputs, active)
    missed = (code == 0) & ~_close(correction, found)
    code = jax.lax.stop_gradient(jnp.where(missed, NOT_FOUND, code))
    return y + correction, jax.lax.stop_gradient(velocity), code


def _close(correction, y):
    small = jnp.abs(correction) <= CLOSE * (1 + jnp.abs(y))
    return jnp.all(jax.lax.stop_gradient(small), axis=0)
