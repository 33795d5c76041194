"""PyBaMM's matrix products: a constant matrix, possibly scaled by expressions, times a column.

Lengths that are inputs make such matrices: PyBaMM scales a constant stencil's rows or columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pybamm
import scipy.sparse as sparse

from ssb_model.compiled.derivatives import row_of_ones
from ssb_model.compiled.program import Matrix
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.compiled.from_pybamm.lower import Lowering


def product(lower: Lowering, left: pybamm.Symbol, right: pybamm.Symbol) -> int:
    """Node of ``left @ right``."""
    return _times(lower, left, lower(right))


def _times(lower: Lowering, left: pybamm.Symbol, x: int) -> int:
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
        matrix, scale = _matrix_first(*left.children)
        return _scaled(lower, "mul", matrix, scale, x)
    if isinstance(left, pybamm.Division):
        matrix, scale = left.children
        return _scaled(lower, "div", matrix, scale, x)
    raise _refusal(left)


def _scaled(
    lower: Lowering, op: Literal["mul", "div"], matrix: pybamm.Symbol, scale: pybamm.Symbol, x: int
) -> int:
    """``matrix`` with its rows or columns scaled, times ``x``."""
    if _is_column(scale):
        return lower.program.binary(op, _times(lower, matrix, x), lower(scale))
    if isinstance(scale, pybamm.Transpose) and _is_column(scale.children[0]):
        columns = lower.program.binary(op, x, lower(scale.children[0]))
        return _times(lower, matrix, columns)
    raise _refusal(scale)


def _matrix_first(a: pybamm.Symbol, b: pybamm.Symbol) -> tuple[pybamm.Symbol, pybamm.Symbol]:
    """The factors of an elementwise product: the matrix, then what scales it."""
    if a.is_constant() or (_is_column(b) and not b.is_constant()):
        return a, b
    return b, a


def _is_column(symbol: pybamm.Symbol) -> bool:
    return len(symbol.shape) < 2 or symbol.shape[1] == 1


def _matrix(value: Any) -> Matrix:
    entries: Any = sparse.coo_matrix(value)
    return Matrix.from_triplets(entries.row, entries.col, entries.data, entries.shape)


def _refusal(symbol: pybamm.Symbol) -> InputError:
    return InputError(
        f"The compiler takes matrix products with a constant matrix only, not {symbol.name}."
    )
