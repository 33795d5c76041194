"""Solves of protocols that may end after any of their cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.chunks import in_chunks
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Float

    from ssb_model.compiled.model import CompiledModel
    from ssb_model.compiled.protocols import Cycles
    from ssb_model.compiled.trajectory import Tangents, Trajectory


def in_cycles(
    model: CompiledModel,
    solved: Callable[[dict[str, np.ndarray]], tuple[Trajectory, Tangents | None]],
    columns: Mapping[str, Float[np.ndarray, "... batch"]],
    cycles: Cycles,
    bytes_each: int,
) -> tuple[Trajectory, Tangents | None, list[str | None]]:
    """The result of a protocol, of each member up to the cycle after which it ends.

    Where a protocol may end after any cycle, twice as many are solved until all have ended.
    ``bytes_each`` is what a member's outputs take.
    """
    batch = columns[CURRENT].shape[-1]
    done = np.full(batch, 1 if cycles.protocol.terminations else cycles.count)
    while True:
        counted = cycles.segments[done - 1]
        result, tangents = in_chunks(solved, {**columns, "counted": counted}, bytes_each=bytes_each)
        slots = np.arange(len(result.t))[:, None] < result.filled
        segment = np.where(slots, result.segment, -1)
        outputs = model.by_name(np.asarray(result.outputs))
        inputs = {name: columns[name] for name in model.input_names}
        last, reasons = cycles.ended(segment, outputs, inputs, done)
        going = result.outcome == Outcome.FINAL_TIME
        wanted = np.where(going, np.minimum(last, 2 * done), done)
        if (wanted == done).all():
            break
        done = wanted
    ends = np.asarray(result.t_end), np.asarray(result.limited)
    empty = going & cycles.without_a_step(segment, done, *ends)
    result = result._replace(outcome=np.where(empty, Outcome.NOTHING_TO_DO, result.outcome))
    early = cycles.reasons(segment, *ends)
    return result, tangents, [a or b for a, b in zip(reasons, early, strict=True)]
