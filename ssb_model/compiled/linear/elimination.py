"""Elimination order of a sparse matrix, worked out once on the host.

Unknowns are eliminated in levels: each level is a set of unknowns that do not touch each
other, chosen among those of lowest Markowitz cost (rows times columns of the update), so
that a level is a few wide operations whatever its number of unknowns. Unknowns without an
entry on the diagonal wait until fill-in gives them one that cannot cancel; where that never
comes, rows are exchanged first (``exchange.py``). There is no numerical pivoting beyond that: the
matrices are M/(gamma h) - J, ruled by their diagonal.

The resulting :class:`Elimination` lists every entry of L and U once, row by row: its memory is
linear in the fill. What JAX needs besides, level by level, is made on demand (``levels.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssb_model.compiled.linear.exchange import Matching, exchanged
from ssb_model.compiled.linear.levels import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jaxtyping import Int

    from ssb_model.compiled.linear.levels import Level

# A level takes unknowns up to such a factor above the lowest cost. The inside of a chain costs
# four times its end: a factor beyond four halves chains where a smaller one shortens them.
SLACK = {"operations": 1.5, "levels": 6.0}


@dataclass(frozen=True, eq=False)
class Elimination:
    """The unknowns in order of elimination, and the rows of L and U in that order.

    Attributes
    ----------
    order
        Unknown of each place.
    equations
        Row of the matrix whose pivot it is; ``order`` itself where no rows are exchanged.
    sizes
        Unknowns of each level.
    starts, columns
        Row n has its entries at the places ``columns[starts[n]:starts[n + 1]]``, rising: those of
        L, the pivot, those of U.
    source
        Matrix entry that each of them starts from, -1 for fill-in.
    """

    order: Int[np.ndarray, " unknowns"]
    equations: Int[np.ndarray, " unknowns"]
    sizes: Int[np.ndarray, " levels"]
    starts: Int[np.ndarray, " unknowns_and_one"]
    columns: Int[np.ndarray, " store"]
    source: Int[np.ndarray, " store"]

    @property
    def entries(self) -> int:
        """How many entries L and U have."""
        return len(self.columns)

    @cached_property
    def pivots(self) -> Int[np.ndarray, " unknowns"]:
        """Where each row's pivot lies among the entries."""
        rows = np.repeat(np.arange(len(self.order)), np.diff(self.starts))
        return np.flatnonzero(rows == self.columns)

    @property
    def products(self) -> int:
        """How many products a factorisation takes."""
        rows = np.repeat(np.arange(len(self.order)), np.diff(self.starts))
        below = np.bincount(self.columns[self.columns < rows], minlength=len(self.order))
        return int(below @ (self.starts[1:] - self.pivots - 1))

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The same, as JAX takes it."""
        return levels_of(self)


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
        If the matrix is structurally singular.
    """
    last = set(map(int, last))
    same = np.arange(size)
    graph = _Graph(size, rows, columns)
    levels = graph.eliminated(last, SLACK[fewest])
    if levels is None:
        same = exchanged(size, rows, columns, last)
        graph = _Graph(size, same[rows], columns)
        levels = graph.eliminated(last, SLACK[fewest])
    assert levels is not None  # every unknown is on the diagonal now
    return _arrange(graph, levels, rows, columns, same)


