"""Derivatives of single operations, as further nodes of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program import Matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.compiled.program import Program


def partial_derivatives(program: Program, index: int) -> Sequence[int | None]:
    """Nodes of d(node)/d(operand) for an elementwise node; None where it is zero."""
    node, p = program.nodes[index], program
    if node.op == "piecewise":
        slopes = node.data.derivatives()
        return [None if slope is None else p.piecewise(slope, *node.args) for slope in slopes]
    c = p.constant
    mul, div, sub, add = (
        lambda a, b, op=op: p.binary(op, a, b) for op in ("mul", "div", "sub", "add")
    )
    if len(node.args) == 1:
        a = node.args[0]
        rules = {
            "neg": lambda: c(-1.0),
            "exp": lambda: index,
            "log": lambda: div(c(1.0), a),
            "sqrt": lambda: div(c(0.5), index),
            "sin": lambda: p.unary("cos", a),
            "cos": lambda: p.unary("neg", p.unary("sin", a)),
            "sinh": lambda: p.unary("cosh", a),
            "cosh": lambda: p.unary("sinh", a),
            "tanh": lambda: sub(c(1.0), mul(index, index)),
            "arcsinh": lambda: div(c(1.0), p.unary("sqrt", add(mul(a, a), c(1.0)))),
            "arctan": lambda: div(c(1.0), add(mul(a, a), c(1.0))),
            "erf": lambda: mul(c(2 / np.sqrt(np.pi)), p.unary("exp", p.unary("neg", mul(a, a)))),
            "abs": lambda: p.unary("sign", a),
        }
        return [rules[node.op]() if node.op in rules else None]
    a, b = node.args
    rules = {
        "add": lambda: (c(1.0), c(1.0)),
        "sub": lambda: (c(1.0), c(-1.0)),
        "mul": lambda: (b, a),
        "div": lambda: (div(c(1.0), b), p.unary("neg", div(index, b))),
        "pow": lambda: (
            mul(b, p.binary("pow", a, sub(b, c(1.0)))),
            None if p.value(b) is not None else mul(index, p.unary("log", a)),
        ),
        "minimum": lambda: (p.binary("less_equal", a, b), p.binary("less", b, a)),
        "maximum": lambda: (p.binary("less_equal", b, a), p.binary("less", a, b)),
        "mod": lambda: (c(1.0), p.unary("neg", p.unary("floor", div(a, b)))),
    }
    return rules[node.op]() if node.op in rules else (None, None)


def extreme_weights(program: Program, index: int) -> int:
    """How much each row of the operand counts in a maximum or minimum: ties share."""
    (a,), p = program.nodes[index].args, program
    ties = p.binary("equal", a, index)
    return p.binary("div", ties, p.linear(row_of_ones(p.size(a)), ties))


def row_of_ones(size: int) -> Matrix:
    """The matrix that sums ``size`` rows."""
    columns = np.arange(size)
    return Matrix.from_triplets(np.zeros(size, dtype=int), columns, np.ones(size), (1, size))
