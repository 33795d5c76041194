"""An exchange of rows that gives every unknown an entry on the diagonal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection

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
