"""A solve of numbers by the core, without XLA: nothing is traced and nothing compiled for it.

It gives what :meth:`~ssb_model.compiled.pure.PureModel.batched_trajectory` gives, to the last bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.integration import Sampling
from ssb_model.compiled.outcome import Outcome
from ssb_model.compiled.protocols import CURRENT, with_stops
from ssb_model.compiled.trajectory import Trajectory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jaxtyping import Float

    from ssb_model.compiled.integration import System, Tolerances
    from ssb_model.compiled.trajectory import Tangents


def trajectory_at_once(
    system: System,
    names: tuple[str, ...],
    tolerances: Tolerances,
    columns: Mapping[str, Float[np.ndarray, "... batch"]],
) -> tuple[Trajectory, Tangents | None]:
    """The trajectory of a batch at given times, and its tangents by the inputs ``names``, of a
    system whose kernel is direct.

    ``columns`` are all inputs (batch,), the output ``times`` (times, batch), and the ``state`` at
    the start (states, batch) where it is not the model's own.
    """
    inputs: dict[str, Any] = dict(columns)
    times, state = inputs.pop("times"), inputs.pop("state", None)
    duration = times[-1]
    kernel = system.kernel(len(duration), moves=bool(names))
    assert kernel is not None  # it is direct
    value = inputs.get(CURRENT, np.zeros_like(duration))
    schedule = with_stops(value, duration, system.stops, len(system.event_names), np)
    sampling = Sampling(times, len(times))
    by_current = np.array([float(name == CURRENT) for name in names])
    values_moved = by_current[:, None, None] * np.ones_like(schedule.duration)
    results, moved = kernel.solve_directly(
        inputs, state, schedule, sampling, tolerances, names, values_moved=values_moved
    )
    start, elapsed, *counts = results.ends
    _, outcome, event, accepted, tried, filled = (row.astype(int) for row in counts)
    ended_by: Any = np.where(outcome == Outcome.EVENT, event, -1)
    trajectory = Trajectory(
        outputs=np.swapaxes(results.values, 0, 1),
        t=results.t,
        segment=results.segment.astype(int),
        filled=filled,
        final=results.final,
        final_state=results.y,
        t_end=start + elapsed,
        outcome=outcome,
        ended_by=ended_by,
        accepted=accepted,
        tried=tried,
        limited=event >= 0,
    )
    if moved is None:
        return trajectory, None
    ends = moved.ends[:, 0] + moved.ends[:, 1]
    return trajectory, (np.swapaxes(moved.values, 1, 2), moved.final, ends)
