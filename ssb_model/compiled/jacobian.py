"""The Jacobian's non-zeros as a program of their own, by forward differentiation.

Every node's derivative with respect to the state is a sparse matrix with a fixed pattern: a
list of (row, column) and one node that computes the values. Linear operations act on those
values by constant sparse matrices, elementwise ones scale them row by row. No seeds, no
colouring: what is constant is folded, what two rows share is computed once.
"""

from dataclasses import dataclass

import numpy as np

from ssb_model.compiled.matrix import Matrix, ranges
from ssb_model.compiled.partials import extreme_weights, partial_derivatives, row_of_ones
from ssb_model.compiled.program import needed


@dataclass(frozen=True)
class Derivative:
    """Values (a node) of the entries at ``rows``, ``columns``; sorted, no duplicates."""

    rows: np.ndarray
    columns: np.ndarray
    values: int


class SparseJacobian:
    """Derivatives of a program's nodes with respect to its state."""

    def __init__(self, program):
        self.program = program
        self._derivatives = {}

    def __call__(self, node):
        """Derivative of ``node``, or None where it does not depend on the state."""
        for index in needed(self.program, [node]):  # operands first: no deep recursion
            if index not in self._derivatives:
                self._derivatives[index] = self._of(index)
        return self._derivatives[node]

    def _of(self, index):
        node = self.program.nodes[index]
        if node.op == "state":
            ones = self.program.constant(np.ones(node.size))
            return Derivative(np.arange(node.size), node.data, ones)
        parts = [self._derivatives[a] for a in node.args]
        if all(part is None for part in parts):
            return None
        if node.op == "linear":
            return self._through_matrix(node.data, parts[0])
        if node.op == "concatenate":
            return self._stacked(node.args, parts)
        if node.op == "select":
            return self._selected(node, parts)
        if node.op in ("max", "min"):
            return self._extreme(index, parts[0])
        return self._elementwise(index, node, parts)

    def _through_matrix(self, matrix, d):
        """Rows of ``matrix`` mix rows of the operand's derivative."""
        starts = np.searchsorted(d.rows, np.arange(matrix.shape[1] + 1))
        counts = np.diff(starts)[matrix.indices]
        source = ranges(starts[matrix.indices], counts)
        rows, coefficients = np.repeat(matrix.rows, counts), np.repeat(matrix.data, counts)
        return self._gather(rows, d.columns[source], source, coefficients, d.values)

    def _gather(self, rows, columns, source, coefficients, values):
        """Sum ``coefficients * values[source]`` into the entries (rows, columns)."""
        rows, columns, inverse = _unique_pairs(rows, columns)
        shape = (len(rows), self.program.size(values))
        matrix = Matrix.from_triplets(inverse, source, coefficients, shape)
        return Derivative(rows, columns, self.program.linear(matrix, values))

    def _stacked(self, args, parts):
        starts = np.cumsum([0, *(self.program.size(a) for a in args)])
        present = [(s, d) for s, d in zip(starts, parts, strict=False) if d is not None]
        return Derivative(
            np.concatenate([s + d.rows for s, d in present]),
            np.concatenate([d.columns for _, d in present]),
            self.program.concatenate([d.values for _, d in present]),
        )

    def _elementwise(self, index, node, parts):
        slopes = partial_derivatives(self.program, index)
        scaled = [
            self._scaled(self._broadcast(d, a, node.size), slope)
            for a, d, slope in zip(node.args, parts, slopes, strict=True)
            if d is not None and slope is not None
        ]
        return self._added(scaled)

    def _broadcast(self, d, arg, size):
        """Derivative of a size-1 operand, repeated for every row of the result."""
        if self.program.size(arg) == size:
            return d
        k = len(d.rows)
        values = self.program.take(d.values, np.tile(np.arange(k), size))
        return Derivative(np.repeat(np.arange(size), k), np.tile(d.columns, size), values)

    def _scaled(self, d, slope):
        values = self.program.binary("mul", self._by_row(slope, d), d.values)
        return Derivative(d.rows, d.columns, values)

    def _by_row(self, node, d):
        """Rows of ``node`` at the entries of ``d``; a node of size 1 as it is."""
        return node if self.program.size(node) == 1 else self.program.take(node, d.rows)

    def _selected(self, node, parts):
        """Entries of the operand that is not selected are zero, whatever their value."""
        p, zero = self.program, self.program.constant(0.0)
        chosen = []
        for k in (1, 2):
            if parts[k] is not None:
                d = self._broadcast(parts[k], node.args[k], node.size)
                choice = (d.values, zero) if k == 1 else (zero, d.values)
                values = p.select(self._by_row(node.args[0], d), *choice)
                chosen.append(Derivative(d.rows, d.columns, values))
        return self._added(chosen)

    def _extreme(self, index, d):
        """The derivative of the row that is largest, the mean of those that tie."""
        weights = extreme_weights(self.program, index)
        total = row_of_ones(self.program.size(weights))
        return self._through_matrix(total, self._scaled(d, weights))

    def _added(self, parts):
        if len(parts) < 2:
            return parts[0] if parts else None
        return self._sum(*parts)

    def _sum(self, a, b):
        if np.array_equal(a.rows, b.rows) and np.array_equal(a.columns, b.columns):
            return Derivative(a.rows, a.columns, self.program.binary("add", a.values, b.values))
        both = self.program.concatenate([a.values, b.values])
        rows = np.concatenate([a.rows, b.rows])
        columns = np.concatenate([a.columns, b.columns])
        return self._gather(rows, columns, np.arange(len(rows)), np.ones(len(rows)), both)


def _unique_pairs(rows, columns):
    """Sorted distinct (row, column) pairs and where each given pair went."""
    width = int(columns.max()) + 1 if len(columns) else 1
    keys, inverse = np.unique(rows.astype(np.int64) * width + columns, return_inverse=True)
    return keys // width, keys % width, inverse.reshape(-1)
