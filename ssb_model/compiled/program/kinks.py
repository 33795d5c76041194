"""When a program jumps or bends by the clock: switches and tables that read the time alone.

A step that passes over such a time sees nothing of a short pulse behind it, so the integrator
stops at each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.program.program import Program, needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jaxtyping import Float

ZERO = np.zeros(1)
SWITCHES = ("less", "less_equal", "equal", "minimum", "maximum", "abs", "sign")

#: a + b t, of numbers; None for what is no such line.
Line = tuple[float, float] | None


def kinks(program: Program, results: Iterable[int]) -> Float[np.ndarray, " times"]:
    """Rising times [s] after zero at which ``results`` jump or bend."""
    lines: dict[int, Line] = {}
    times = [ZERO]
    for index in needed(program, results):
        node = program.nodes[index]
        operands = [lines[n] for n in node.args]
        lines[index] = _line(program, index, operands)
        if node.op == "piecewise":
            times += map(_crossings, operands, node.data.grid)
        elif node.op in SWITCHES:
            times.append(_crossings(_combined("sub", [*operands, (0.0, 0.0)][:2]), ZERO))
    found = np.unique(np.concatenate(times))
    return found[found > 0]


def _line(program: Program, index: int, operands: Sequence[Line]) -> Line:
    """A node as a line in time, of its operands' lines."""
    node, value = program.nodes[index], program.value(index)
    if value is not None:
        return (float(value[0]), 0.0) if value.size == 1 else None
    if node.op == "time":
        return 0.0, 1.0
    return _combined(node.op, operands)


def _combined(op: str, operands: Sequence[Line]) -> Line:
    """Sums, differences and multiples of lines."""
    known = [line for line in operands if line is not None]
    if len(known) < len(operands):
        return None
    match op, known:
        case "neg", [(a, b)]:
            return -a, -b
        case "add", [(a, b), (c, d)]:
            return a + c, b + d
        case "sub", [(a, b), (c, d)]:
            return a - c, b - d
        case "mul", [(a, b), (c, 0.0)] | [(c, 0.0), (a, b)]:
            return a * c, b * c
        case "div", [(a, b), (c, 0.0)] if c:
            return a / c, b / c
    return None


def _crossings(line: Line, levels: Float[np.ndarray, " levels"]) -> Float[np.ndarray, " levels"]:
    """When a line crosses each level; never, if it is none or does not rise or fall."""
    if line is None or not line[1]:
        return ZERO
    return (levels - line[0]) / line[1]
