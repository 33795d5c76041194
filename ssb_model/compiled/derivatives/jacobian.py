"""The Jacobian's non-zeros as a program of their own, by forward differentiation.

Every node's derivative with respect to the state is a sum of sparse matrices with fixed
patterns, each with its rows scaled by a column: diag(s1) D1 + diag(s2) D2 + ... Elementwise
operations multiply and add the columns and leave the matrices alone, so a chain of them works
on as many numbers as the node has rows. Operations that mix rows (a matrix, a concatenation)
spread the sum into one list of (row, column) and one node that computes the values. No seeds, no
colouring: what is constant is folded, what two rows share is computed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.derivatives.derivative import (
    Derivative,
    by_row,
    gathered,
    scaled_sum,
    stacked,
)
from ssb_model.compiled.derivatives.partials import (
    extreme_weights,
    partial_derivatives,
    row_of_ones,
)
from ssb_model.compiled.program import needed, product, ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.compiled.program import Matrix, Node, Program

Name = int | tuple[int, int]  # of a base: the node that it is of, and which of its operands
Terms = dict[Name, int]  # the columns (nodes) that scale bases


class SparseJacobian:
    """Derivatives of a program's nodes with respect to its state."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._terms: dict[
            int, Terms
        ] = {}  # by node: its terms' scales by the names of what they scale
        self._bases: dict[
            Name, Derivative
        ] = {}  # by name: a Derivative; that of a node by its number

    def __call__(self, node: int) -> Derivative | None:
        """:class:`Derivative` of ``node``, or None where it does not depend on the state."""
        for index in needed(self.program, [node]):  # operands first: no deep recursion
            if index not in self._terms:
                self._terms[index] = self._of(index)
        return self._whole(node) if self._terms[node] else None

    def _of(self, index: int) -> Terms:
        """The terms of the node's derivative; none where it is zero."""
        node = self.program.nodes[index]
        if node.op == "state":
            ones = self.program.constant(np.ones(node.size))
            entries = (np.arange(node.size), node.data, ones, node.size)
            return self._base(index, Derivative(*entries))
        if not any(self._terms[a] for a in node.args):
            return {}
        if node.op == "linear":
            return self._base(index, self._through_matrix(node.data, self._whole(node.args[0])))
        if node.op == "concatenate":
            return self._base(index, self._stacked(node.args))
        if node.op in ("max", "min"):
            return self._base(index, self._extreme(index, node.args[0]))
        if node.op == "select":
            return self._selected(index, node)
        return self._elementwise(index, node)

    def _base(self, name: Name, derivative: Derivative) -> Terms:
        """A derivative that is one matrix."""
        self._bases[name] = derivative
        return {name: self.program.constant(1.0)}

    def _whole(self, index: int) -> Derivative:
        """The derivative of a node as one matrix."""
        if index not in self._bases:
            self._bases[index] = self._spread(self._terms[index], self.program.size(index))
        return self._bases[index]

    def _spread(self, terms: Terms, size: int) -> Derivative:
        parts = [(self._bases[name], scale) for name, scale in terms.items()]
        return scaled_sum(self.program, parts, size)

    def _through_matrix(self, matrix: Matrix, d: Derivative) -> Derivative:
        """Rows of ``matrix`` mix rows of the operand's derivative."""
        starts = np.searchsorted(d.rows, np.arange(matrix.shape[1] + 1))
        counts = np.diff(starts)[matrix.indices]
        source = ranges(starts[matrix.indices], counts)
        rows, coefficients = np.repeat(matrix.rows, counts), np.repeat(matrix.data, counts)
        entries = (rows, d.columns[source], source, coefficients)
        return gathered(self.program, *entries, d.values, matrix.shape[0])

    def _stacked(self, args: Sequence[int]) -> Derivative:
        starts = np.cumsum([0, *(self.program.size(a) for a in args)]).tolist()
        parts = [(s, self._whole(a)) for s, a in zip(starts, args, strict=False) if self._terms[a]]
        return stacked(self.program, parts, starts[-1])

    def _elementwise(self, index: int, node: Node) -> Terms:
        total = {}
        slopes = partial_derivatives(self.program, index)
        for a, slope in zip(node.args, slopes, strict=True):
            if slope is not None:
                total = self._sum(total, self._scaled(self._terms[a], slope))
        return self._bounded(index, total)

    def _scaled(self, terms: Terms, slope: int) -> Terms:
        p = self.program
        scaled = {name: product(p, slope, scale) for name, scale in terms.items()}
        known = {name: p.value(scale) for name, scale in scaled.items()}
        return {n: s for n, s in scaled.items() if (value := known[n]) is None or value.any()}

    def _sum(self, a: Terms, b: Terms) -> Terms:
        """Two derivatives added term by term."""
        total = dict(a)
        for name, scale in b.items():
            known = name in total
            total[name] = self.program.binary("add", total[name], scale) if known else scale
        return total

    def _bounded(self, index: int, terms: Terms) -> Terms:
        """``terms``, or one matrix where that has fewer numbers than their scales."""
        if len(terms) < 3:
            return terms
        p, whole = self.program, self._spread(terms, self.program.size(index))
        scales = sum(p.size(scale) for scale in terms.values() if p.value(scale) is None)
        return self._base(index, whole) if scales > len(whole.rows) else terms

    def _selected(self, index: int, node: Node) -> Terms:
        """The operand that is not selected counts with zero, whatever its value."""
        p, total = self.program, {}
        condition, *operands = node.args
        for k, operand in enumerate(operands):
            terms = self._terms[operand]
            if any(p.value(self._bases[name].values) is None for name in terms):
                d = self._whole(operand).of_height(p, node.size)
                values = self._choice(by_row(p, condition, d.rows), k, d.values)
                chosen = Derivative(d.rows, d.columns, values, node.size)
                terms = self._base((index, k), chosen)
            else:
                terms = {name: self._choice(condition, k, s) for name, s in terms.items()}
            total = self._sum(total, terms)
        return self._bounded(index, total)

    def _choice(self, condition: int, k: int, value: int) -> int:
        """``value`` where the operand ``k`` is selected, else zero."""
        zero = self.program.constant(0.0)
        return self.program.select(condition, *((value, zero) if k == 0 else (zero, value)))

    def _extreme(self, index: int, operand: int) -> Derivative:
        """The derivative of the row that is largest, the mean of those that tie."""
        terms = self._scaled(self._terms[operand], extreme_weights(self.program, index))
        size = self.program.size(operand)
        return self._through_matrix(row_of_ones(size), self._spread(terms, size))
