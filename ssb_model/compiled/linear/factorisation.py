"""Sparse LU by a fixed plan: a short sequence of wide operations over the batch.

Arrays are (entries or unknowns, batch), real or complex. The store of a factorisation holds,
level by level, the pivots' inverses, U and (unit-diagonal) L.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.program import take_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    import jax
    from jaxtyping import Inexact

    from ssb_model.compiled.linear.elimination import Elimination
    from ssb_model.compiled.linear.levels import Level, Terms


def factorise(
    plan: Elimination, values: Inexact[jax.Array, "entries batch"]
) -> Inexact[jax.Array, "store batch"]:
    """LU store of the matrices whose entries are ``values``."""
    padded = jnp.concatenate([values, jnp.zeros((1, values.shape[1]), values.dtype)])
    store = padded[:0]
    for level in plan.levels:
        entries = _less(take_rows(padded, level.source % len(padded)), level.updates, store, store)
        pivots = 1 / entries[: level.pivots]
        end = level.pivots + level.uppers
        parts = [store, pivots, entries[level.pivots : end]]
        if len(level.lower_pivot):
            parts.append(entries[end:] * take_rows(pivots, level.lower_pivot))
        store = jnp.concatenate(parts)
    return store


def solve(
    plan: Elimination,
    store: Inexact[jax.Array, "entries batch"],
    right_hand_side: Inexact[jax.Array, "unknowns batch"],
) -> Inexact[jax.Array, "unknowns batch"]:
    """Solve with a factorisation; ``right_hand_side`` and result are (unknowns, batch)."""
    b = take_rows(right_hand_side, plan.equations)
    y, start = b[:0], 0
    for level in plan.levels:
        part = b[start : start + level.pivots]
        y = jnp.concatenate([y, _less(part, level.forward, store, y)])
        start += level.pivots
    x = _backward(plan, store, y, lambda level, pivots: (level.backward, pivots))
    return take_rows(x, np.argsort(plan.order))


def solve_last(
    plan: Elimination, store: Inexact[jax.Array, "entries batch"]
) -> tuple[Inexact[jax.Array, "unknowns batch"], Inexact[jax.Array, "unknowns batch"]]:
    """x and l with A x = p e and l' A = p e', e the last unknown's unit vector, p its pivot.

    Both are (unknowns, batch) in the order of the unknowns; their last entry is one.
    """
    unit = jnp.zeros((len(plan.order), store.shape[1]), store.dtype).at[-1].set(1)
    back = np.argsort(plan.order)
    pivot = 1 / store[plan.entries - plan.levels[-1].size]
    x = _backward(plan, store, unit * pivot, lambda level, pivots: (level.backward, pivots))
    left = _backward(plan, store, unit, lambda level, pivots: (level.below, 1))
    return take_rows(x, back), take_rows(left, np.argsort(plan.equations))


def _backward(
    plan: Elimination,
    store: Inexact[jax.Array, "entries batch"],
    y: Inexact[jax.Array, "unknowns batch"],
    of_level: Callable[[Level, jax.Array], tuple[Terms, jax.Array | int]],
) -> Inexact[jax.Array, "unknowns batch"]:
    """Unknowns from the last level to the first: ``y`` less its terms, times a factor."""
    x, start, end = y, len(plan.order), plan.entries
    for level in reversed(plan.levels):
        first = end - level.size
        terms, factor = of_level(level, store[first : first + level.pivots])
        part = _less(x[start - level.pivots : start], terms, store, x) * factor
        x = jnp.concatenate([x[: start - level.pivots], part, x[start:]])
        start, end = start - level.pivots, first
    return x


def _less(
    items: Inexact[jax.Array, "items batch"],
    terms: Terms,
    left: Inexact[jax.Array, "entries batch"],
    right: Inexact[jax.Array, "... batch"],
) -> Inexact[jax.Array, "items batch"]:
    """``items`` minus the sums of products that ``terms`` lists."""
    if not terms.pairs:
        return items
    ranked = take_rows(items, terms.rank)
    for a, b in terms.pairs:
        product = take_rows(left, a) * take_rows(right, b)
        n = len(a)
        ranked = jnp.concatenate([ranked[:n] - product, ranked[n:]])
    return take_rows(ranked, np.argsort(terms.rank))
