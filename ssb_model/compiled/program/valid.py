"""Whether nodes from a file are a program: every operation known, every number within its arrays.

What is found wrong is :class:`Unsound`, with one clause. A program that passes is as safe to
evaluate and to write as C text as one that was made here: operations come from a closed table,
rows and operands exist, and nothing else of a node is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import category

import numpy as np

from ssb_model.compiled.program.matrix import Matrix
from ssb_model.compiled.program.piecewise import Piecewise
from ssb_model.compiled.program.program import BINARY, EXTREMES, UNARY, needed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ssb_model.compiled.program.program import Node, Program

MOST_ROWS = 100_000_000  # of all nodes together
ANY = -1  # number of operands
TIME = "time"  # what the time's own tangent is called among the inputs
OPERANDS = {
    **dict.fromkeys(UNARY, 1),
    **dict.fromkeys(BINARY, 2),
    **dict.fromkeys(EXTREMES, 1),
    **dict.fromkeys(("constant", "state", "state_tangent", "input", "input_tangent", "time"), 0),
    **{"linear": 1, "select": 3, "piecewise": ANY, "concatenate": ANY},
}


class Unsound(ValueError):
    """What a file says is no model; why, in one clause."""


def check_program(program: Program, states: int, inputs: Collection[str]) -> None:
    """Raise :class:`Unsound` unless ``program`` is one over so many states and these inputs."""
    for n, node in enumerate(program.nodes):
        try:
            _check_operands(program, n, node)
            _check_data(program, node, states, inputs)
        except Unsound as error:
            raise Unsound(f"node {n}: {error}") from None
    require(sum(node.size for node in program.nodes) <= MOST_ROWS, "it is too large")


def check_values(program: Program, nodes: Sequence[Any], what: str) -> None:
    """Raise :class:`Unsound` unless ``nodes`` are of ``program`` and no derivatives."""
    known = all(_is_whole(n) and 0 <= n < len(program.nodes) for n in nodes)
    require(known, f"{what} is no node")
    read = (program.nodes[n].op for n in needed(program, nodes))
    require(not any(op.endswith("_tangent") for op in read), f"{what} is a derivative")


def require(condition: object, clause: str) -> None:
    """Raise :class:`Unsound` with ``clause`` unless the condition holds."""
    if not condition:
        raise Unsound(clause)


def check_integers(array: object, end: int, what: str) -> None:
    """Raise :class:`Unsound` unless ``array`` is a column of integers from 0 up to ``end``."""
    require(isinstance(array, np.ndarray) and array.ndim == 1, f"{what} are no column")
    assert isinstance(array, np.ndarray)
    require(array.dtype.kind == "i", f"{what} are no integers")
    require(not array.size or (array.min() >= 0 and array.max() < end), f"{what} are out of range")


def check_numbers(array: object, size: int | None, what: str) -> None:
    """Raise :class:`Unsound` unless ``array`` is a column of so many real numbers."""
    require(isinstance(array, np.ndarray) and array.dtype == float, f"{what} are no numbers")
    assert isinstance(array, np.ndarray)
    require(array.ndim == 1 and size in (None, array.size), f"{what} have the wrong shape")


def check_names(names: Iterable[object], what: str) -> None:
    """Raise :class:`Unsound` unless ``names`` are texts that all differ."""
    names = list(names)
    require(all(map(is_name, names)), f"{what} are no names")
    require(len({*names}) == len(names), f"{what} are not all different")


def is_name(name: object) -> bool:
    """Whether it is a text that can be shown in a line: without control characters."""
    return isinstance(name, str) and not any(category(one) in ("Cc", "Cs") for one in name)


def _check_operands(program: Program, n: int, node: Node) -> None:
    """Operands come before their node, as many as the operation takes."""
    require(isinstance(node.op, str) and node.op in OPERANDS, "its operation is not known")
    count = OPERANDS[node.op]
    require(count in (ANY, len(node.args)), "it has too many operands or too few")
    require(all(_is_whole(a) and 0 <= a < n for a in node.args), "an operand does not come before")
    require(_is_whole(node.size) and 0 <= node.size <= MOST_ROWS, "its size is out of range")
    sizes = [program.size(a) for a in node.args]
    if node.op == "concatenate":
        require(sizes and sum(sizes) == node.size, "its size is not that of its parts")
    elif node.op in EXTREMES:
        require(node.size == 1 and sizes[0] > 0, "its size is not one")
    elif node.op != "linear" and sizes:
        require({*sizes} <= {1, node.size} and max(sizes) == node.size, "its operands do not match")


def _check_data(program: Program, node: Node, states: int, inputs: Collection[str]) -> None:
    """What a node holds is of its operation's kind."""
    data = node.data
    if node.op == "constant":
        check_numbers(data, node.size, "its numbers")
    elif node.op in ("state", "state_tangent"):
        check_integers(data, states, "its states")
        require(data.size == node.size, "it has more or fewer states than rows")
    elif node.op in ("input", "input_tangent"):
        known = isinstance(data, str) and (data in inputs or data == TIME)
        require(known and node.size == 1, "its input is not known")
    elif node.op == "linear":
        require(isinstance(data, Matrix), "it has no matrix")
        require(data.shape == (node.size, program.size(node.args[0])), "its matrix does not fit")
        _check_matrix(data)
    elif node.op == "piecewise":
        require(isinstance(data, Piecewise), "it has no polynomial")
        require(len(node.args) == len(data.axes) + 1, "its polynomial has other variables")
        _check_piecewise(data)
    else:
        require(data is None, "it holds what it should not")


