"""A constant sparse matrix as plain arrays; numpy only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float, Int


@dataclass(frozen=True, eq=False)
class Matrix:
    """Row by row: ``indices[indptr[i]:indptr[i + 1]]`` are the columns of row i's entries.

    Columns are sorted within a row; no entry is stored twice and none is zero.
    """

    shape: tuple[int, int]
    indptr: Int[np.ndarray, " rows_and_one"]
    indices: Int[np.ndarray, " entries"]
    data: Float[np.ndarray, " entries"]

    @classmethod
    def from_triplets(
        cls,
        rows: Int[np.ndarray, " triplets"],
        columns: Int[np.ndarray, " triplets"],
        data: Float[np.ndarray, " triplets"],
        shape: tuple[int, int],
    ) -> Matrix:
        """The matrix of ``shape`` with ``data`` at (rows, columns); repeated entries add up."""
        width = max(shape[1], 1)
        keys = np.asarray(rows, dtype=np.int64) * width + columns
        keys, data = _summed(keys, np.asarray(data, dtype=float))
        keys, data = keys[data != 0], data[data != 0]
        indptr = np.searchsorted(keys, np.arange(shape[0] + 1) * width)
        return cls((shape[0], shape[1]), indptr, keys % width, data)

    @property
    def entries(self) -> int:
        """How many entries are stored."""
        return len(self.data)

    @property
    def rows(self) -> Int[np.ndarray, " entries"]:
        """Row of each entry."""
        return np.repeat(np.arange(self.shape[0]), np.diff(self.indptr))

    def take(self, rows: Int[np.ndarray, " taken"] | Sequence[int]) -> Matrix:
        """The matrix of these ``rows``, in this order."""
        counts = np.diff(self.indptr)[rows]
        entries = ranges(self.indptr[rows], counts)
        indptr = np.concatenate([[0], np.cumsum(counts)])
        shape = (len(rows), self.shape[1])
        return Matrix(shape, indptr, self.indices[entries], self.data[entries])

    def times(self, column: Float[np.ndarray, " columns"]) -> Float[np.ndarray, " rows"]:
        """Product with an array (columns,)."""
        return np.bincount(self.rows, self.data * column[self.indices], self.shape[0])

    def products(self, other: Matrix) -> int:
        """How many multiplications ``self @ other`` takes."""
        return int(np.diff(other.indptr)[self.indices].sum())

    def __matmul__(self, other: Matrix) -> Matrix:
        counts = np.diff(other.indptr)[self.indices]
        entries = ranges(other.indptr[self.indices], counts)
        data = np.repeat(self.data, counts) * other.data[entries]
        rows = np.repeat(self.rows, counts)
        shape = (self.shape[0], other.shape[1])
        return Matrix.from_triplets(rows, other.indices[entries], data, shape)

    @property
    def is_selection(self) -> bool:
        """Whether every row picks one operand row as it is."""
        return bool((np.diff(self.indptr) == 1).all() and (self.data == 1).all())

    @property
    def is_identity(self) -> bool:
        square = self.shape[0] == self.shape[1]
        return square and self.is_selection and _counts_up(self.indices)


def ranges(
    starts: Int[np.ndarray, " ranges"], counts: Int[np.ndarray, " ranges"]
) -> Int[np.ndarray, " numbers"]:
    """The numbers start, start + 1, ... of each (start, count), one range after the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)


def _summed(
    keys: Int[np.ndarray, " triplets"], data: Float[np.ndarray, " triplets"]
) -> tuple[Int[np.ndarray, " distinct"], Float[np.ndarray, " distinct"]]:
    """Sorted distinct keys and the sums of their data."""
    if (keys[1:] > keys[:-1]).all():
        return keys, data
    keys, inverse = np.unique(keys, return_inverse=True)
    return keys, np.bincount(inverse.reshape(-1), data, len(keys))


def _counts_up(indices: Int[np.ndarray, " entries"]) -> bool:
    return bool((indices == np.arange(len(indices))).all())
