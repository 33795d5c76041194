"""From the arrays of a trajectory, which have the batch last, to a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.failures import explained
from ssb_model.compiled.outcome import SUCCEEDED, Outcome
from ssb_model.compiled.solution.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jaxtyping import Float

    from ssb_model.compiled.integration import System
    from ssb_model.compiled.model import CompiledModel
    from ssb_model.compiled.trajectory import Trajectory


def assemble(
    model: CompiledModel,
    system: System,
    result: Trajectory,
    tangents: tuple[np.ndarray, np.ndarray, np.ndarray] | None,
    names: Sequence[str],
    inputs: Mapping[str, Float[np.ndarray, " batch"]],
    batch: int | None,
    times: Float[np.ndarray, "times batch"] | None = None,
    reasons: Sequence[str | None] | None = None,
) -> Solution:
    """A :class:`Solution` of a batch, or of one set of inputs where ``batch`` is None.

    ``system`` is what was solved, the model's own or one that follows an experiment of its own;
    ``tangents`` are those of outputs, final outputs and end times by the inputs ``names``;
    ``times`` are the output times asked for, None for those of an experiment; ``reasons`` say why
    members ended before an experiment's last step.
    """
    good = np.isin(result.outcome, SUCCEEDED)
    written = (np.arange(len(result.t))[:, None] < result.filled) & good
    longest = int(np.max(result.filled, initial=0)) if times is None else len(times)
    times = np.asarray(result.t) if times is None else times

    def first(x: Any) -> Any:
        return x[..., 0] if batch is None else np.moveaxis(x, -1, 0)

    def curves(x: Any) -> dict[str, np.ndarray]:
        return {
            name: first(np.where(written, rows, np.nan))[..., :longest]
            for name, rows in model.by_name(x).items()
        }

    outcomes = [Outcome(number) for number in result.outcome]
    t_end, state = np.asarray(result.t_end), np.asarray(result.final_state)
    why = explained(system, np.asarray(result.outcome), t_end, state, inputs)
    reached = [
        model.event_names[int(k)] if k >= 0 else why.get(n, outcome.sentence)
        for n, (k, outcome) in enumerate(zip(result.ended_by, outcomes, strict=True))
    ]
    if reasons is not None:
        known = zip(reached, outcomes, reasons, strict=True)
        reached = [r if r and o == Outcome.FINAL_TIME else text for text, o, r in known]
    return Solution(
        t=first(times)[..., :longest],
        valid=first(written)[..., :longest],
        segment=first(np.where(written, result.segment, -1))[..., :longest],
        t_end=first(result.t_end),
        outcome=outcomes[0] if batch is None else np.asarray(result.outcome),
        termination=reached[0] if batch is None else reached,
        statistics={"accepted": first(result.accepted), "tried": first(result.tried)},
        final={
            name: first(np.where(good, rows, np.nan))
            for name, rows in model.by_name(np.asarray(result.final)).items()
        },
        final_state=first(result.final_state),
        outputs=curves(np.asarray(result.outputs)),
        inputs={name: first(value) for name, value in inputs.items()},
        sensitivities={
            name: curves(tangents[0][n]) | {"t_end": first(tangents[2][n])}
            for n, name in enumerate(names)
            if tangents is not None
        },
    )
