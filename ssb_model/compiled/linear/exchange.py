"""Matchings of rows and unknowns by a matrix's entries: pivots that do not cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence, Set as AbstractSet

    from jaxtyping import Int


def exchanged(
    size: int,
    rows: Int[np.ndarray, " entries"],
    columns: Int[np.ndarray, " entries"],
    last: Collection[int] = (),
) -> Int[np.ndarray, " unknowns"]:
    """The unknown that each row is to be the equation of.

    As many rows as can be stay where they are; those of ``last`` do in any case.

    Raises
    ------
    InputError
        If no exchange does: the matrix is structurally singular.
    """
    from scipy.sparse import csr_matrix  # here, since a saved model runs without scipy
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    fixed = np.isin(np.arange(size), list(last))
    free = ~(fixed[rows] | fixed[columns])
    own = fixed[rows] & (rows == columns)
    rows, columns = (np.concatenate([x[free], x[own]]) for x in (rows, columns))
    weights = np.where(rows == columns, 1.0, 2.0)
    pattern = csr_matrix((weights, (rows, columns)), shape=(size, size))
    try:
        matched_rows, unknowns = min_weight_full_bipartite_matching(pattern)
    except ValueError as error:
        raise InputError(
            "The model's matrix has no pivot for some unknowns in any order of its rows "
            "(structurally singular); check that every state has an equation."
        ) from error
    result = np.empty(size, dtype=int)
    result[matched_rows] = unknowns
    return result


class Matching:
    """The unknowns eliminated so far, each with a row of its own among their rows.

    Fill-in on the diagonal is a pivot only where the matching grows by it (an augmenting path):
    elsewhere the entries that make it cancel, whatever their values.
    """

    def __init__(self, pattern: Sequence[AbstractSet[int]]) -> None:
        self.pattern = pattern  # by row: its unknowns
        self.row_of: dict[int, int] = {}

    def grows_by(self, unknown: int) -> bool:
        """Whether ``unknown`` and its row can be matched too; they are from now on."""
        row_before: dict[int, int] = {}  # by unknown, on the paths from the new row
        unknown_before: dict[int, int] = {}  # by row
        rows = [unknown]
        while rows and unknown not in row_before:
            row = rows.pop()
            for other in self.pattern[row] - row_before.keys():
                if other == unknown or other in self.row_of:
                    row_before[other] = row
                if other in self.row_of:
                    rows.append(self.row_of[other])
                    unknown_before[self.row_of[other]] = other
        if unknown not in row_before:
            return False
        at, row = unknown, row_before[unknown]
        while row != unknown:
            self.row_of[at] = row
            at = unknown_before[row]
            row = row_before[at]
        self.row_of[at] = row
        return True
