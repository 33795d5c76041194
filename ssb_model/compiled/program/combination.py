"""A constant matrix times a column, written as few matrices times the columns that it is made of.

What a concatenation stacks, what other matrices made, and what constants scaled is looked
through: the matrix's columns are dealt out to the parts, scaled, multiplied and added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program.matrix import Matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.program.program import Program


FEWEST, FEW = 8, 1 / 4  # rows, and the share of them: less is not worth a loop of its own


def combined(program: Program, matrix: Matrix, a: int) -> int | None:
    """The node of ``matrix`` times node ``a``, or None where there is nothing to look through."""
    if matrix.is_selection and program.nodes[a].op in ("mul", "neg"):
        return None  # picking rows is free, scaling them again is not
    terms = {}
    for block, node in _terms(program, matrix, a):
        terms[node] = _added(terms[node], block) if node in terms else block
    if list(terms) == [a]:
        return None
    terms = {node: block for node, block in terms.items() if block.entries}
    if not terms:
        return program.constant(np.zeros(matrix.shape[0]))
    order = sorted(terms, key=lambda n: (program.nodes[n].op != "state", n))
    whole = program.concatenate(order)
    return None if whole == a else program.linear(_beside([terms[n] for n in order]), whole)


def drawn_out(program: Program, matrix: Matrix, a: int) -> int | None:
    """``matrix`` times a number times a column as that number times a product, or None: worth it
    where the column is made by matrices itself, which then are one with this one."""
    node = program.nodes[a]
    if node.op != "mul" or matrix.is_selection:
        return None
    number, column = sorted(node.args, key=program.size)
    if program.size(number) > 1 or program.value(number) is not None:
        return None
    parts = program.nodes[column]
    made = parts.args if parts.op == "concatenate" else (column,)
    if not any(program.nodes[part].op == "linear" for part in made):
        return None
    return program.binary("mul", number, program.linear(matrix, column))


def picked(program: Program, a: int, rows: Int[np.ndarray, " picked"]) -> int:
    """Rows ``rows``, which rise, of node ``a``; what only others need is left out, as far as
    matrices, numbers that scale them and concatenations go."""
    node = program.nodes[a]
    if len(rows) == node.size:
        return a
    if node.op == "concatenate":
        ends = np.cumsum([program.size(part) for part in node.args])
        cuts = np.split(rows, np.searchsorted(rows, ends[:-1]))
        starts = [0, *ends[:-1].tolist()]
        pairs = zip(node.args, starts, cuts, strict=True)
        return program.concatenate([picked(program, p, c - s) for p, s, c in pairs if len(c)])
    if node.op == "neg":
        return program.unary("neg", picked(program, node.args[0], rows))
    if node.op == "mul":
        number, column = sorted(node.args, key=program.size)
        if program.size(number) == 1:
            return program.binary("mul", number, picked(program, column, rows))
    if node.op == "linear":
        matrix = node.data.take(rows)
        read, places = np.unique(matrix.indices, return_inverse=True)
        if len(read):
            shape = (len(rows), len(read))
            narrow = Matrix(shape, matrix.indptr, places.reshape(-1), matrix.data)
            return program.linear(narrow, picked(program, node.args[0], read))
    return program.take(a, rows)


def joined(program: Program, a: int, b: int) -> int | None:
    """The sum of two products with matrices as one product, or None where it would be more work:
    worth it where one has few rows with entries, as a flux has at the ends of a mesh."""
    nodes = program.nodes[a], program.nodes[b]
    if any(node.op != "linear" for node in nodes) or nodes[0].size != nodes[1].size:
        return None
    filled = [np.count_nonzero(np.diff(node.data.indptr)) for node in nodes]
    if nodes[0].size < FEWEST or min(filled) > FEW * nodes[0].size:
        return None
    whole = program.concatenate([node.args[0] for node in nodes])
    return program.linear(_beside([node.data for node in nodes]), whole)


def _terms(program: Program, matrix: Matrix, a: int) -> Iterator[tuple[Matrix, int]]:
    """Pairs of a matrix and a node whose products add up to ``matrix`` times node ``a``."""
    node = program.nodes[a]
    if node.op == "concatenate":
        starts = np.cumsum([0, *(program.size(part) for part in node.args)]).tolist()
        for part, start in zip(node.args, starts, strict=False):
            block = _columns(matrix, start, start + program.size(part))
            if block.entries:
                yield from _part(program, block, part)
    elif node.op == "neg":
        yield from _terms(program, _scaled(matrix, -1.0), node.args[0])
    elif node.op == "mul" and (factor := program.value(node.args[0])) is not None:
        b = node.args[1]
        if program.size(b) == node.size:
            yield from _terms(program, _scaled(matrix, factor), b)
        else:
            yield from _terms(program, _column(matrix.times(factor)), b)
    elif node.op == "linear" and worth_merging(matrix, node.data):
        yield from _terms(program, matrix @ node.data, node.args[0])
    else:
        yield matrix, a


def _part(program: Program, block: Matrix, part: int) -> Iterator[tuple[Matrix, int]]:
    """Terms of a concatenation's part: of a constant its product, of the state what is read."""
    node = program.nodes[part]
    if node.op == "constant":
        yield _column(block.times(node.data)), program.constant(1.0)
    elif node.op == "state":
        read, places = np.unique(block.indices, return_inverse=True)
        shape = (block.shape[0], len(read))
        narrow = Matrix(shape, block.indptr, places.reshape(-1), block.data)
        yield narrow, program.state(node.data[read])
    else:
        yield from _terms(program, block, part)


def worth_merging(outer: Matrix, inner: Matrix) -> bool:
    """Whether one matrix is less work than two: a mean, then a broadcast, is not."""
    return outer.products(inner) <= 2 * (outer.entries + inner.entries)


def _columns(matrix: Matrix, start: int, end: int) -> Matrix:
    inside = (matrix.indices >= start) & (matrix.indices < end)
    rows, columns = matrix.rows[inside], matrix.indices[inside] - start
    shape = (matrix.shape[0], end - start)
    return Matrix.from_triplets(rows, columns, matrix.data[inside], shape)


def _scaled(matrix: Matrix, factor: float | Float[np.ndarray, " factors"]) -> Matrix:
    """``matrix`` with its columns scaled."""
    factors = np.broadcast_to(factor, matrix.shape[1])[matrix.indices]
    return Matrix.from_triplets(matrix.rows, matrix.indices, matrix.data * factors, matrix.shape)


def _column(values: Float[np.ndarray, " rows"]) -> Matrix:
    rows = np.arange(len(values))
    return Matrix.from_triplets(rows, np.zeros_like(rows), values, (len(values), 1))


def _added(a: Matrix, b: Matrix) -> Matrix:
    rows, columns = np.concatenate([a.rows, b.rows]), np.concatenate([a.indices, b.indices])
    return Matrix.from_triplets(rows, columns, np.concatenate([a.data, b.data]), a.shape)


def _beside(matrices: Sequence[Matrix]) -> Matrix:
    """Matrices with their columns one after the other."""
    starts = np.cumsum([0, *(m.shape[1] for m in matrices)])
    columns = [s + m.indices for s, m in zip(starts, matrices, strict=False)]
    rows, data = [m.rows for m in matrices], [m.data for m in matrices]
    shape = (matrices[0].shape[0], starts[-1])
    joined = (np.concatenate(parts) for parts in (rows, columns, data))
    return Matrix.from_triplets(*joined, shape=shape)
