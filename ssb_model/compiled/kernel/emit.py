"""A ``Program`` as C loops over rows, a vector of members wide.

Every value is a ``v``, the same number for several members. Values stay in registers within a
loop (``schedule.py``); what others read out of order is stored in the workspace.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.kernel.expressions import elementwise
from ssb_model.compiled.kernel.row_sums import (
    ONE,
    Places,
    grouped_sums,
    in_array,
    row_sum,
    stacked,
)
from ssb_model.compiled.kernel.schedule import LEAVES, Schedule
from ssb_model.compiled.kernel.tables import Nested, Tables, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jaxtyping import Float, Int

    from ssb_model.compiled.program import Node, Piecewise, Program

    Rows = Int[np.ndarray, " rows"]

__all__ = ["Function", "Tables", "number"]


class Function:
    """C text that computes ``results`` of a program into a workspace.

    Parameters
    ----------
    program
        Of nodes.
    results
        Nodes to compute.
    input_names
        Order of the inputs' rows.
    tables
        Where constants go.
    known
        One whose workspace already holds its nodes; this one goes on in the same workspace.

    Attributes
    ----------
    body
        Statements that read ``t``, ``y``, ``u`` (and ``dy``, ``du``) and fill ``w``.
    at
        Row of the workspace where a stored node starts.
    size
        Rows of the workspace.
    """

    def __init__(
        self,
        program: Program,
        results: Sequence[int],
        input_names: Sequence[str],
        tables: Tables,
        known: Function | None = None,
    ) -> None:
        self.program, self.tables = program, tables
        self.input_rows = {name: n for n, name in enumerate(input_names)}
        self.at: dict[int, int] = dict(known.at) if known else {}
        self.size = known.size if known else 0
        self.schedule = Schedule(program, results, self.at)
        self._place((self.schedule.handed_over() | set(results)) - set(self.at))
        self.body = "\n".join(self._statements())

    def _node(self, n: int) -> Node:
        return self.program.nodes[n]

    def _place(self, kept: set[int]) -> None:
        """Rows in the workspace for the nodes ``kept``, parts inside their whole."""
        self.copies: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for n in reversed(self.schedule.own):
            if self._node(n).op == "concatenate" and n not in self.schedule.virtual:
                self._place_parts(n, kept)
        for n in sorted(kept):
            self._allot(n)

    def _place_parts(self, n: int, kept: set[int]) -> None:
        self._allot(n)
        start = self.at[n]
        for a in self._node(n).args:
            if a in kept and a not in self.at:
                self.at[a] = start
            else:
                self.copies[self.schedule.depth[n]].append((a, start))
            start += self._node(a).size

    def _allot(self, n: int) -> None:
        if n not in self.at:
            self.at[n] = self.size
            self.size += self._node(n).size

    def _places(self, n: int) -> Places:
        """:class:`Places` of the rows of node ``n``."""
        node = self._node(n)
        if n in self.schedule.virtual:
            whole = stacked([self._places(a) for a in node.args])
            return whole if node.op == "concatenate" else whole.take(node.data.indices)
        array = LEAVES.get(node.op, "w")
        if node.op in ("state", "state_tangent"):
            return in_array(array, node.data)
        if node.op in ("input", "input_tangent"):
            return in_array(array, [self.input_rows[node.data]])
        if node.op == "time":
            return in_array(array, [0])
        if node.op == "constant":
            return Places(np.array([ONE]), np.array([0]))
        return in_array(array, self.at[n] + np.arange(node.size))

    def _statements(self) -> Iterator[str]:
        """Depth by depth the shared loops, the sums with loops of their own, then the copies."""
        schedule, loops = self.schedule, defaultdict(list)
        unneeded = schedule.virtual | schedule.inside
        computed = [n for n in schedule.own if n not in unneeded and self._node(n).size]
        for n in computed:
            real = self._node(n).op != "concatenate" and n not in schedule.apart
            if real and (not schedule.is_leaf(n) or n in self.at):
                loops[schedule.loop(n)].append(n)
        for depth in range(max(schedule.depth.values(), default=0) + 1):
            for (d, size), nodes in loops.items():
                if d == depth:
                    yield self._loop(size, nodes)
            for n in computed:
                if n in schedule.apart and schedule.depth[n] == depth:
                    yield from self._sums(n)
            for a, start in reversed(self.copies[depth]):  # inner wholes first
                yield self._copy(a, start)

    def _sums(self, n: int) -> Iterator[str]:
        """Loops of a node that is apart."""
        n_sum = self.schedule.sums.get(n, n)
        places = self._places(self._node(n_sum).args[0])
        beside = [self._places(a).rows for a in self._read_beside(n, n_sum)]
        around = partial(self._around, n)
        return grouped_sums(self._node(n_sum).data, places, self.tables, self.at[n], around, beside)

    def _read_beside(self, n: int, n_sum: int) -> Iterator[int]:
        """Nodes of as many rows as ``n`` that it reads beside its sum."""
        if n == n_sum:
            return
        for a in self._node(n).args:
            if a in self.schedule.inside:
                yield from self._read_beside(a, n_sum)
            elif self._node(a).size > 1 and self._node(a).op != "constant":
                yield a

    def _around(self, n: int, value: str, rows: Rows, named: Tables | Nested) -> str:
        """Expression of some ``rows`` of a node that is apart, of which the sum's ``value`` is
        known."""
        node = self._node(n)
        if node.op == "linear":
            return value
        args = [
            f"({self._around(a, value, rows, named)})"
            if a in self.schedule.inside
            else self._read_rows(a, rows, named)
            for a in node.args
        ]
        return elementwise(node.op, args)

    def _read_rows(self, a: int, rows: Rows, named: Tables | Nested) -> str:
        node = self._node(a)
        if node.size == 1:
            return self._read(a)
        if node.op == "constant":
            return f"v_of({named.factor(node.data[rows], 'i')})"
        return self._places(a).take(rows).text(named, "i")

    def _loop(self, size: int, nodes: Sequence[int]) -> str:
        inside, lines = set(), []
        for n in nodes:
            lines.append(f"v r{n} = {self._value(n, inside)};")
            if n in self.at:
                place = f"{self.at[n]} + i" if size > 1 else self.at[n]
                lines.append(f"w[{place}] = r{n};")
            inside.add(n)
        head = "{" if size == 1 else f"for (int i = 0; i < {size}; i++) {{"
        return "\n  ".join([head, *lines]) + "\n}"

    def _copy(self, a: int, start: int) -> str:
        size = self._node(a).size
        return f"for (int i = 0; i < {size}; i++) w[{start} + i] = {self._read(a)};"

    def _value(self, n: int, inside: set[int]) -> str:
        """Expression of row i of node ``n``."""
        node = self._node(n)
        if self.schedule.is_leaf(n):
            return self._read(n)
        if node.op == "linear":
            return row_sum(node.data, self._places(node.args[0]), self.tables)
        if node.op in ("max", "min"):
            return self._extreme(node.op, node.args[0])
        args = [f"r{a}" if a in inside else self._read(a) for a in node.args]
        if node.op == "piecewise":
            return self._piecewise(node.data, args)
        exponent = self.program.value(node.args[1]) if node.op == "pow" else None
        known = float(exponent[0]) if exponent is not None and exponent.size == 1 else None
        return elementwise(node.op, args, known)

    def _read(self, a: int, i: str = "i") -> str:
        """Row ``i`` of a leaf or stored node; a node of size 1 serves every row."""
        if self._node(a).op == "constant":
            return f"v_of({self.tables.factor(self._node(a).data, i)})"
        return self._places(a).text(self.tables, i)

    def _extreme(self, op: str, a: int) -> str:
        better = "<" if op == "min" else ">"
        value = self._read(a, "p")
        return (
            f"({{ int p = 0; v s = {value}; for (p = 1; p < {self._node(a).size}; p++) "
            f"{{ v x = {value}; s = v_choose((x {better} s) | (x != x), x, s); }} s; }})"
        )

    def _piecewise(self, polynomial: Piecewise, variables: Sequence[str]) -> str:
        coefficients = polynomial.coefficients
        numbers = self.tables(coefficients.reshape(-1))
        knots, shape = self._knots(polynomial.knots), f"{coefficients.shape[-1]}"
        extrapolate = int(polynomial.extrapolate)
        if not polynomial.axes:
            return f"v_piecewise({variables[0]}, {knots}, {numbers}, {shape}, {extrapolate})"
        axes = [
            f"{{{self._knots(a.knots)}, {self.tables(a.functions.reshape(-1))}, "
            f"{a.functions.shape[2]}, {a.functions.shape[1]}, {stride}}}"
            for a, stride in zip(polynomial.axes, _strides(coefficients), strict=False)
        ]
        axes.append(f"{{{knots}, 0, {shape}, 0, 0}}")
        return (
            f"({{ static const axis axes[] = {{{', '.join(axes)}}}; "
            f"v at[] = {{{', '.join(variables)}}}; "
            f"v_tensor({len(axes)}, axes, at, {numbers}, {extrapolate}); }})"
        )

    def _knots(self, knots: Float[np.ndarray, " knots"]) -> str:
        """A table and how many pieces it bounds."""
        return f"{self.tables(knots)}, {len(knots) - 1}"


def _strides(array: np.ndarray) -> list[int]:
    """How many numbers lie between neighbours along each axis."""
    return [int(np.prod(array.shape[n + 1 :])) for n in range(array.ndim)]
