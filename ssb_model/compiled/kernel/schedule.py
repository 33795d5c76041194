"""Which nodes of a program are computed, and in which loop over rows.

Nodes of one size that only need each other row by row share one loop, so that what they pass
on stays in registers. What only stacks or picks stored rows is not computed at all (it is
*virtual*): its readers go to the rows themselves. A sum whose rows differ too much in what they
add up has loops of its own (it is *apart*), in which what is done to it alone is done at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.kernel.row_sums import ARRAYS, ONE, is_one_expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jaxtyping import Int

    from ssb_model.compiled.program import Node, Program

LEAVES = {
    "constant": None,
    "state": "y",
    "input": "u",
    "time": "t",
    "state_tangent": "dy",
    "input_tangent": "du",
}  # and the array that they are read from
ACROSS = {"linear", "max", "min"}  # operations that read other rows than their own
STORED = ACROSS | {"concatenate"}  # operations that read what is stored
AT_ONCE = {"add", "sub", "mul", "neg"}  # operations that a sum which is apart takes along


class Schedule:
    """The order of the nodes that ``results`` need and that are not ``done``.

    Attributes
    ----------
    own
        Those nodes, operands first.
    virtual, apart
        See the module's docstring.
    inside
        Operands that are computed only where the one node that reads them is.
    sums
        The sum in what is apart, where it is not the node itself.
    depth
        How many loops must have ended before a node's own may start.
    """

    def __init__(self, program: Program, results: Iterable[int], done: Iterable[int]) -> None:
        self.program = program
        self.own = self._unknown(results, set(done))
        self._to_compute = set(self.own)
        self.virtual: set[int] = set()
        self.apart: set[int] = set()
        self.inside: set[int] = set()
        self.sums: dict[int, int] = {}
        self.depth: dict[int, int] = {}
        self._look_through(results)
        for n in self.own:
            self.depth[n] = self._depth(self.node(n))

    def node(self, n: int) -> Node:
        return self.program.nodes[n]

    def is_leaf(self, n: int) -> bool:
        return self.node(n).op in LEAVES

    def loop(self, n: int) -> tuple[int | None, int]:
        """What the nodes of a loop have in common."""
        return self.depth.get(n), self.node(n).size

    def row_by_row(self, node: Node, a: int) -> bool:
        """Whether ``node`` needs of ``a`` only the row at hand, as its loop computes it."""
        if node.op == "concatenate":
            return True  # a concatenation follows the loops of its depth
        if node.op in ACROSS or a in self.apart or a in self.virtual:
            return False
        return self.node(a).op != "concatenate" and self.node(a).size == node.size

    def handed_over(self) -> set[int]:
        """Nodes that other loops read, so that they must be in the workspace."""
        kept, at_once = set(self.apart), self.apart | self.inside
        for n in self.own:
            node = self.node(n)
            for a in node.args:
                other = self.loop(a) != self.loop(n) or not self.row_by_row(node, a)
                if other or node.op == "concatenate" or n in at_once:
                    kept |= self._computed(a)
        return kept

    def _computed(self, a: int) -> set[int]:
        """What is computed for node ``a``: itself, or what it looks through to."""
        if a not in self.depth or self.is_leaf(a) or a in self.inside:
            return set()
        if a in self.virtual:
            return set().union(*map(self._computed, self.node(a).args))
        return {a}

    def _unknown(self, results: Iterable[int], seen: set[int]) -> list[int]:
        own, stack = set(), list(results)
        while stack:
            n = stack.pop()
            if n not in seen:
                seen.add(n)
                own.add(n)
                stack.extend(self.node(n).args)
        return sorted(own)

    def _depth(self, node: Node) -> int:
        depths = [
            self.depth[a] + (not self.row_by_row(node, a))
            for a in node.args
            if a in self.depth and not self.is_leaf(a)
        ]
        return max(depths, default=0)

    def _look_through(self, results: Iterable[int]) -> None:
        """Find the virtual nodes and the sums that are apart."""
        readers, count = defaultdict(set), Counter(results)
        for n in self.own:
            count.update(self.node(n).args)
            for a in self.node(n).args:
                readers[a].add(self.node(n).op)
        whole = set(results)  # and the concatenations in them: their rows follow each other
        for n in reversed(self.own):
            if n in whole and self.node(n).op == "concatenate":
                whole.update(self.node(n).args)
        for n in self.own:
            node = self.node(n)
            if n not in whole and self._can_be_virtual(node, readers[n] <= {"linear"}):
                self.virtual.add(n)
            elif node.op == "linear":
                stored, arrays = readers[n] <= STORED, self._where(node.args[0])
                if not is_one_expression(node.data, arrays, stored):
                    self.apart.add(n)
            elif node.op in AT_ONCE and node.size > 1:
                self._take_along(n, count, n in whole or readers[n] <= STORED)

    def _take_along(self, n: int, count: Counter[int], stored: bool) -> None:
        """Let a sum among the operands of ``n`` do its operation, unless that costs more reading
        than it saves: only where ``n`` is ``stored`` in any case may others have to be, too."""
        args, size = self.node(n).args, self.program.size
        sums = [a for a in args if a in self.apart and count[a] == 1 and size(a) == size(n)]
        others = [a for a in args if a not in sums[:1]]
        products = [a for a in others if count[a] == 1 < size(a) and self._is_free_product(a)]
        if not sums or any(a in self.virtual for a in others):
            return
        if stored or all(self._is_free(a) or a in products for a in others):
            self.apart.symmetric_difference_update({sums[0], n})
            self.sums[n] = self.sums.pop(sums[0], sums[0])
            self.inside.update([sums[0], *products])

    def _is_free(self, a: int) -> bool:
        """Whether a node can be read without being stored for it."""
        known = self.is_leaf(a) or a not in self._to_compute or self.program.size(a) == 1
        return known and a not in self.virtual

    def _is_free_product(self, a: int) -> bool:
        node = self.node(a)
        return node.op == "mul" and a in self._to_compute and all(map(self._is_free, node.args))

    def _can_be_virtual(self, node: Node, sums: bool) -> bool:
        """Whether the readers of ``node``, all of them ``sums`` or not, can do without its rows."""
        if node.op == "linear" and node.data.is_selection:
            arrays = self._where(node.args[0])[node.data.indices]
            return not self.is_leaf(node.args[0]) and (sums or not arrays.any())
        if node.op != "concatenate":
            return False
        parts = [part for a in node.args if (part := self.arrays(a)) is not None]
        if len(parts) < len(node.args):
            return False
        return sums or not np.concatenate(parts).any()

    def arrays(self, n: int) -> Int[np.ndarray, " rows"] | None:
        """In which of ``ARRAYS`` the rows of node ``n`` lie; None where only in a table."""
        node = self.node(n)
        if n in self.virtual:
            parts = np.concatenate([self._where(a) for a in node.args])
            return parts if node.op == "concatenate" else parts[node.data.indices]
        if node.op == "constant":
            return np.array([ONE]) if node.size == 1 and node.data[0] == 1 else None
        return np.full(node.size, ARRAYS.index(LEAVES.get(node.op) or "w"))

    def _where(self, n: int) -> Int[np.ndarray, " rows"]:
        """:meth:`arrays` of a node whose rows are not in a table: of what matrices multiply."""
        arrays = self.arrays(n)
        assert arrays is not None, "a matrix times a constant has been folded"
        return arrays
