"""An elimination as JAX takes it: level by level, each entry with the products that update it.

A level is the unknowns that do not touch each other, so that the numeric phase
(``factorisation.py``) is a few wide operations a level: it gathers and never scatters. The lists
grow with the number of products; the C kernel does without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jaxtyping import Int

    from ssb_model.compiled.linear.elimination import Elimination

MOST_PRODUCTS = 2_000_000  # beyond which XLA takes minutes and gigabytes to compile them

Entry = tuple[int, int]  # row and column


@dataclass(frozen=True)
class Terms:
    """Sums of products, for items ranked by falling number of terms.

    rank : the items, most terms first
    pairs : for t = 0, 1, ..., the two factors of the t-th term, arrays (2, n), of the
        first n ranked items
    """

    rank: Int[np.ndarray, " items"]
    pairs: tuple[Int[np.ndarray, "2 ranked"], ...]


@dataclass(frozen=True)
class Level:
    """One level. Its part of the store holds pivots' inverses, then U, then L entries.

    source : matrix entry that each of them starts from, -1 for fill-in
    updates : products of store positions to subtract from them
    lower_pivot : which pivot of the level divides each L entry
    forward, backward : (store position, place in the elimination order) of the terms to
        subtract in the triangular solves, an item an unknown
    below : the same for the pivot's column of L, which the transposed solve needs
    """

    pivots: int
    uppers: int
    source: Int[np.ndarray, " entries"]
    updates: Terms
    lower_pivot: Int[np.ndarray, " lower"]
    forward: Terms
    backward: Terms
    below: Terms

    @property
    def size(self) -> int:
        """Entries of the store."""
        return self.pivots + self.uppers + len(self.lower_pivot)


def levels_of(plan: Elimination) -> tuple[Level, ...]:
    """The levels of ``plan``; unknowns are told by their place in its order.

    Raises
    ------
    InputError
        If there are too many products for JAX to list them.
    """
    if plan.products > MOST_PRODUCTS:
        raise InputError(
            f"The model's matrix takes {plan.products} products to factorise, and JAX alone is fit "
            f"for {MOST_PRODUCTS}; solve it on a CPU with a C compiler, or on a coarser mesh."
        )
    return _Levels(plan).described()


class _Levels:
    """What the levels are made of: L and U by pivot, products by entry, places in the store."""

    def __init__(self, plan: Elimination) -> None:
        size = len(plan.order)
        rows = np.repeat(np.arange(size), np.diff(plan.starts))
        entries = zip(rows.tolist(), plan.columns.tolist(), strict=True)
        self.source: dict[Entry, int] = dict(zip(entries, plan.source.tolist(), strict=True))
        self.left: list[list[int]] = [[] for _ in range(size)]  # by row: columns of L
        self.upper: list[list[int]] = [[] for _ in range(size)]  # by pivot: columns of U
        self.lower: list[list[int]] = [[] for _ in range(size)]  # by pivot: rows of L
        for i, j in self.source:
            if j < i:
                self.left[i].append(j)
                self.lower[j].append(i)
            elif j > i:
                self.upper[i].append(j)
        # by entry (i, j): pivots k whose (i, k)(k, j) update it
        self.products: dict[Entry, list[int]] = {}
        for k in range(size):
            for i in self.lower[k]:
                for j in self.upper[k]:
                    self.products.setdefault((i, j), []).append(k)
        levels = np.split(np.arange(size), np.cumsum(plan.sizes)[:-1])
        self.pivots: list[list[int]] = [level.tolist() for level in levels]
        self.position: dict[Entry, int] = {}

    def described(self) -> tuple[Level, ...]:
        """Give every entry its place in the store, then describe each level by places."""
        contents: list[tuple[Sequence[int], list[Entry], list[Entry], list[Entry]]] = []
        for pivots in self.pivots:
            upper = [(k, j) for k in pivots for j in self.upper[k]]
            lower = [(i, k) for k in pivots for i in self.lower[k]]
            entries = [(k, k) for k in pivots] + upper + lower
            start = len(self.position)
            self.position.update({entry: start + n for n, entry in enumerate(entries)})
            contents.append((pivots, upper, lower, entries))
        return tuple(self._level(*content) for content in contents)

    def _level(
        self,
        pivots: Sequence[int],
        upper: Sequence[Entry],
        lower: Sequence[Entry],
        entries: Sequence[Entry],
    ) -> Level:
        at = self.position
        return Level(
            pivots=len(pivots),
            uppers=len(upper),
            source=np.array([self.source[entry] for entry in entries]),
            updates=_terms(
                [(at[i, k], at[k, j]) for k in self.products.get((i, j), ())] for i, j in entries
            ),
            lower_pivot=np.array([k - pivots[0] for _, k in lower], dtype=int),
            forward=_terms([(at[k, j], j) for j in self.left[k]] for k in pivots),
            backward=_terms([(at[k, j], j) for j in self.upper[k]] for k in pivots),
            below=_terms([(at[i, k], i) for i in self.lower[k]] for k in pivots),
        )


def _terms(items: Iterable[Sequence[Entry]]) -> Terms:
    """Rank items by falling number of terms and group the t-th terms of all."""
    items = list(items)
    rank = np.argsort([-len(terms) for terms in items], kind="stable")
    ranked = [items[n] for n in rank]
    depth = len(ranked[0]) if ranked else 0
    pairs = (np.array([terms[t] for terms in ranked if len(terms) > t]).T for t in range(depth))
    return Terms(rank, tuple(pairs))
