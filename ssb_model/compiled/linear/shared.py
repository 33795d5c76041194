"""Entries of L and U that are the same number: they are computed, kept and read once.

A mesh's inside, or particles side by side, give a matrix many entries that are equal whatever the
state, and its factors too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from jaxtyping import Int

    from ssb_model.compiled.linear.elimination import Elimination

MOST_PRODUCTS = 100_000  # beyond which to look takes longer than it saves
ZERO = -1  # what fill-in starts from


class Shared(NamedTuple):
    """Where the entries of L and U are kept.

    at : the place of each entry; equal ones have the same
    places : how many places there are
    rows : the rows of L and U, in order, that have an entry that none before them has
    """

    at: Int[np.ndarray, " store"]
    places: int
    rows: Int[np.ndarray, " rows"]


def shared(plan: Elimination, alike: Int[np.ndarray, " entries"]) -> Shared:
    """What a factorisation shares where matrix entries with the same number in ``alike`` are equal.

    The elimination is gone through once with numbers that stand for values: equal operations on
    equal values give one number.
    """
    own = plan.source >= 0
    if plan.products > MOST_PRODUCTS or len(np.unique(alike)) == len(alike):
        return Shared(np.arange(plan.entries), plan.entries, np.arange(len(plan.order)))
    known: dict[tuple[int, ...], int] = {}
    first = int(alike.max(initial=0)) + 1
    values = np.full(plan.entries, ZERO)
    values[own] = alike[plan.source[own]]
    starts, pivots, columns, lu = (
        x.tolist() for x in (plan.starts, plan.pivots, plan.columns, values)
    )

    def number(*key: int) -> int:
        return known.setdefault(key, first + len(known))

    for i, (start, pivot) in enumerate(zip(starts[:-1], pivots, strict=True)):
        end = starts[i + 1]
        row = dict(zip(columns[start:end], lu[start:end], strict=True))
        for p in range(start, pivot):
            k = columns[p]
            lu[p] = factor = number(row[k], lu[pivots[k]])
            for q in range(pivots[k] + 1, starts[k + 1]):
                row[columns[q]] = number(row[columns[q]], factor, lu[q])
        lu[pivot] = number(row[i])
        lu[pivot + 1 : end] = [row[column] for column in columns[pivot + 1 : end]]
    _, where, at = np.unique(lu, return_index=True, return_inverse=True)
    rows = np.unique(np.searchsorted(plan.starts, where, side="right") - 1)
    return Shared(at.reshape(-1), len(where), rows)
