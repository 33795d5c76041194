"""A model as a list of array operations: the compiler's own intermediate form.

A :class:`Program` is a list of nodes, each an operation on earlier nodes and a column of
``size`` numbers. Equal nodes are one node (hash-consing), constants are folded, and runs of
linear operations are merged into one sparse matrix. It is plain data: numpy arrays and
names, no code, no PyBaMM.

Operations, with their constant data: ``constant`` (array), ``state`` (index array), ``input``
(name), ``time``, elementwise functions (:data:`UNARY`, :data:`BINARY`; a size-1 operand
broadcasts), ``piecewise`` (a :class:`Piecewise` polynomial of the operands), ``select`` (second
operand where the first is not zero, else the third), ``max`` and ``min`` over the operand's
rows, ``linear`` (a constant sparse :class:`Matrix` times a column) and ``concatenate``. The
leaves ``state_tangent`` and ``input_tangent`` are the direction of a directional derivative.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.program.combination import combined, drawn_out, joined, worth_merging
from ssb_model.compiled.program.matrix import Matrix
from ssb_model.compiled.program.piecewise import Piecewise
from ssb_model.compiled.program.simplify import negated, ordered, simplified

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from jaxtyping import Float
    from numpy.typing import ArrayLike

UNARY = {
    "neg": np.negative,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "sin": np.sin,
    "cos": np.cos,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "arcsinh": np.arcsinh,
    "arctan": np.arctan,
    "erf": np.vectorize(math.erf, otypes=[float]),
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
}
BINARY = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "minimum": np.minimum,
    "maximum": np.maximum,
    "less": lambda a, b: np.less(a, b).astype(float),
    "less_equal": lambda a, b: np.less_equal(a, b).astype(float),
    "equal": lambda a, b: np.equal(a, b).astype(float),
    "mod": np.mod,
}
EXTREMES = {"max": np.max, "min": np.min}


@dataclass(frozen=True, eq=False)
class Node:
    """One operation: its name, the numbers of its operands, its constant data, its size."""

    op: str
    args: tuple[int, ...]
    data: Any  # an array, a name, a Matrix or a Piecewise: the operation says which
    size: int


class Program:
    """Nodes in order of evaluation; the methods append nodes and return their numbers."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self.nodes: list[Node] = list(nodes)
        self._known: dict[Hashable, int] = {
            (node.op, node.args, _key(node.data)): n for n, node in enumerate(self.nodes)
        }

    def size(self, node: int) -> int:
        return self.nodes[node].size

    def value(self, node: int) -> Float[np.ndarray, " rows"] | None:
        """The array of a constant node, else None."""
        return self.nodes[node].data if self.nodes[node].op == "constant" else None

    def constant(self, array: ArrayLike) -> int:
        array = np.atleast_1d(np.asarray(array, dtype=float)).reshape(-1)
        return self._append("constant", (), array, array.size)

    def state(self, indices: ArrayLike) -> int:
        indices = np.asarray(indices, dtype=int)
        return self._append("state", (), indices, indices.size)

    def input(self, name: str) -> int:
        return self._append("input", (), name, 1)

    def time(self) -> int:
        return self._append("time", (), None, 1)

    def state_tangent(self, indices: ArrayLike) -> int:
        indices = np.asarray(indices, dtype=int)
        return self._append("state_tangent", (), indices, indices.size)

    def input_tangent(self, name: str) -> int:
        return self._append("input_tangent", (), name, 1)

    def unary(self, op: str, a: int) -> int:
        value = self.value(a)
        if value is not None:
            return self.constant(_folded(UNARY[op], value))
        simpler = negated(self, a) if op == "neg" else None
        return self._append(op, (a,), None, self.size(a)) if simpler is None else simpler

    def binary(self, op: str, a: int, b: int) -> int:
        a, b = ordered(self, op, a, b)
        x, y = self.value(a), self.value(b)
        if x is not None and y is not None:
            return self.constant(_folded(BINARY[op], x, y))
        simpler = simplified(self, op, a, b)
        if simpler is None and op == "add":
            simpler = joined(self, a, b)
        if simpler is not None:
            return simpler
        return self._append(op, (a, b), None, max(self.size(a), self.size(b)))

    def piecewise(self, polynomial: Piecewise, *variables: int) -> int:
        """A :class:`Piecewise` polynomial of every row of ``variables``."""
        known = [value for a in variables if (value := self.value(a)) is not None]
        if len(known) == len(variables):
            return self.constant(polynomial(*known))
        size = max(map(self.size, variables))
        return self._append("piecewise", variables, polynomial, size)

    def select(self, condition: int, a: int, b: int) -> int:
        """``a`` where ``condition`` is not zero, else ``b``; the other's value is not used."""
        if a == b:
            return a
        size = max(map(self.size, (condition, a, b)))
        known = self.value(condition)
        if known is not None and (known != 0).all():
            return self.broadcast(a, size)
        if known is not None and not known.any():
            return self.broadcast(b, size)
        return self._append("select", (condition, a, b), None, size)

    def extreme(self, op: str, a: int) -> int:
        """The ``"max"`` or ``"min"`` of the rows of ``a``."""
        value = self.value(a)
        if value is not None:
            return self.constant(EXTREMES[op](value))
        return a if self.size(a) == 1 else self._append(op, (a,), None, 1)

    def linear(self, matrix: Matrix, a: int) -> int:
        """A constant :class:`Matrix` times node ``a``."""
        inner = self.nodes[a]
        if matrix.shape[1] != inner.size:
            raise ValueError(f"A matrix of shape {matrix.shape} times {inner.size} rows.")
        if inner.op == "constant":
            return self.constant(matrix.times(inner.data))
        if inner.op == "linear" and worth_merging(matrix, inner.data):
            return self.linear(matrix @ inner.data, inner.args[0])
        if inner.op == "state" and matrix.is_selection:
            return self.state(inner.data[matrix.indices])
        if inner.op == "state_tangent" and matrix.is_selection:
            return self.state_tangent(inner.data[matrix.indices])
        if matrix.is_identity:
            return a
        if not matrix.entries:
            return self.constant(np.zeros(matrix.shape[0]))
        through = drawn_out(self, matrix, a) or combined(self, matrix, a)
        if through is not None:
            return through
        return self._append("linear", (a,), matrix, matrix.shape[0])

    def take(self, a: int, indices: ArrayLike) -> int:
        """Rows ``indices`` of node ``a``."""
        indices = np.asarray(indices, dtype=int)
        if self.size(a) == 1 and indices.size == 1:
            return a
        rows, ones = np.arange(indices.size), np.ones(indices.size)
        return self.linear(
            Matrix.from_triplets(rows, indices, ones, (indices.size, self.size(a))), a
        )

    def concatenate(self, parts: Sequence[int]) -> int:
        parts = self._states_joined([p for p in parts if self.size(p)])
        if len(parts) == 1:
            return parts[0]
        known = [value for p in parts if (value := self.value(p)) is not None]
        if len(known) == len(parts):
            return self.constant(np.concatenate(known or [np.zeros(0)]))
        size = sum(self.size(p) for p in parts)
        return self._append("concatenate", tuple(parts), None, size)

    def _states_joined(self, parts: Sequence[int]) -> list[int]:
        """``parts`` with neighbouring pieces of the state as one."""
        joined = []
        for part in parts:
            pieces = [self.nodes[n] for n in (*joined[-1:], part)]
            if len(pieces) == 2 and all(piece.op == "state" for piece in pieces):
                joined[-1] = self.state(np.concatenate([piece.data for piece in pieces]))
            else:
                joined.append(part)
        return joined

    def broadcast(self, a: int, size: int) -> int:
        """Node ``a`` of size 1 repeated ``size`` times; any other node is returned as it is."""
        return a if self.size(a) == size else self.take(a, np.zeros(size, dtype=int))

    def copy(self, node: Node, args: Sequence[int]) -> int:
        """A node of another program, with its operands' numbers in this one."""
        return self._append(node.op, tuple(args), node.data, node.size)

    def _append(self, op: str, args: tuple[int, ...], data: Any, size: int) -> int:
        key = (op, args, _key(data))
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(op, args, data, size))
        return self._known[key]


def _key(data: Any) -> Hashable:
    """What tells a node's constant data from another's."""
    if isinstance(data, np.ndarray):
        return data.tobytes()
    if isinstance(data, Matrix):
        return data.shape, *map(_key, (data.indptr, data.indices, data.data))
    return data.key if isinstance(data, Piecewise) else data


def needed(program: Program, results: Iterable[int]) -> list[int]:
    """Numbers of the nodes that ``results`` depend on, in order."""
    seen, stack = set(), list(results)
    while stack:
        index = stack.pop()
        if index not in seen:
            seen.add(index)
            stack.extend(program.nodes[index].args)
    return sorted(seen)


def _folded(
    function: Callable[..., np.ndarray], *values: Float[np.ndarray, " rows"]
) -> Float[np.ndarray, " rows"]:
    with np.errstate(all="ignore"):  # a branch that is never taken may be infinite
        return function(*values)
