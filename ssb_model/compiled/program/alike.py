"""Rows of a program that hold the same number, whatever the state and the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program.program import needed

if TYPE_CHECKING:
    from jaxtyping import Int

    from ssb_model.compiled.program.matrix import Matrix
    from ssb_model.compiled.program.program import Node, Program


def alike(program: Program, node: int) -> Int[np.ndarray, " rows"]:
    """A number for each row of ``node``: rows with the same one are computed alike from the same
    leaves. Rows that are equal for another reason may have different ones."""
    return _Alike(program)(node)


class _Alike:
    """Numbers of rows, node by node: rows of a node are compared by those of its operands."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.rows: dict[int, Int[np.ndarray, " rows"]] = {}
        self.used = 0

    def __call__(self, node: int) -> Int[np.ndarray, " rows"]:
        for index in needed(self.program, [node]):
            self.rows[index] = self._of(self.program.nodes[index])
        return self.rows[node]

    def _of(self, node: Node) -> Int[np.ndarray, " rows"]:
        operands = [self.rows[a] for a in node.args]
        if node.op == "concatenate":
            return np.concatenate(operands)
        if node.op == "linear":
            return self._products(node.data, operands[0])
        if node.op == "constant":
            return self._numbered(node.data.view(np.int64)[:, None])
        if node.op in ("state", "state_tangent"):
            return self._numbered(node.data[:, None])
        if node.size == 1:
            return self._numbered(np.zeros((1, 1), dtype=int))
        return self._numbered(np.stack([np.broadcast_to(r, node.size) for r in operands], axis=1))

    def _products(
        self, matrix: Matrix, operand: Int[np.ndarray, " columns"]
    ) -> Int[np.ndarray, " rows"]:
        """Of a matrix times an operand: rows are told apart by their factors and what they read."""
        if matrix.is_selection:
            return operand[matrix.indices]
        counts = np.diff(matrix.indptr)
        numbers = np.empty(matrix.shape[0], dtype=int)
        for count in np.unique(counts):
            rows = np.flatnonzero(counts == count)
            entries = matrix.indptr[rows][:, None] + np.arange(count)
            factors = matrix.data[entries].view(np.int64)
            numbers[rows] = self._numbered(np.hstack([factors, operand[matrix.indices[entries]]]))
        return numbers

    def _numbered(self, keys: Int[np.ndarray, "rows keys"]) -> Int[np.ndarray, " rows"]:
        """A number for each row of ``keys``, that of no row of another node."""
        distinct, numbers = np.unique(keys, axis=0, return_inverse=True)
        numbers = numbers.reshape(-1) + self.used
        self.used += len(distinct)
        return numbers
