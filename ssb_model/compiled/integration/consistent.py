"""Consistent states of an index-1 system: the algebraic states by Newton's method.

The differential states stay as they are. (M/delta - J) dy = f with a tiny delta holds them
fixed and moves the algebraic ones; the factorisation is the integrator's own. A step that does
not make the next correction smaller is halved (Deuflhard's natural monotonicity test).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jax
import jax.numpy as jnp

from ssb_model.compiled.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System

ITERATIONS = 60
CLOSE = 1e-8  # a correction so much smaller than the state (or one) is the last


class _Search(NamedTuple):
    """The best state so far, Newton's correction there and its size, and how much to take."""

    tries: int | jax.Array
    y: Float[jax.Array, "states batch"]
    correction: Float[jax.Array, "states batch"]
    size: Float[jax.Array, " batch"]
    damping: Float[jax.Array, " batch"]
    far: Bool[jax.Array, " batch"]


def consistent_state(
    system: System,
    t: Float[jax.Array, " batch"],
    y: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    active: Bool[jax.Array, " batch"],
) -> tuple[
    Float[jax.Array, "states batch"], Float[jax.Array, "states batch"], Int[jax.Array, " batch"]
]:
    """``y`` with its algebraic states solved for, where ``active``.

    Returns
    -------
    The consistent state; dy/dt of the differential states, without derivatives; and the number
    of an :class:`Outcome`: ``RUNNING`` where there is such a state, else why there is none.
    """
    frozen = jax.lax.stop_gradient((t, y, inputs))

    def moving(carry: _Search) -> Bool[jax.Array, ""]:
        return jnp.any(carry.far) & (carry.tries < ITERATIONS)

    def improve(carry: _Search) -> _Search:
        trial = carry.y + carry.damping * carry.correction
        correction = system.newton(frozen[0], trial, frozen[2], carry.far).correction
        size = _size(correction, trial)
        finite = jnp.isfinite(size)
        nearer = carry.far & finite & (size <= (1 - carry.damping / 100) * carry.size)
        damping = jnp.where(nearer, jnp.minimum(2 * carry.damping, 1), carry.damping / 2)
        return _Search(
            tries=carry.tries + 1,
            y=jnp.where(nearer, trial, carry.y),
            correction=jnp.where(nearer, correction, carry.correction),
            size=jnp.where(nearer, size, carry.size),
            damping=damping,
            far=carry.far & ~(nearer & (size <= CLOSE)) & (finite | jnp.isfinite(carry.size)),
        )

    far = active if system.algebraic.any() else jnp.zeros_like(active)
    start = jnp.zeros_like(frozen[1])
    unknown = jnp.full(y.shape[1], jnp.inf)
    search = _Search(0, frozen[1], start, unknown, jnp.ones(y.shape[1]), far)
    best = jax.lax.while_loop(moving, improve, search).y
    y = best + (y - frozen[1])  # the tangents of y; the last correction gives the algebraic ones
    correction, velocity, outcome = system.newton(t, y, inputs, active)
    close = _size(jax.lax.stop_gradient(correction), best) <= 10 * CLOSE
    missed = (outcome == Outcome.RUNNING) & ~close
    outcome = jnp.where(missed, Outcome.NO_CONSISTENT_STATE, outcome)
    return y + correction, jax.lax.stop_gradient(velocity), outcome


def _size(
    correction: Float[jax.Array, "states batch"], y: Float[jax.Array, "states batch"]
) -> Float[jax.Array, " batch"]:
    """Largest correction in units of the state or one, (batch,); infinite if not finite."""
    size = jnp.max(jnp.abs(correction) / (1 + jnp.abs(y)), axis=0)
    return jnp.where(jnp.isfinite(size), size, jnp.inf)
