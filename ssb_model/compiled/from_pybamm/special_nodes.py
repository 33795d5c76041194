"""How PyBaMM's nodes that are no single operation are made of several.

Every function takes a ``Lowering`` and a symbol, and returns
the number of the node that computes the symbol.
"""

import numpy as np
import pybamm
import scipy.sparse as sparse
from scipy.special import erf

from ssb_model.compiled.program import Piecewise
from ssb_model.errors import InputError


def dense(value):
    return value.toarray() if sparse.issparse(value) else value


def state(lower, symbol):
    return lower.program.state(np.flatnonzero(symbol.evaluation_array))


def input_parameter(lower, symbol):
    if symbol.size != 1:
        raise InputError(
            f'The input "{symbol.name}" has {symbol.size} values; the compiler takes inputs of '
            "one number each."
        )
    return lower.program.input(symbol.name)


def index(lower, symbol):
    child = lower(symbol.children[0])
    return lower.program.take(child, np.arange(lower.program.size(child))[symbol.slice])


def stack(lower, symbol):
    return lower.program.concatenate([lower(child) for child in symbol.children])


def domain_concatenation(lower, symbol):
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


def conditional(lower, symbol):
    """Branch i where i - 0.5 < selector < i + 0.5, else zero."""
    p = lower.program
    selector, *branches = map(lower, symbol.children)
    value = p.constant(0.0)
    for i, branch in reversed(list(enumerate(branches, start=1))):
        above = p.binary("less", p.constant(i - 0.5), selector)
        below = p.binary("less", selector, p.constant(i + 0.5))
        value = p.select(p.binary("mul", above, below), branch, value)
    return value


def interpolant(lower, symbol):
    """A piecewise polynomial of one variable; several columns of data give several rows."""
    if symbol.dimension > 1:
        raise InputError(
            f'The interpolant "{symbol.name}" has {symbol.dimension} variables; the compiler '
            "takes interpolants of one variable only."
        )
    p, child = lower.program, lower(symbol.children[0])
    knots, coefficients = _polynomials(symbol)
    columns = coefficients.reshape(*coefficients.shape[:2], -1)
    return p.concatenate(
        [
            p.piecewise(Piecewise(knots, columns[:, :, k], symbol.extrapolate), child)
            for k in range(columns.shape[2])
        ]
    )


def _polynomials(symbol):
    """Knots and coefficients (pieces, degree + 1, ...), lowest power first."""
    if symbol.interpolator != "linear":  # scipy's PPoly, or its derivative
        return symbol.function.x, np.swapaxes(symbol.function.c[::-1], 0, 1)
    x, y = np.asarray(symbol.x[0], dtype=float), np.asarray(symbol.y, dtype=float)
    kept = np.flatnonzero(np.diff(x))  # a knot given twice is a step
    rise, run = np.diff(y, axis=0)[kept], np.diff(x)[kept]
    slope = rise / run.reshape(-1, *[1] * (y.ndim - 1))
    return np.append(x[kept], x[-1]), np.stack([y[:-1][kept], slope], axis=1)


def python_function(lower, symbol):
    """A Python function as what it makes of PyBaMM's symbols."""
    function = pybamm.erf if symbol.function is erf else symbol.function
    if "<lambda>" in symbol.name:
        raise InputError(
            "PyBaMM takes all lambda functions for one and the same; give this one a name with def."
        )
    try:
        expression = function(*symbol.children)
    except Exception as error:
        raise _opaque(symbol) from error
    if not isinstance(expression, pybamm.Symbol):
        raise _opaque(symbol)
    return lower(expression)


def _opaque(symbol):
    return InputError(
        f'The compiler cannot look into the Python "{symbol.name}"; write it with PyBaMM\'s '
        "functions, such as pybamm.exp."
    )


def arcsinh2(lower, symbol):
    """arcsinh(a / b_eff), b_eff = sign(b) hypot(b, eps), sign(0) = 1."""
    p = lower.program
    a, b = map(lower, symbol.children)
    zero, one, two = (p.constant(v) for v in (0.0, 1.0, 2.0))
    sign = p.binary("sub", p.binary("mul", two, p.binary("less_equal", zero, b)), one)
    squares = p.binary("add", p.binary("mul", b, b), p.constant(symbol.eps**2))
    b_eff = p.binary("mul", sign, p.unary("sqrt", squares))
    return p.unary("arcsinh", p.binary("div", a, b_eff))


def reg_power(lower, symbol):
    """x (x^2 + delta^2)^((a-1)/2) scale^a with x = base/scale."""
    p = lower.program
    base, exponent, scale = map(lower, symbol.children)
    x = p.binary("div", base, scale)
    squares = p.binary("add", p.binary("mul", x, x), p.constant(symbol.delta**2))
    half = p.binary("mul", p.binary("sub", exponent, p.constant(1.0)), p.constant(0.5))
    power = p.binary("mul", x, p.binary("pow", squares, half))
    return p.binary("mul", power, p.binary("pow", scale, exponent))


def hypot(lower, symbol):
    p = lower.program
    a, b = map(lower, symbol.children)
    return p.unary("sqrt", p.binary("add", p.binary("mul", a, a), p.binary("mul", b, b)))
