"""Which nodes of a program are computed, and in which loop over rows.

Nodes of one size that only need each other row by row share one loop, so that what they pass
on stays in registers. What only stacks or picks stored rows is not computed at all (it is
*virtual*): its readers go to the rows themselves. A sum whose rows differ too much in what they
add up has loops of its own (it is *apart*), in which a number may scale it at once.
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


class Schedule:
    """The order of the nodes that ``results`` need and that are not ``done``.

    Attributes
    ----------
    own
        Those nodes, operands first.
    virtual, apart
        See the module's docstring.
    scaled
        What is apart and a number times a sum: the two.
    depth
        How many loops must have ended before a node's own may start.
    """

    def __init__(self, program: Program, results: Iterable[int], done: Iterable[int]) -> None:
        self.program = program
        self.own = self._unknown(results, set(done))
        self.virtual: set[int] = set()
        self.apart: set[int] = set()
        self.scaled: dict[int, tuple[int, int]] = {}
        self.inside: set[int] = set()  # the sums that are scaled at once, and read by nothing else
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
        kept = set(self.apart)
        for n in self.own:
            node = self.node(n)
            for a in node.args:
                other = self.loop(a) != self.loop(n) or not self.row_by_row(node, a)
                if other or node.op == "concatenate":
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
            elif node.op == "mul":
                number, a = sorted(node.args, key=self.program.size)
                alone = a in self.apart and a not in self.scaled and count[a] == 1
                if alone and node.size > 1 and self._is_number(number):
                    self.apart.symmetric_difference_update({a, n})
                    self.scaled[n] = number, a
                    self.inside.add(a)

    def _is_number(self, n: int) -> bool:
        """Whether a node is one row that is not in a table."""
        return self.node(n).size == 1 and self.node(n).op != "constant" and n not in self.virtual

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
