"""A :class:`~ssb_model.compiled.program.Program` as a JAX function; batch last.

Every array is (rows, batch): an operation on a column of the model is one wide operation
over the batch, and rows that a matrix picks are contiguous. Needs numpy, scipy and JAX only.
"""

import jax
import jax.numpy as jnp
import numpy as np

JAX_UNARY = {
    "neg": jnp.negative,
    "exp": jnp.exp,
    "log": jnp.log,
    "sqrt": jnp.sqrt,
    "sin": jnp.sin,
    "cos": jnp.cos,
    "sinh": jnp.sinh,
    "cosh": jnp.cosh,
    "tanh": jnp.tanh,
    "arcsinh": jnp.arcsinh,
    "arctan": jnp.arctan,
    "erf": jax.scipy.special.erf,
    "abs": jnp.abs,
    "sign": jnp.sign,
    "floor": jnp.floor,
    "ceil": jnp.ceil,
}
JAX_BINARY = {
    "add": jnp.add,
    "sub": jnp.subtract,
    "mul": jnp.multiply,
    "div": jnp.divide,
    "pow": jnp.power,
    "minimum": jnp.minimum,
    "maximum": jnp.maximum,
    "less": lambda a, b: (a < b).astype(a.dtype),
    "less_equal": lambda a, b: (a <= b).astype(a.dtype),
    "equal": lambda a, b: (a == b).astype(a.dtype),
    "mod": jnp.mod,
}


def evaluate(program, results, time, state, inputs):
    """Values of the nodes ``results``.

    Parameters
    ----------
    program : Program
    results : sequence of int
    time : array (batch,)
    state : array (states, batch)
    inputs : dict of str to array (batch,)

    Returns
    -------
    list of array (size, batch), or (size, 1) where a node is constant.
    """
    values = {}
    for index in needed(program, results):
        node = program.nodes[index]
        args = [values[a] for a in node.args]
        if node.op == "constant":
            values[index] = jnp.asarray(node.data)[:, None]
        elif node.op == "state":
            values[index] = take_rows(state, node.data)
        elif node.op == "input":
            values[index] = inputs[node.data][None]
        elif node.op == "time":
            values[index] = time[None]
        elif node.op == "linear":
            values[index] = multiply(node.data, args[0])
        elif node.op == "concatenate":
            values[index] = _concatenate(args)
        elif node.op in JAX_UNARY:
            values[index] = JAX_UNARY[node.op](args[0])
        else:
            values[index] = JAX_BINARY[node.op](*args)
    return [values[r] for r in results]


def needed(program, results):
    """Numbers of the nodes that ``results`` depend on, in order."""
    seen, stack = set(), list(results)
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            stack.extend(program.nodes[index].args)
    return sorted(seen)


def _concatenate(parts):
    batch = max(part.shape[1] for part in parts)
    return jnp.concatenate([jnp.broadcast_to(part, (part.shape[0], batch)) for part in parts])


def multiply(matrix, x):
    """Constant sparse ``matrix`` (csr) times ``x`` (rows, batch).

    The j-th entries of all rows that have one are taken together, so that a matrix with a
    few entries a row is a few row selections; rows of many entries become a dense product.
    """
    counts = np.diff(matrix.indptr)
    if counts.max(initial=0) > 8:
        return _multiply_dense_rows(matrix, counts, x)
    order = np.argsort(-counts, kind="stable")
    total = jnp.zeros((matrix.shape[0], x.shape[1]), x.dtype)
    parts = []
    for j in range(counts.max(initial=0)):
        rows = order[counts[order] > j]
        at = matrix.indptr[rows] + j
        parts.append(_scale(matrix.data[at], take_rows(x, matrix.indices[at])))
    if not parts:
        return total
    total = parts[0]
    for part in parts[1:]:
        total = jnp.concatenate([total[: len(part)] + part, total[len(part) :]])
    empty = matrix.shape[0] - total.shape[0]
    if empty:
        total = jnp.concatenate([total, jnp.zeros((empty, x.shape[1]), x.dtype)])
    return take_rows(total, np.argsort(order, kind="stable"))


def _multiply_dense_rows(matrix, counts, x):
    """Rows with many entries by a dense product, the others by selections."""
    long = np.flatnonzero(counts > 8)
    short = np.flatnonzero(counts <= 8)
    columns = np.unique(matrix[long].indices)
    dense = jnp.asarray(matrix[long][:, columns].toarray()).astype(x.dtype)
    parts = [dense @ take_rows(x, columns)]
    if len(short):
        parts.append(multiply(matrix[short], x))
    order = np.argsort(np.concatenate([long, short]), kind="stable")
    return take_rows(jnp.concatenate(parts), order)


def _scale(coefficients, rows):
    if (coefficients == 1).all():
        return rows
    if (coefficients == -1).all():
        return -rows
    return jnp.asarray(coefficients).astype(rows.dtype)[:, None] * rows


def take_rows(x, indices):
    """Rows ``indices`` (constant) of ``x``: slices where they run evenly, else a gather."""
    indices = np.asarray(indices)
    if not len(indices):
        return x[:0]
    runs = _even_runs(indices)
    if len(runs) > 6:
        return x.at[indices].get(mode="promise_in_bounds")
    parts = [_run(x, start, step, count) for start, step, count in runs]
    return parts[0] if len(parts) == 1 else jnp.concatenate(parts)


def _run(x, start, step, count):
    if step == 0:
        return jnp.broadcast_to(x[start : start + 1], (count, x.shape[1]))
    if step == 1 and start == 0 and count == x.shape[0]:
        return x
    return x[start : start + (count - 1) * step + 1 : step]


def _even_runs(indices):
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
