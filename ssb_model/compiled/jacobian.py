"""The Jacobian's non-zeros as a program of their own, by forward differentiation.

Every node's derivative with respect to the state is a sparse matrix with a fixed pattern: a
list of (row, column) and one node that computes the values. Linear operations act on those
values by constant sparse matrices, elementwise ones scale them row by row. No seeds, no
colouring: what is constant is folded, what two rows share is computed once.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse


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
        for index in range(node + 1):  # parents precede children: no deep recursion
            if index not in self._derivatives and self._needed(index, node):
                self._derivatives[index] = self._of(index)
        return self._derivatives[node]

    def _needed(self, index, node):
        if getattr(self, "_needed_for", None) != node:
            self._needed_for, self._ancestors, stack = node, set(), [node]
            while stack:
                n = stack.pop()
                if n not in self._ancestors:
                    self._ancestors.add(n)
                    stack.extend(self.program.nodes[n].args)
        return index in self._ancestors

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
        return self._elementwise(index, node, parts)

    def _through_matrix(self, matrix, d):
        """Rows of ``matrix`` mix rows of the operand's derivative."""
        entries = sparse.csr_matrix(
            (np.arange(1, len(d.rows) + 1), (np.arange(len(d.rows)), d.rows)),
            shape=(len(d.rows), matrix.shape[1]),
        )
        # pairs (row of matrix, entry of the operand) that meet in a row of the operand
        meet = sparse.coo_matrix(matrix @ (entries > 0).T.astype(float))
        coefficients = np.asarray(matrix[meet.row, d.rows[meet.col]]).reshape(-1)
        return self._gather(meet.row, d.columns[meet.col], meet.col, coefficients, d.values)

    def _gather(self, rows, columns, source, coefficients, values):
        """Sum ``coefficients * values[source]`` into the entries (rows, columns)."""
        rows, columns, inverse = _unique_pairs(rows, columns)
        shape = (len(rows), self.program.size(values))
        matrix = sparse.csr_matrix((coefficients, (inverse, source)), shape=shape)
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
            self._scaled(node, self._broadcast(d, a, node.size), slope)
            for a, d, slope in zip(node.args, parts, slopes, strict=True)
            if d is not None and slope is not None
        ]
        if not scaled:
            return None
        return scaled[0] if len(scaled) == 1 else self._sum(*scaled)

    def _broadcast(self, d, arg, size):
        """Derivative of a size-1 operand, repeated for every row of the result."""
        if self.program.size(arg) == size:
            return d
        k = len(d.rows)
        values = self.program.take(d.values, np.tile(np.arange(k), size))
        return Derivative(np.repeat(np.arange(size), k), np.tile(d.columns, size), values)

    def _scaled(self, node, d, slope):
        p = self.program
        if p.size(slope) > 1:
            slope = p.take(slope, d.rows)
        return Derivative(d.rows, d.columns, p.binary("mul", slope, d.values))

    def _sum(self, a, b):
        both = self.program.concatenate([a.values, b.values])
        rows = np.concatenate([a.rows, b.rows])
        columns = np.concatenate([a.columns, b.columns])
        return self._gather(rows, columns, np.arange(len(rows)), np.ones(len(rows)), both)


def _unique_pairs(rows, columns):
    """Sorted distinct (row, column) pairs and where each given pair went."""
    width = int(columns.max()) + 1 if len(columns) else 1
    keys, inverse = np.unique(rows.astype(np.int64) * width + columns, return_inverse=True)
    return keys // width, keys % width, inverse.reshape(-1)


def partial_derivatives(program, index):
    """Nodes of d(node)/d(operand) for an elementwise node; None where it is zero."""
    node, p = program.nodes[index], program
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
