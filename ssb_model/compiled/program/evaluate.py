"""A :class:`~ssb_model.compiled.program.program.Program` as a JAX function; batch last.

Every array is (rows, batch): an operation on a column of the model is one wide operation
over the batch, and rows that a matrix picks are contiguous. Needs numpy and JAX only.
"""

import jax
import jax.numpy as jnp

from ssb_model.compiled.program.piecewise import horner
from ssb_model.compiled.program.products import multiply, take_rows
from ssb_model.compiled.program.program import needed

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
JAX_EXTREMES = {"max": jnp.max, "min": jnp.min}


def evaluate(program, results, time, state, inputs, tangents=None):
    """Values of the nodes ``results``.

    Parameters
    ----------
    program : Program
    results : sequence of int
    time : array (batch,)
    state : array (states, batch)
    inputs : dict of str to array (batch,)
    tangents : (array (states, batch), dict of str to array (batch,)), optional
        Direction of state and inputs, where ``results`` are directional derivatives.

    Returns
    -------
    list of array (size, batch), or (size, 1) where a node is constant.
    """
    state_tangent, input_tangents = tangents or (None, None)
    leaves = {
        "constant": lambda array: jnp.asarray(array)[:, None],
        "state": lambda rows: take_rows(state, rows),
        "input": lambda name: inputs[name][None],
        "time": lambda _: time[None],
        "state_tangent": lambda rows: take_rows(state_tangent, rows),
        "input_tangent": lambda name: input_tangents[name][None],
    }
    values = {}
    for index in needed(program, results):
        node = program.nodes[index]
        if node.op in leaves:
            values[index] = leaves[node.op](node.data)
        else:
            values[index] = _apply(node, [values[a] for a in node.args])
    return [values[r] for r in results]


def _apply(node, args):
    """Value of an operation on earlier values."""
    if node.op in JAX_UNARY:
        return JAX_UNARY[node.op](*args)
    if node.op in JAX_BINARY:
        return JAX_BINARY[node.op](*args)
    if node.op in JAX_EXTREMES:
        return JAX_EXTREMES[node.op](*args, axis=0, keepdims=True)
    if node.op == "linear":
        return multiply(node.data, *args)
    if node.op == "concatenate":
        return _concatenate(args)
    if node.op == "piecewise":
        return interpolate(node.data, *args)
    condition, first, second = args
    return jnp.where(condition != 0, first, second)


def _concatenate(parts):
    batch = max(part.shape[1] for part in parts)
    return jnp.concatenate([jnp.broadcast_to(part, (part.shape[0], batch)) for part in parts])


def interpolate(polynomial, x):
    """A ``Piecewise`` polynomial at ``x`` (rows, batch)."""
    knots = jnp.asarray(polynomial.knots)
    method = "compare_all" if len(knots) <= 64 else "scan_unrolled"
    piece = jnp.searchsorted(knots[1:-1], x, method=method)
    coefficients = [jnp.asarray(column)[piece] for column in polynomial.coefficients.T]
    value = horner(coefficients, x - knots[piece])
    if polynomial.extrapolate:
        return value
    return jnp.where((x < knots[0]) | (x > knots[-1]), jnp.nan, value)
