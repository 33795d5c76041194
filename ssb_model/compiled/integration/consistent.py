"""Consistent states of an index-1 system: the algebraic states by Newton's method.

The differential states stay as they are. (M/delta - J) dy = f with a tiny delta holds them
fixed and moves the algebraic ones; the factorisation is the integrator's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.stepping import constants, correction_size, step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.integration import System


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
    if kernel := system.kernel(t.shape[0]):
        return kernel.consistent_state(t, y, inputs, active)
    frozen = jax.lax.stop_gradient(y)
    best = step.search(system, t, y, inputs, active) if system.algebraic.any() else frozen
    y = best + (y - frozen)  # the tangents of y; the last correction gives the algebraic ones
    correction, velocity, outcome = step.newton(system, t, y, inputs, active)
    close = correction_size(jax.lax.stop_gradient(correction), best) <= 10 * constants.CLOSE
    missed = (outcome == Outcome.RUNNING) & ~close
    outcome = jnp.where(missed, Outcome.NO_CONSISTENT_STATE, outcome)
    return y + correction, jax.lax.stop_gradient(velocity), outcome
