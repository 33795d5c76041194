"""A :class:`~ssb_model.compiled.program.program.Program` as a JAX function; batch last.

Every array is (rows, batch): an operation on a column of the model is one wide operation
over the batch, and rows that a matrix picks are contiguous. Needs numpy and JAX only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jax
import jax.numpy as jnp

from ssb_model.compiled.program.piecewise import piecewise_value
from ssb_model.compiled.program.products import multiply, take_rows
from ssb_model.compiled.program.program import needed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.program.piecewise import Piecewise
    from ssb_model.compiled.program.program import Node, Program

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


def evaluate(
    program: Program,
    results: Sequence[int],
    time: Float[jax.Array, " batch"],
    state: Float[jax.Array, "states batch"],
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    tangents: tuple[Float[jax.Array, "states batch"], Mapping[str, Float[jax.Array, " batch"]]]
    | None = None,
) -> list[Float[jax.Array, "rows batch"]]:
    """Values of the nodes ``results``.

    Parameters
    ----------
    program
        Of nodes.
    results
        Nodes.
    time
        [s].
    state
        The model's, or the observed part of it.
    inputs
        Those that the nodes read.
    tangents
        Direction of state and inputs, where ``results`` are directional derivatives.

    Returns
    -------
    Their values; of a node that is constant for one member only.
    """
    leaves: dict[str, Callable[[Any], jax.Array]] = {
        "constant": lambda array: jnp.asarray(array)[:, None],
        "state": lambda rows: take_rows(state, rows),
        "input": lambda name: inputs[name][None],
        "time": lambda _: time[None],
    }
    if tangents is not None:
        leaves |= {
            "state_tangent": lambda rows: take_rows(tangents[0], rows),
            "input_tangent": lambda name: tangents[1][name][None],
        }
    values = {}
    for index in needed(program, results):
        node = program.nodes[index]
        if node.op in leaves:
            values[index] = leaves[node.op](node.data)
        else:
            values[index] = _apply(node, [values[a] for a in node.args])
    return [values[r] for r in results]


def _apply(
    node: Node, args: Sequence[Float[jax.Array, "rows batch"]]
) -> Float[jax.Array, "rows batch"]:
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
        return interpolate(node.data, args)
    condition, first, second = args
    return jnp.where(condition != 0, first, second)


def _concatenate(parts: Sequence[Float[jax.Array, "rows batch"]]) -> Float[jax.Array, "rows batch"]:
    batch = max(part.shape[1] for part in parts)
    return jnp.concatenate([jnp.broadcast_to(part, (part.shape[0], batch)) for part in parts])


def interpolate(
    polynomial: Piecewise, variables: Sequence[Float[jax.Array, "rows batch"]]
) -> Float[jax.Array, "rows batch"]:
    """A ``Piecewise`` polynomial at ``variables``, each (rows, batch)."""
    return piecewise_value(polynomial, variables, jnp, _below)


def _below(
    knots: Float[jax.Array, " knots"], x: Float[jax.Array, "rows batch"]
) -> Int[jax.Array, "rows batch"]:
    """How many of ``knots`` are below each ``x``."""
    method = "compare_all" if len(knots) <= 64 else "scan_unrolled"
    return jnp.searchsorted(knots, x, method=method)