class _Graph:
    """The matrix's pattern while unknowns are eliminated from it."""

    def __init__(
        self, size: int, rows: Int[np.ndarray, " entries"], columns: Int[np.ndarray, " entries"]
    ) -> None:
        self.in_row: list[set[int]] = [set() for _ in range(size)]
        self.in_column: list[set[int]] = [set() for _ in range(size)]
        for i, j in zip(np.asarray(rows).tolist(), np.asarray(columns).tolist(), strict=True):
            self.in_row[i].add(j)
            self.in_column[j].add(i)
        self.matching = Matching([set(row) for row in self.in_row])
        self.own = {k for k in range(size) if k in self.in_row[k]}
        self.remaining = set(range(size))
        self.costs: list[tuple[int, int]] = []  # a heap of (cost, unknown), some of them outdated
        # by pivot and by row: columns of U, columns of L
        self.upper: list[list[int]] = [[] for _ in range(size)]
        self.left: list[list[int]] = [[] for _ in range(size)]

    def eliminated(self, last: set[int], slack: float) -> list[list[int]] | None:
        """The levels, with ``last`` at the end; None where an unknown is left without a pivot."""
        levels = []
        for group in (self.remaining - last, last):
            self.costs = [(cost, k) for k in group if (cost := self._cost(k)) is not None]
            heapify(self.costs)
            waiting = set(group)
            while waiting:
                pivots = self._independent_pivots(waiting, slack)
                if not pivots:
                    return None
                full = self._cost(pivots[0]) == (len(self.remaining) - 1) ** 2
                if full and self.remaining <= self.own:
                    return [*levels, *self._eliminate_full(pivots[0], last)]
                touched = set().union(*(self._eliminate(k) for k in pivots))
                waiting.difference_update(pivots)
                levels.append(pivots)
                for k in touched & waiting:
                    if (cost := self._cost(k)) is not None:
                        heappush(self.costs, (cost, k))
        return levels

    def _cost(self, k: int) -> int | None:
        if k not in self.in_row[k]:
            return None
        return (len(self.in_row[k]) - 1) * (len(self.in_column[k]) - 1)

    def _independent_pivots(self, waiting: set[int], slack: float) -> list[int]:
        """Unknowns up to ``slack`` times as costly as the cheapest; none touches another.

        Those passed over touch a pivot, so that they get another cost.
        """
        chosen, touched, limit = [], set(), np.inf
        while self.costs and self.costs[0][0] <= limit:
            cost, k = heappop(self.costs)
            if k not in waiting or cost != self._cost(k):
                continue
            if k not in touched:
                if not self.matching.grows_by(k):
                    continue
                chosen.append(k)
                touched |= self.in_row[k] | self.in_column[k]
            limit = min(limit, cost * slack)
        return sorted(chosen)

    def _eliminate(self, k: int) -> set[int]:
        """Remove unknown ``k`` and fill in; the unknowns that it touched."""
        rows, columns = self.in_column[k] - {k}, self.in_row[k] - {k}
        for i in rows:
            self.in_row[i].discard(k)
            self.in_row[i] |= columns
            self.left[i].append(k)
        for j in columns:
            self.in_column[j].discard(k)
            self.in_column[j] |= rows
        self.upper[k] = list(columns)
        self.remaining.discard(k)
        self.in_row[k], self.in_column[k] = set(), set()
        return rows | columns

    def alike(self, level: Sequence[int]) -> list[int]:
        """A level's unknowns, those together that have as many entries in L and in U."""
        return sorted(level, key=lambda k: (len(self.left[k]), len(self.upper[k])))

    def _eliminate_full(self, first: int, last: set[int]) -> list[list[int]]:
        """Levels of all that remain, where ``first`` touches all others: all is full then."""
        order = [first, *sorted(self.remaining - last - {first}), *sorted(last - {first})]
        for n, k in enumerate(order):
            self.upper[k] = order[n + 1 :]
            self.left[k] += order[:n]
        return [[k] for k in order]


def _arrange(
    graph: _Graph,
    levels: Sequence[Sequence[int]],
    rows: Int[np.ndarray, " entries"],
    columns: Int[np.ndarray, " entries"],
    unknown_of_row: Int[np.ndarray, " unknowns"],
) -> Elimination:
    """Rows of L and U by places, and which matrix entries they start from."""
    order = np.array([*chain.from_iterable(map(graph.alike, levels))], dtype=int)
    size = len(order)
    place = np.argsort(order)
    lists = [[*graph.left[k], k, *graph.upper[k]] for k in order]
    starts = np.cumsum([0, *map(len, lists)])
    entries = np.fromiter(chain.from_iterable(lists), int, starts[-1])
    keys = np.sort(np.repeat(np.arange(size), np.diff(starts)) * size + place[entries])
    source = np.full(len(keys), -1)
    own = place[unknown_of_row[rows]] * size + place[columns]
    source[np.searchsorted(keys, own)] = np.arange(len(own))
    equations = np.argsort(unknown_of_row)[order]
    sizes = np.array([len(pivots) for pivots in levels], dtype=int)
    return Elimination(order, equations, sizes, starts, keys % max(size, 1), source)
