"""Sparse derivatives with fixed patterns, and how a sum of scaled ones becomes one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program import Matrix, constant_factor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.program import Program


@dataclass(frozen=True)
class Derivative:
    """Values (a node) of the entries at ``rows``, ``columns``; sorted, no duplicates.

    height : how many rows there are, with entries or not
    """

    rows: Int[np.ndarray, " entries"]
    columns: Int[np.ndarray, " entries"]
    values: int
    height: int

    def of_height(self, program: Program, height: int) -> Derivative:
        """The derivative of a single row for each of ``height`` equal rows; others as they are."""
        if self.height == height:
            return self
        k = len(self.rows)
        rows, columns = np.repeat(np.arange(height), k), np.tile(self.columns, height)
        values = program.take(self.values, np.tile(np.arange(k), height))
        return Derivative(rows, columns, values, height)


def gathered(
    program: Program,
    rows: Int[np.ndarray, " terms"],
    columns: Int[np.ndarray, " terms"],
    source: Int[np.ndarray, " terms"],
    coefficients: Float[np.ndarray, " terms"],
    values: int,
    height: int,
) -> Derivative:
    """The sum of ``coefficients * values[source]`` in the entries (rows, columns)."""
    rows, columns, inverse = _unique_pairs(rows, columns)
    shape = (len(rows), program.size(values))
    matrix = Matrix.from_triplets(inverse, source, coefficients, shape)
    return Derivative(rows, columns, program.linear(matrix, values), height)


def stacked(program: Program, parts: Sequence[tuple[int, Derivative]], height: int) -> Derivative:
    """Derivatives below each other: those of ``parts``, (first row, Derivative) in order."""
    return Derivative(
        np.concatenate([start + d.rows for start, d in parts]),
        np.concatenate([d.columns for _, d in parts]),
        program.concatenate([d.values for _, d in parts]),
        height,
    )


def scaled_sum(
    program: Program, terms: Sequence[tuple[Derivative, int]], height: int
) -> Derivative:
    """The sum of ``terms``, pairs of a Derivative and the column, or number, that scales it."""
    spread = [_spread(program, d.of_height(program, height), scale) for d, scale in terms]
    starts = np.cumsum([0, *(program.size(values) for *_, values in spread)])
    rows, columns, source, factors = (
        np.concatenate([part[k] + (starts[n] if k == 2 else 0) for n, part in enumerate(spread)])
        for k in range(4)
    )
    values = program.concatenate([values for *_, values in spread])
    return gathered(program, rows, columns, source, factors, values, height)


def by_row(program: Program, column: int, rows: Int[np.ndarray, " rows"]) -> int:
    """Rows ``rows`` of a column; a single number as it is."""
    return column if program.size(column) == 1 else program.take(column, rows)


def _spread(
    program: Program, d: Derivative, scale: int
) -> tuple[
    Int[np.ndarray, " terms"],
    Int[np.ndarray, " terms"],
    Int[np.ndarray, " terms"],
    Float[np.ndarray, " terms"],
    int,
]:
    """Rows, columns, rows of a source, factors, and the source: a node as narrow as can be."""
    factor, scale = constant_factor(program, scale)
    factors = np.broadcast_to(factor, d.height)[d.rows]
    constants, single = program.value(d.values), program.size(scale) == 1
    if constants is not None:
        source = np.zeros_like(d.rows) if single else d.rows
        return d.rows, d.columns, source, factors * constants, scale
    values = program.binary("mul", by_row(program, scale, d.rows), d.values)
    return d.rows, d.columns, np.arange(len(d.rows)), factors, values


def _unique_pairs(
    rows: Int[np.ndarray, " entries"], columns: Int[np.ndarray, " entries"]
) -> tuple[Int[np.ndarray, " distinct"], Int[np.ndarray, " distinct"], Int[np.ndarray, " entries"]]:
    """Sorted distinct (row, column) pairs and where each given pair went."""
    width = int(columns.max()) + 1 if len(columns) else 1
    keys, inverse = np.unique(rows.astype(np.int64) * width + columns, return_inverse=True)
    return keys // width, keys % width, inverse.reshape(-1)
