"""PyBaMM's matrix products: a constant matrix, possibly scaled by expressions, times a column.

Lengths that are inputs make such matrices: PyBaMM scales a constant stencil's rows or columns.
"""

import pybamm
import scipy.sparse as sparse

from ssb_model.compiled.derivatives import row_of_ones
from ssb_model.compiled.program import Matrix
from ssb_model.errors import InputError


def product(lower, left, right):
    """Node of ``left @ right``."""
    return _times(lower, left, lower(right))


def _times(lower, left, x):
    """Node of the matrix ``left`` times the node ``x``."""
    p = lower.program
    if left.is_constant():
        return p.linear(_matrix(left.evaluate()), x)
    if isinstance(left, pybamm.MatrixMultiplication):
        return _times(lower, left.children[0], _times(lower, left.children[1], x))
    if isinstance(left, pybamm.Negate):
        return p.unary("neg", _times(lower, left.children[0], x))
    if isinstance(left, pybamm.Transpose) and _is_column(left.children[0]):
        weighted = p.binary("mul", lower(left.children[0]), x)
        return p.linear(row_of_ones(p.size(weighted)), weighted)
    if isinstance(left, pybamm.Multiplication):
        return _scaled(lower, "mul", *_matrix_first(*left.children), x)
    if isinstance(left, pybamm.Division):
        return _scaled(lower, "div", *left.children, x)
    raise _refusal(left)


def _scaled(lower, op, matrix, scale, x):
    """``matrix`` with its rows or columns scaled, times ``x``."""
    if _is_column(scale):
        return lower.program.binary(op, _times(lower, matrix, x), lower(scale))
    if isinstance(scale, pybamm.Transpose) and _is_column(scale.children[0]):
        columns = lower.program.binary(op, x, lower(scale.children[0]))
        return _times(lower, matrix, columns)
    raise _refusal(scale)


def _matrix_first(a, b):
    """The factors of an elementwise product: the matrix, then what scales it."""
    if a.is_constant() or (_is_column(b) and not b.is_constant()):
        return a, b
    return b, a


def _is_column(symbol):
    return len(symbol.shape) < 2 or symbol.shape[1] == 1


def _matrix(value):
    entries = sparse.coo_matrix(value)
    return Matrix.from_triplets(entries.row, entries.col, entries.data, entries.shape)


def _refusal(symbol):
    return InputError(
        f"The compiler takes matrix products with a constant matrix only, not {symbol.name}."
    )
