"""How PyBaMM's nodes that are no single operation are made of several.

Every function takes a ``Lowering`` and a symbol, and returns
the number of the node that computes the symbol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pybamm
import scipy.sparse as sparse

if TYPE_CHECKING:
    from ssb_model.compiled.from_pybamm.lower import Lowering


def dense(value: Any) -> np.ndarray:
    """What a symbol evaluates to (a number, an array, a sparse matrix) as an array."""
    return value.toarray() if sparse.issparse(value) else np.asarray(value)


def state(lower: Lowering, symbol: pybamm.StateVector) -> int:
    return lower.program.state(np.flatnonzero(symbol.evaluation_array))


def input_parameter(lower: Lowering, symbol: pybamm.InputParameter) -> int:
    """An input; one of several values is as many inputs."""
    names = names_of_input(symbol.name, int(symbol.size))
    return lower.program.concatenate([lower.program.input(name) for name in names])


def names_of_input(name: str, size: int) -> list[str]:
    """What the compiled model calls the values of an input: ``name``, or ``name[0]`` and on."""
    return [name] if size == 1 else [f"{name}[{k}]" for k in range(size)]


def index(lower: Lowering, symbol: pybamm.Index) -> int:
    child = lower(symbol.children[0])
    return lower.program.take(child, np.arange(lower.program.size(child))[symbol.slice])


def stack(lower: Lowering, symbol: pybamm.NumpyConcatenation) -> int:
    return lower.program.concatenate([lower(child) for child in symbol.children])


def kronecker_product(lower: Lowering, symbol: pybamm.KroneckerProduct) -> int:
    """Every row of the first column times the whole second one."""
    p = lower.program
    a, b = map(lower, symbol.children)
    outer, inner = np.indices((p.size(a), p.size(b))).reshape(2, -1)
    return p.binary("mul", p.take(a, outer), p.take(b, inner))


def domain_concatenation(lower: Lowering, symbol: pybamm.DomainConcatenation) -> int:
    """Children interleaved point by point of the secondary domain."""
    p = lower.program
    children = [
        p.broadcast(lower(child), child.size) if child.size > 1 else lower(child)
        for child in symbol.children
    ]
    starts = np.cumsum([0, *map(p.size, children)])
    target, source = [], []
    for start, slices in zip(starts, symbol._children_slices, strict=False):
        for domain, child_slices in slices.items():
            pairs = zip(symbol._slices[domain], child_slices, strict=True)
            for whole, own in pairs:
                target.append(np.arange(whole.start, whole.stop))
                source.append(start + np.arange(own.start, own.stop))
    order = np.argsort(np.concatenate(target))
    return p.take(p.concatenate(children), np.concatenate(source)[order])


def conditional(lower: Lowering, symbol: pybamm.Conditional) -> int:
    """Branch i where i - 0.5 < selector < i + 0.5, else zero."""
    p = lower.program
    selector, *branches = map(lower, symbol.children)
    value = p.constant(0.0)
    for i, branch in reversed(list(enumerate(branches, start=1))):
        above = p.binary("less", p.constant(i - 0.5), selector)
        below = p.binary("less", selector, p.constant(i + 0.5))
        value = p.select(p.binary("mul", above, below), branch, value)
    return value


def _width(width: float | None) -> float:
    """The width of a regularisation, which PyBaMM has set by now."""
    assert width is not None
    return width


def arcsinh2(lower: Lowering, symbol: pybamm.Arcsinh2) -> int:
    """arcsinh(a / b_eff), b_eff = sign(b) hypot(b, eps), sign(0) = 1."""
    p = lower.program
    a, b = map(lower, symbol.children)
    zero, one, two = (p.constant(v) for v in (0.0, 1.0, 2.0))
    sign = p.binary("sub", p.binary("mul", two, p.binary("less_equal", zero, b)), one)
    squares = p.binary("add", p.binary("mul", b, b), p.constant(_width(symbol.eps) ** 2))
    b_eff = p.binary("mul", sign, p.unary("sqrt", squares))
    return p.unary("arcsinh", p.binary("div", a, b_eff))


def reg_power(lower: Lowering, symbol: pybamm.RegPower) -> int:
    """x (x^2 + delta^2)^((a-1)/2) scale^a with x = base/scale."""
    p = lower.program
    base, exponent, scale = map(lower, symbol.children)
    x = p.binary("div", base, scale)
    squares = p.binary("add", p.binary("mul", x, x), p.constant(_width(symbol.delta) ** 2))
    half = p.binary("mul", p.binary("sub", exponent, p.constant(1.0)), p.constant(0.5))
    power = p.binary("mul", x, p.binary("pow", squares, half))
    return p.binary("mul", power, p.binary("pow", scale, exponent))


def hypot(lower: Lowering, symbol: pybamm.Hypot) -> int:
    p = lower.program
    a, b = map(lower, symbol.children)
    return p.unary("sqrt", p.binary("add", p.binary("mul", a, a), p.binary("mul", b, b)))