def _check_matrix(matrix: Matrix) -> None:
    require(all(map(_is_whole, matrix.shape)), "its matrix has no whole shape")
    rows, columns = matrix.shape
    check_integers(matrix.indptr, len(matrix.data) + 1, "its matrix's rows")
    check_integers(matrix.indices, columns, "its matrix's columns")
    check_numbers(matrix.data, len(matrix.indices), "its matrix's entries")
    require(np.isfinite(matrix.data).all(), "its matrix's entries are not finite")
    starts = matrix.indptr
    require(len(starts) == rows + 1 and starts[0] == 0, "its matrix's rows are out of range")
    require((np.diff(starts) >= 0).all(), "its matrix's rows are out of order")
    require(starts[-1] == matrix.entries, "its matrix has entries in no row")
    follow = np.diff(matrix.indices) > 0
    follow[starts[1:-1][(starts[1:-1] > 0) & (starts[1:-1] < matrix.entries)] - 1] = True
    require(follow.all(), "its matrix's columns are out of order")


def _check_piecewise(polynomial: Piecewise) -> None:
    *rows, pieces, powers = (1, *polynomial.coefficients.shape)[-(len(polynomial.axes) + 2) :]
    shape = polynomial.coefficients.shape
    require(len(shape) == len(polynomial.axes) + 2, "its coefficients have the wrong shape")
    require(polynomial.coefficients.dtype == float and powers > 0, "its coefficients are none")
    require(np.isfinite(polynomial.coefficients).all(), "its coefficients are not finite")
    require(isinstance(polynomial.extrapolate, bool), "whether it extrapolates is not said")
    _check_knots(polynomial.knots, pieces)
    for axis, count in zip(polynomial.axes, rows, strict=True):
        usable = axis.functions.ndim == 3 and axis.functions.dtype == float
        require(usable, "its functions are none")
        _check_knots(axis.knots, axis.functions.shape[0])
        require(axis.functions.shape[2] > 0, "its functions are none")
        require(np.isfinite(axis.functions).all(), "its functions are not finite")
        most = axis.functions.shape[0] + axis.functions.shape[1] - 1
        require(most <= count, "its functions reach beyond its coefficients")


def _check_knots(knots: object, pieces: int) -> None:
    check_numbers(knots, pieces + 1, "its knots")
    assert isinstance(knots, np.ndarray)
    require(pieces > 0 and (np.diff(knots) > 0).all(), "its knots do not rise")


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
