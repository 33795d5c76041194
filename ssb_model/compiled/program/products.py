"""Constant sparse matrices and row selections applied to (rows, batch) arrays, in JAX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax.numpy as jnp
import numpy as np

if TYPE_CHECKING:
    import jax
    from jaxtyping import Float, Inexact, Int

    from ssb_model.compiled.program.matrix import Matrix

LONG = 8  # entries; longer rows are products, shorter ones sums of selections


def multiply(
    matrix: Matrix, x: Inexact[jax.Array, "columns batch"]
) -> Inexact[jax.Array, "rows batch"]:
    """Constant sparse ``matrix`` (a Matrix) times ``x`` (rows, batch)."""
    counts = np.diff(matrix.indptr)
    kinds = np.where(counts > LONG, np.ceil(np.log2(np.maximum(counts, 1))), 0)
    if not kinds.any():
        return _multiply_short_rows(matrix, x)
    groups = [np.flatnonzero(kinds == kind) for kind in np.unique(kinds)]
    parts = [
        (_multiply_long_rows if kinds[rows[0]] else _multiply_short_rows)(matrix.take(rows), x)
        for rows in groups
    ]
    if len(parts) == 1:
        return parts[0]
    return take_rows(jnp.concatenate(parts), np.argsort(np.concatenate(groups), kind="stable"))


def _multiply_short_rows(
    matrix: Matrix, x: Inexact[jax.Array, "columns batch"]
) -> Inexact[jax.Array, "rows batch"]:
    """The j-th entries of all rows that have one, taken together: a few row selections."""
    counts = np.diff(matrix.indptr)
    order = np.argsort(-counts, kind="stable")
    parts = []
    for j in range(counts.max(initial=0)):
        rows = order[counts[order] > j]
        at = matrix.indptr[rows] + j
        parts.append(_scale(matrix.data[at], take_rows(x, matrix.indices[at])))
    if not parts:
        return jnp.zeros((matrix.shape[0], x.shape[1]), x.dtype)
    total = parts[0]
    for part in parts[1:]:
        total = jnp.concatenate([total[: len(part)] + part, total[len(part) :]])
    empty = matrix.shape[0] - total.shape[0]
    if empty:
        total = jnp.concatenate([total, jnp.zeros((empty, x.shape[1]), x.dtype)])
    return take_rows(total, np.argsort(order, kind="stable"))


def _multiply_long_rows(
    matrix: Matrix, x: Inexact[jax.Array, "columns batch"]
) -> Inexact[jax.Array, "rows batch"]:
    """A dense product where the rows share their columns, else one sum over a padded gather."""
    columns, position = np.unique(matrix.indices, return_inverse=True)
    if matrix.shape[0] * len(columns) <= 8 * matrix.entries:
        dense = np.zeros((matrix.shape[0], len(columns)))
        dense[matrix.rows, position.reshape(-1)] = matrix.data
        return jnp.asarray(dense).astype(x.dtype) @ take_rows(x, columns)
    counts = np.diff(matrix.indptr)[:, None]
    slots = np.arange(counts.max())[None]
    at = matrix.indptr[:-1, None] + np.minimum(slots, counts - 1)
    coefficients = np.where(slots < counts, matrix.data[at], 0.0)
    entries = take_rows(x, matrix.indices[at].reshape(-1)).reshape(*at.shape, x.shape[1])
    return jnp.einsum("ij,ijb->ib", jnp.asarray(coefficients).astype(x.dtype), entries)


def _scale(
    coefficients: Float[np.ndarray, " rows"], rows: Inexact[jax.Array, "rows batch"]
) -> Inexact[jax.Array, "rows batch"]:
    if (coefficients == 1).all():
        return rows
    if (coefficients == -1).all():
        return -rows
    return jnp.asarray(coefficients).astype(rows.dtype)[:, None] * rows


def take_rows(
    x: Inexact[jax.Array, "rows batch"], indices: Int[np.ndarray, " taken"]
) -> Inexact[jax.Array, "taken batch"]:
    """Rows ``indices`` (constant) of ``x``: slices where they run evenly, else a gather."""
    indices = np.asarray(indices)
    if not len(indices):
        return x[:0]
    runs = _even_runs(indices)
    if len(runs) > 6:
        return x.at[indices].get(mode="promise_in_bounds")
    parts = [_run(x, start, step, count) for start, step, count in runs]
    return parts[0] if len(parts) == 1 else jnp.concatenate(parts)


def _run(
    x: Inexact[jax.Array, "rows batch"], start: int, step: int, count: int
) -> Inexact[jax.Array, "count batch"]:
    if step == 0:
        return jnp.broadcast_to(x[start : start + 1], (count, x.shape[1]))
    if step == 1 and start == 0 and count == x.shape[0]:
        return x
    return x[start : start + (count - 1) * step + 1 : step]


def _even_runs(indices: Int[np.ndarray, " taken"]) -> list[tuple[int, int, int]]:
    """Split into (start, step, count) with step >= 0; gives up early beyond a few runs."""
    runs, k = [], 0
    while k < len(indices) and len(runs) <= 6:
        step = int(indices[k + 1] - indices[k]) if k + 1 < len(indices) else 1
        end = k + 1
        while step >= 0 and end < len(indices) and indices[end] - indices[end - 1] == step:
            end += 1
        runs.append((int(indices[k]), step if end > k + 1 else 1, end - k))
        k = end
    return runs
