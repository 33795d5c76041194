"""Directional derivatives as further nodes of a program: forward mode along one direction.

The direction is in the leaves: ``state_tangent`` for the state, ``input_tangent`` for each input
and, as :data:`TIME`, for time. What depends on none of them has no node.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any

from ssb_model.compiled.derivatives.partials import (
    extreme_weights,
    partial_derivatives,
    row_of_ones,
)
from ssb_model.compiled.program import TIME as TIME, needed, product

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssb_model.compiled.program import Program


class Tangent:
    """Directional derivatives of a program's nodes.

    Parameters
    ----------
    program
        Where the derivatives' nodes go.
    by_time
        Whether the direction is that of time alone: partial derivatives by time.
    """

    def __init__(self, program: Program, by_time: bool = False) -> None:
        self.program = program
        self._tangents: dict[int, int | None] = {}
        along = {
            "state": program.state_tangent,
            "input": program.input_tangent,
            "time": lambda _: program.input_tangent(TIME),
        }
        self._leaves: dict[str, Callable[[Any], int]] = (
            {"time": lambda _: program.constant(1.0)} if by_time else along
        )

    def __call__(self, node: int) -> int | None:
        """The node of the derivative of ``node`` along the direction, or None where it is zero."""
        for index in needed(self.program, [node]):  # operands first: no deep recursion
            if index not in self._tangents:
                self._tangents[index] = self._of(index)
        return self._tangents[node]

    def _of(self, index: int) -> int | None:
        p, node = self.program, self.program.nodes[index]
        if node.op in self._leaves:
            return self._leaves[node.op](node.data)
        parts = [self._tangents[a] for a in node.args]
        if all(part is None for part in parts):
            return None
        if node.op == "linear" and parts[0] is not None:
            return p.linear(node.data, parts[0])
        if node.op == "concatenate":
            return p.concatenate(
                [self._or_zero(*pair) for pair in zip(node.args, parts, strict=True)]
            )
        if node.op == "select":
            first, second = (self._or_zero(node.args[k], parts[k]) for k in (1, 2))
            return p.select(node.args[0], first, second)
        if node.op in ("max", "min") and parts[0] is not None:
            return self._extreme(index, parts[0])
        return self._elementwise(index, parts)

    def _or_zero(self, operand: int, part: int | None) -> int:
        """The tangent of ``operand`` in the operand's size, zero if it has none."""
        p = self.program
        return p.broadcast(p.constant(0.0) if part is None else part, p.size(operand))

    def _extreme(self, index: int, part: int) -> int:
        weighted = self.program.binary("mul", extreme_weights(self.program, index), part)
        return self.program.linear(row_of_ones(self.program.size(weighted)), weighted)

    def _elementwise(self, index: int, parts: Sequence[int | None]) -> int | None:
        p = self.program
        terms = [
            product(p, slope, part)
            for slope, part in zip(partial_derivatives(p, index), parts, strict=True)
            if slope is not None and part is not None
        ]
        if not terms:
            return None
        total = reduce(partial(p.binary, "add"), terms)
        return p.broadcast(total, p.size(index))
