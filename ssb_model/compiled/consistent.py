"""Consistent initial values of an index-1 system: the algebraic states by Newton's method.

The differential states stay as the model states them. (M/delta - J) dy = f with a tiny delta
holds them fixed and moves the algebraic ones; the factorisation is the integrator's own.
"""

import jax
import jax.numpy as jnp

ITERATIONS = 20
SHIFT = 1e12


def consistent_state(system, inputs, y0):
    """``y0`` with its algebraic states solved for; unchanged where there are none.

    ``y0`` and the result are (states, batch). A state that Newton's method cannot find comes
    back not finite, which the integrator reports.
    """
    algebraic = system.algebraic
    if not algebraic.any():
        return y0
    t = jnp.zeros(y0.shape[1])
    mask = jnp.asarray(algebraic)[:, None]

    def newton(y):
        residual = jnp.where(mask, system.f(t, y, inputs), 0.0)
        solver = system.shifted_solver(
            system.jacobian_values(t, y, inputs), jnp.full(y0.shape[1], SHIFT)
        )
        return y + jnp.where(mask, solver(residual), 0.0), residual

    y = jax.lax.fori_loop(0, ITERATIONS, lambda _, y: newton(y)[0], y0)
    y, residual = newton(y)  # once more in the open, so that derivatives are exact
    settled = jnp.all(jnp.abs(residual) < 1e-6, axis=0)
    return jnp.where(settled, y, jnp.nan)
