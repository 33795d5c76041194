"""C text of a constant sparse matrix times rows that may lie in different arrays.

Where every row has its j-th entry from the same array, and few rows lack it, a row's sum is one
expression. Else rows that are alike in this are a loop of their own, which stores the sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.kernel.tables import Nested, Tables, nested_length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.program import Matrix

    Rows = Sequence[Int[np.ndarray, " rows"]]
    #: the expression of some rows by that of their sums
    Around = Callable[[str, Int[np.ndarray, " rows"], "Tables | Nested"], str]

ROW_ENTRIES = 4  # rows of at most so many entries are written out
WASTE = 1.3  # an expression may read so many times the entries that there are
ARRAYS = ("w", "y", "u", "dy", "du", "t")
ONE = len(ARRAYS)  # the place of a number one, which need not be read


@dataclass(frozen=True)
class Places:
    """Where a node's rows lie: which of :data:`ARRAYS`, and the row there."""

    arrays: Int[np.ndarray, " rows"]
    rows: Int[np.ndarray, " rows"]

    def take(self, indices: Int[np.ndarray, " taken"]) -> Places:
        return Places(self.arrays[indices], self.rows[indices])

    def text(self, tables: Tables | Nested, i: str) -> str:
        """C expression of row ``i``; all rows lie in one array."""
        return f"{ARRAYS[self.arrays[0]]}[{tables.place(self.rows, i)}]"


def in_array(name: str, rows: Sequence[int] | Int[np.ndarray, " rows"]) -> Places:
    rows = np.asarray(rows, dtype=int)
    return Places(np.full(len(rows), ARRAYS.index(name)), rows)


def stacked(parts: Sequence[Places]) -> Places:
    """The places of what is stacked of ``parts``."""
    return Places(*(np.concatenate([getattr(p, key) for p in parts]) for key in ("arrays", "rows")))


def is_one_expression(matrix: Matrix, arrays: Int[np.ndarray, " columns"], stored: bool) -> bool:
    """Whether a row of ``matrix`` times rows that lie in ``arrays`` is one expression.

    Sums that are not ``stored`` in any case may waste as much as storing and reading them takes.
    """
    most = int(np.diff(matrix.indptr).max(initial=0))
    reads = matrix.shape[0] * (most if stored else most - 1)
    if not 0 < most <= ROW_ENTRIES or reads > WASTE * matrix.entries:
        return False
    return all(len(np.unique(arrays[matrix.indices[e]])) == 1 for e in _entries(matrix))


def row_sum(matrix: Matrix, places: Places, tables: Tables | Nested) -> str:
    """The expression of row i; a row without an entry has another one again, times zero."""
    counts = np.diff(matrix.indptr)
    terms = []
    for k, entries in enumerate(_entries(matrix)):
        factors = np.where(k < counts, matrix.data[entries], 0.0)
        terms.append(_term(factors, places.take(matrix.indices[entries]), tables))
    return " + ".join(terms)


def grouped_sums(
    matrix: Matrix, places: Places, tables: Tables, start: int, around: Around, beside: Rows
) -> Iterator[str]:
    """Loops that store what is ``around`` the sums of all rows at ``w[start]`` and after.

    It reads rows ``beside`` them: each time as many as there are sums.
    """
    counts = np.diff(matrix.indptr)
    groups = {}
    for row, count in enumerate(counts):
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        key = tuple(places.arrays[columns]) if count <= ROW_ENTRIES else None
        groups.setdefault(key, []).append(row)
    for key, rows in groups.items():
        part, rows = matrix.take(rows), np.array(rows)
        head, named = f"for (int i = 0; i < {len(rows)}; i++)", tables
        value = _long_row_sum(part, places, tables) if key is None else "v_of(0)"
        if key:
            read = [places.take(part.indices[entries]).rows for entries in _entries(part)]
            if length := nested_length([rows, *read, *(others[rows] for others in beside)]):
                named = Nested(tables, length)
                head = f"for (int k = 0; k < {len(rows) // length}; k++) "
                head += f"for (int i = 0; i < {length}; i++)"
            value = row_sum(part, places, named)
        stored = around(value, rows, named)
        yield f"{head} w[{named.place(start + rows, 'i')}] = {stored};"


def _entries(matrix: Matrix) -> Iterator[Int[np.ndarray, " rows"]]:
    """For k = 0, 1, ...: each row's k-th entry, or the last that it has."""
    counts = np.diff(matrix.indptr)
    last = np.maximum(matrix.indptr[1:] - 1, 0)
    for k in range(int(counts.max(initial=0))):
        yield np.minimum(matrix.indptr[:-1] + k, last)


def _term(
    factors: Float[np.ndarray, " rows"], places: Places, tables: Tables | Nested, i: str = "i"
) -> str:
    factor = tables.factor(factors, i)
    if places.arrays[0] == ONE:
        return f"v_of({factor})"
    value = places.text(tables, i)
    return value if (factors == 1).all() else f"{factor} * {value}"


def _long_row_sum(matrix: Matrix, places: Places, tables: Tables) -> str:
    """A sum over each row's entries in a loop, array by array."""
    arrays, sums = places.arrays[matrix.indices], []
    for array in np.unique(arrays):
        mine = arrays == array
        begin = tables(np.concatenate([[0], np.cumsum(mine)])[matrix.indptr])
        term = _term(matrix.data[mine], places.take(matrix.indices[mine]), tables, "p")
        sums.append(f"for (int p = {begin}[i]; p < {begin}[i + 1]; p++) s += {term};")
    return f"({{ v s = v_of(0); {' '.join(sums)} s; }})"
