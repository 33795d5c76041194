"""Preconditioned conjugate gradients for symmetric systems, real or complex.

Products are not conjugated, so that a real system is solved by conjugate gradients and a complex
symmetric one by their conjugate-orthogonal form (COCG) with the same lines.
"""

from __future__ import annotations

from collections.abc import Callable

import jax
import jax.numpy as jnp

from ssb_model.field.lattice import Map

TOLERANCE = 1e-12  # of the residual's norm over that of the right-hand side
MOST_ITERATIONS = 2000

#: x, its residual, the direction of the next step, residual times preconditioned residual, count
State = tuple[Map, Map, Map, jax.Array, int | jax.Array]


def conjugate_gradients(
    matvec: Callable[[Map], Map], right: Map, precondition: Callable[[Map], Map]
) -> Map:
    """Solve ``matvec(x) = right``; stops at TOLERANCE or after MOST_ITERATIONS.

    The caller judges the residual: this returns the last iterate in either case.
    """
    target = TOLERANCE * jnp.linalg.norm(right.ravel())
    direction = precondition(right)
    start: State = (jnp.zeros_like(right), right, direction, jnp.sum(right * direction), 0)

    def unfinished(state: State) -> jax.Array:
        _, residual, _, _, count = state
        return (jnp.linalg.norm(residual.ravel()) > target) & (count < MOST_ITERATIONS)

    def step(state: State) -> State:
        x, residual, direction, product, count = state
        image = matvec(direction)
        length = product / jnp.sum(direction * image)
        x, residual = x + length * direction, residual - length * image
        preconditioned = precondition(residual)
        following = jnp.sum(residual * preconditioned)
        direction = preconditioned + following / product * direction
        return x, residual, direction, following, count + 1

    return jax.lax.while_loop(unfinished, step, start)[0]
