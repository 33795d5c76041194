"""A model as a list of array operations: the compiler's own intermediate form.

A :class:`Program` is a list of nodes, each an operation on earlier nodes and a column of
``size`` numbers. Equal nodes are one node (hash-consing), constants are folded, and runs of
linear operations are merged into one sparse matrix. It is plain data: numpy arrays and
names, no code, no PyBaMM.

Operations: ``constant`` (array), ``state`` (index array), ``input`` (name), ``time``,
elementwise functions (:data:`UNARY`, :data:`BINARY`; a size-1 operand broadcasts),
``linear`` (constant sparse matrix times a column) and ``concatenate``.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.special import erf

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
    "erf": erf,
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


@dataclass(frozen=True, eq=False)
class Node:
    """One operation: its name, the numbers of its operands, its constant data, its size."""

    op: str
    args: tuple
    data: object
    size: int


class Program:
    """Nodes in order of evaluation; the methods append nodes and return their numbers."""

    def __init__(self):
        self.nodes = []
        self._known = {}

    def size(self, node):
        return self.nodes[node].size

    def value(self, node):
        """The array of a constant node, else None."""
        return self.nodes[node].data if self.nodes[node].op == "constant" else None

    def constant(self, array):
        array = np.atleast_1d(np.asarray(array, dtype=float)).reshape(-1)
        return self._append("constant", (), array, array.size, array.tobytes())

    def state(self, indices):
        indices = np.asarray(indices, dtype=int)
        return self._append("state", (), indices, indices.size, indices.tobytes())

    def input(self, name):
        return self._append("input", (), name, 1, name)

    def time(self):
        return self._append("time", (), None, 1, None)

    def unary(self, op, a):
        if self.value(a) is not None:
            return self.constant(UNARY[op](self.value(a)))
        return self._append(op, (a,), None, self.size(a), None)

    def binary(self, op, a, b):
        x, y = self.value(a), self.value(b)
        if x is not None and y is not None:
            return self.constant(BINARY[op](x, y))
        simpler = self._simplified(op, a, b, x, y)
        if simpler is not None:
            return simpler
        return self._append(op, (a, b), None, max(self.size(a), self.size(b)), None)

    def _simplified(self, op, a, b, x, y):
        """The node that a neutral or annihilating constant operand leaves, or None."""
        size = max(self.size(a), self.size(b))
        whole_a, whole_b = self.size(a) == size, self.size(b) == size
        if whole_a and y is not None and _neutral(y, op, after=True):
            return a
        if whole_b and x is not None and _neutral(x, op, after=False):
            return b
        zero = [v is not None and not v.any() for v in (x, y)]
        if (op == "mul" and any(zero)) or (op == "div" and zero[0]):
            return self.constant(np.zeros(size))
        if op == "pow" and y is not None and y.size == 1:
            return self._constant_power(a, float(y[0]))
        return None

    def _constant_power(self, a, exponent):
        """Cheaper nodes for the commonest exponents, or None."""
        if exponent == 1:
            return a
        if exponent == 2:
            return self.binary("mul", a, a)
        if exponent == 0.5:
            return self.unary("sqrt", a)
        if exponent == -1:
            return self.binary("div", self.constant(1.0), a)
        return None

    def linear(self, matrix, a):
        """``matrix`` (sparse, constant) times node ``a``."""
        matrix = sparse.csr_matrix(matrix)
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        inner = self.nodes[a]
        if inner.op == "constant":
            return self.constant(matrix @ inner.data)
        if inner.op == "linear":
            return self.linear(matrix @ inner.data, inner.args[0])
        if inner.op == "state" and _is_selection(matrix):
            return self.state(inner.data[matrix.indices])
        if _is_identity(matrix):
            return a
        key = (matrix.shape, matrix.indptr.tobytes(), matrix.indices.tobytes())
        return self._append("linear", (a,), matrix, matrix.shape[0], (*key, matrix.data.tobytes()))

    def take(self, a, indices):
        """Rows ``indices`` of node ``a``."""
        indices = np.asarray(indices, dtype=int)
        if self.size(a) == 1 and indices.size == 1:
            return a
        ones = np.ones(indices.size)
        shape = (indices.size, self.size(a))
        return self.linear(sparse.csr_matrix((ones, (np.arange(indices.size), indices)), shape), a)

    def concatenate(self, parts):
        parts = [p for p in parts if self.size(p)]
        if len(parts) == 1:
            return parts[0]
        if all(self.value(p) is not None for p in parts):
            return self.constant(np.concatenate([self.value(p) for p in parts] or [[]]))
        size = sum(self.size(p) for p in parts)
        return self._append("concatenate", tuple(parts), None, size, None)

    def broadcast(self, a, size):
        """Node ``a`` of size 1 repeated ``size`` times; any other node is returned as it is."""
        return a if self.size(a) == size else self.take(a, np.zeros(size, dtype=int))

    def _append(self, op, args, data, size, key):
        key = (op, args, key)
        if key not in self._known:
            self._known[key] = len(self.nodes)
            self.nodes.append(Node(op, args, data, size))
        return self._known[key]


def _neutral(constant, op, after):
    """Whether ``constant`` leaves the other operand of ``op`` as it is."""
    if op in (("add", "sub") if after else ("add",)):
        return not constant.any()
    return op in (("mul", "div") if after else ("mul",)) and bool((constant == 1).all())


def _is_selection(matrix):
    return bool((np.diff(matrix.indptr) == 1).all() and (matrix.data == 1).all())


def _is_identity(matrix):
    return (
        matrix.shape[0] == matrix.shape[1]
        and _is_selection(matrix)
        and bool((matrix.indices == np.arange(matrix.shape[0])).all())
    )
