"""Elementwise operations that need not be done, or cost less in another form.

Constants come first in sums and products, nested constant factors are multiplied, a division by
a constant is a multiplication, and signs go outwards, where sums and matrices absorb them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from jaxtyping import Float

    from ssb_model.compiled.program.program import Program

COMMUTATIVE = ("add", "mul", "equal")


def ordered(program: Program, op: str, a: int, b: int) -> tuple[int, int]:
    """The operands in an order of their own where it does not matter: constants first."""
    if op not in COMMUTATIVE:
        return a, b
    first, second = sorted((a, b), key=lambda n: (program.value(n) is None, n))
    return first, second


def simplified(program: Program, op: str, a: int, b: int) -> int | None:
    """A node that is ``op`` of (ordered) ``a`` and ``b`` by less, or None.

    A zero annihilates whatever it multiplies, as in PyBaMM's own simplification.
    """
    x, y = program.value(a), program.value(b)
    size = max(program.size(a), program.size(b))
    if program.size(a) == size and y is not None and _neutral(y, op, after=True):
        return a
    if program.size(b) == size and x is not None and _neutral(x, op, after=False):
        return b
    if (op == "mul" and _zero(x)) or (op == "div" and _zero(x)):
        return program.constant(np.zeros(size))
    if op == "sub" and _zero(x) and program.size(b) == size:
        return program.unary("neg", b)
    if op == "pow" and y is not None and y.size == 1:
        return _constant_power(program, a, float(y[0]))
    if op == "div" and y is not None:
        return _multiplied(program, 1 / y, a) if y.all() else None
    if op == "mul" and x is not None:
        return _product(program, x, b)
    return _signs_outside(program, op, a, b)


def negated(program: Program, a: int) -> int | None:
    """Minus node ``a`` where that takes no negation, else None."""
    node = program.nodes[a]
    if node.op == "neg":
        return node.args[0]
    if node.op == "sub":
        return program.binary("sub", *reversed(node.args))
    if node.op == "mul" and (factor := program.value(node.args[0])) is not None:
        return program.binary("mul", program.constant(-factor), node.args[1])
    return None


def constant_factor(program: Program, a: int) -> tuple[Float[np.ndarray, " rows"], int]:
    """A constant array and the node that it multiplies, whose product is node ``a``."""
    node = program.nodes[a]
    if node.op == "constant":
        return node.data, program.constant(1.0)
    if node.op == "neg":
        factor, rest = constant_factor(program, node.args[0])
        return -factor, rest
    if node.op == "mul" and (factor := program.value(node.args[0])) is not None:
        return factor, node.args[1]
    return np.ones(1), a


def product(program: Program, a: int, b: int) -> int:
    """The product of two nodes with their constant factors outside, where others join them."""
    (x, a), (y, b) = constant_factor(program, a), constant_factor(program, b)
    return program.binary("mul", program.constant(x * y), program.binary("mul", a, b))


def _product(program: Program, x: Float[np.ndarray, " rows"], b: int) -> int | None:
    """A constant ``x`` times node ``b``, or None: no further constants or signs inside."""
    if program.size(b) >= x.size and (x == -1).all():
        return program.unary("neg", b)
    factor, rest = constant_factor(program, b)
    if rest == b or program.value(b) is not None:
        return None
    return _multiplied(program, x * factor, rest)


def _multiplied(program: Program, factor: Float[np.ndarray, " rows"], a: int) -> int | None:
    """``factor`` times node ``a``, or None where the factor overflowed or lost digits."""
    size = np.abs(factor)
    if not ((size == 0) | ((size > 1e-290) & (size < 1e290))).all():
        return None
    return program.binary("mul", program.constant(factor), a)


def _signs_outside(program: Program, op: str, a: int, b: int) -> int | None:
    """Sums and products of negated nodes, or None."""
    inner = [program.nodes[n].args[0] if program.nodes[n].op == "neg" else None for n in (a, b)]
    if inner == [None, None]:
        return None
    first, second = inner
    if op in ("add", "sub"):
        if second is not None:
            return program.binary("sub" if op == "add" else "add", a, second)
        return program.binary("sub", b, first) if first is not None and op == "add" else None
    if op in ("mul", "div"):
        without = [n if m is None else m for n, m in zip((a, b), inner, strict=True)]
        value = program.binary(op, *without)
        return value if None not in inner else program.unary("neg", value)
    return None


def _zero(constant: Float[np.ndarray, " rows"] | None) -> bool:
    return constant is not None and not constant.any()


def _neutral(constant: Float[np.ndarray, " rows"], op: str, after: bool) -> bool:
    """Whether ``constant`` leaves the other operand of ``op`` as it is."""
    if op in (("add", "sub") if after else ("add",)):
        return _zero(constant)
    return op in (("mul", "div") if after else ("mul",)) and bool((constant == 1).all())


def _constant_power(program: Program, a: int, exponent: float) -> int | None:
    """Cheaper nodes for the commonest exponents, or None."""
    if exponent == 0:
        return program.constant(np.ones(program.size(a)))
    if exponent == 1:
        return a
    if exponent == 2:
        return program.binary("mul", a, a)
    if exponent == 0.5:
        return program.unary("sqrt", a)
    if exponent == -1:
        return program.binary("div", program.constant(1.0), a)
    return None
