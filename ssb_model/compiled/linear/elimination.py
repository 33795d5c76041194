"""Elimination order of a sparse matrix, worked out once on the host.

Unknowns are eliminated in levels: each level is a set of unknowns that do not touch each
other, chosen among those of lowest Markowitz cost (rows times columns of the update), so
that a level is a few wide operations whatever its number of unknowns. Unknowns without an
entry on the diagonal wait until fill-in gives them one. There is no numerical pivoting: the
matrices are M/(gamma h) - J, ruled by their diagonal.

The resulting :class:`Elimination` lists every entry of L and U once, level by level, with
the products that update it: the numeric phase (``factorisation.py``) gathers and never
scatters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from jaxtyping import Int

# A level takes unknowns up to such a factor above the lowest cost. The inside of a chain costs
# four times its end: a factor beyond four halves chains where a smaller one shortens them.
SLACK = {"operations": 1.5, "levels": 6.0}

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


@dataclass(frozen=True)
class Elimination:
    """The levels, the unknowns in order of elimination, and the number of entries."""

    levels: tuple[Level, ...]
    order: Int[np.ndarray, " unknowns"]
    entries: int


def plan_elimination(
    size: int,
    rows: Int[np.ndarray, " entries"],
    columns: Int[np.ndarray, " entries"],
    last: Iterable[int] = (),
    fewest: Literal["operations", "levels"] = "operations",
) -> Elimination:
    """Plan the LU factorisation of a matrix with entries at ``rows``, ``columns``.

    Parameters
    ----------
    size
        Number of unknowns.
    rows, columns
        Pattern; entry n of the numeric values belongs to (rows[n], columns[n]).
    last
        Unknowns to eliminate after all others.
    fewest
        What the order saves. Levels are what a device with many lanes waits for; fewer of them
        take about three times the updates.

    Raises
    ------
    InputError
        If the matrix is structurally singular without row exchanges.
    """
    graph = _Graph(size, rows, columns)
    slack = SLACK[fewest]
    levels, remaining, last = [], set(range(size)), set(map(int, last))
    while remaining:
        pivots = graph.independent_pivots(remaining - last or remaining, slack)
        for k in pivots:
            graph.eliminate(k)
        remaining.difference_update(pivots)
        levels.append(pivots)
    return _arrange(graph, levels, {e: n for n, e in enumerate(zip(rows, columns, strict=True))})


class _Graph:
    """The matrix's pattern while unknowns are eliminated from it."""

    def __init__(
        self, size: int, rows: Int[np.ndarray, " entries"], columns: Int[np.ndarray, " entries"]
    ) -> None:
        self.in_row: list[set[int]] = [set() for _ in range(size)]
        self.in_column: list[set[int]] = [set() for _ in range(size)]
        for i, j in zip(rows, columns, strict=True):
            self.in_row[i].add(int(j))
            self.in_column[j].add(int(i))
        self.upper: dict[int, list[int]] = {}  # by pivot: columns of its row
        self.lower: dict[int, list[int]] = {}  # by pivot: rows of its column
        self.left: list[list[int]] = [
            [] for _ in range(size)
        ]  # by row: pivots with an L entry there
        self.products: dict[
            Entry, list[int]
        ] = {}  # by entry (i, j): pivots k whose (i, k)(k, j) update it

    def independent_pivots(self, candidates: Collection[int], slack: float) -> list[int]:
        """Unknowns up to ``slack`` times as costly as the cheapest; none touches another."""
        cost = {
            k: (len(self.in_row[k]) - 1) * (len(self.in_column[k]) - 1)
            for k in candidates
            if k in self.in_row[k]
        }
        if not cost:
            raise InputError(
                f"The model's matrix has no pivot for {len(candidates)} unknowns "
                "(structurally singular); check that every state has an equation."
            )
        limit = min(cost.values()) * slack
        chosen, touched = [], set()
        for k in sorted((k for k in cost if cost[k] <= limit), key=lambda k: (cost[k], k)):
            if k not in touched:
                chosen.append(k)
                touched |= self.in_row[k] | self.in_column[k]
        return sorted(chosen)

    def eliminate(self, k: int) -> None:
        """Remove unknown ``k``: fill in, and remember the products."""
        rows, columns = self.in_column[k] - {k}, self.in_row[k] - {k}
        for i in rows:
            self.in_row[i].discard(k)
            self.in_row[i] |= columns
            self.left[i].append(k)
            for j in columns:
                self.products.setdefault((i, j), []).append(k)
        for j in columns:
            self.in_column[j].discard(k)
            self.in_column[j] |= rows
        self.upper[k], self.lower[k] = sorted(columns), sorted(rows)


def _arrange(
    graph: _Graph, levels: Sequence[Sequence[int]], source: Mapping[Entry, int]
) -> Elimination:
    """Give every entry its place in the store, then describe each level by places."""
    order = np.array([k for pivots in levels for k in pivots])
    place = {int(k): n for n, k in enumerate(order)}
    position: dict[Entry, int] = {}
    contents: list[tuple[Sequence[int], list[Entry], list[Entry], list[Entry]]] = []
    for pivots in levels:
        upper = [(k, j) for k in pivots for j in graph.upper[k]]
        lower = [(i, k) for k in pivots for i in graph.lower[k]]
        entries = [(k, k) for k in pivots] + upper + lower
        start = len(position)
        position.update({entry: start + n for n, entry in enumerate(entries)})
        contents.append((pivots, upper, lower, entries))
    described = tuple(_level(graph, *c, source, position, place) for c in contents)
    return Elimination(described, order, len(position))


def _level(
    graph: _Graph,
    pivots: Sequence[int],
    upper: Sequence[Entry],
    lower: Sequence[Entry],
    entries: Sequence[Entry],
    source: Mapping[Entry, int],
    position: Mapping[Entry, int],
    place: Mapping[int, int],
) -> Level:
    slot = {k: n for n, k in enumerate(pivots)}
    return Level(
        pivots=len(pivots),
        uppers=len(upper),
        source=np.array([source.get(entry, -1) for entry in entries]),
        updates=_terms(
            [(position[i, k], position[k, j]) for k in graph.products.get((i, j), ())]
            for i, j in entries
        ),
        lower_pivot=np.array([slot[j] for _, j in lower], dtype=int),
        forward=_terms([(position[k, j], place[j]) for j in graph.left[k]] for k in pivots),
        backward=_terms([(position[k, j], place[j]) for j in graph.upper[k]] for k in pivots),
        below=_terms([(position[i, k], place[i]) for i in graph.lower[k]] for k in pivots),
    )


def _terms(items: Iterable[Sequence[Entry]]) -> Terms:
    """Rank items by falling number of terms and group the t-th terms of all."""
    items = list(items)
    rank = np.argsort([-len(terms) for terms in items], kind="stable")
    ranked = [items[n] for n in rank]
    depth = len(ranked[0]) if ranked else 0
    pairs = (np.array([terms[t] for terms in ranked if len(terms) > t]).T for t in range(depth))
    return Terms(rank, tuple(pairs))
