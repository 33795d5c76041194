"""What a solve returns: times, outputs, and what happened to each member of the batch."""

from dataclasses import dataclass, field

import numpy as np

from ssb_model.compiled.outcome import ASKED_FOR, Outcome
from ssb_model.errors import InputError, did_you_mean


@dataclass(frozen=True, eq=False)
class Solution:
    """Result of :meth:`ssb_model.compiled.CompiledModel.solve`.

    ``solution["Voltage [V]"]`` is (T,) for one set of inputs and (B, T) for a batch; entries
    after a member's end are NaN and marked False in ``valid``.

    Attributes
    ----------
    t : array (T,) or (B, T)
        Output times [s]; NaN where an experiment has ended.
    valid : bool array (T,) or (B, T)
        Whether the time lies before the member's end.
    segment : int array (T,) or (B, T)
        Which segment of the protocol the output belongs to, -1 after the member's end. A step
        is one segment; a drive cycle is one for each straight piece.
    t_end : float or array (B,)
        Time at which the member ended [s].
    outcome : Outcome or int array (B,)
        How the member ended.
    status : str or list of str
        "final time", "event", or why the solve failed.
    termination : str or list of str
        Name of the event that ended the member, else "final time" or the failure.
    sensitivities : dict
        ``sensitivities[input][output]``, shaped like the output; and under ``"t_end"``.
    statistics : dict
        Accepted and tried steps of each member.
    final : dict
        Outputs at the end, float or (B,); NaN for a member whose solve failed.
    final_state : array (states,) or (B, states)
        State at the end, to go on from (``initial_state`` of the next solve).
    """

    t: np.ndarray
    valid: np.ndarray
    segment: np.ndarray
    t_end: np.ndarray
    outcome: Outcome | np.ndarray
    status: object
    termination: object
    statistics: dict
    final: dict
    final_state: np.ndarray
    outputs: dict
    sensitivities: dict = field(default_factory=dict)

    def __getitem__(self, name):
        if name not in self.outputs:
            raise InputError(
                f'"{name}" is not an output of this compiled model.'
                f"{did_you_mean(name, self.outputs)}"
            )
        return self.outputs[name]

    @property
    def succeeded(self):
        """Whether the member reached the final time or an event; bool or array (B,)."""
        good = np.isin(self.outcome, ASKED_FOR)
        return good if good.ndim else bool(good)


def assemble(model, result, tangents, names, batch, times=None):
    """A :class:`Solution` from a trajectory's arrays, which have the batch last.

    ``times`` (T, batch) are the output times asked for, None for those of an experiment.
    """
    good = np.isin(result.outcome, ASKED_FOR)
    written = (np.arange(len(result.t))[:, None] < result.count) & good
    times = result.t if times is None else times
    longest = len(times) if times is not result.t else int(result.count.max(initial=0))

    def first(x):
        return x[..., 0] if batch is None else np.moveaxis(x, -1, 0)

    def curves(x):
        return {
            name: np.where(first(written), first(x[k]), np.nan)[..., :longest]
            for k, name in enumerate(model.output_names)
        }

    def ends(x):
        return {
            name: first(np.where(good, x[k], np.nan)) for k, name in enumerate(model.output_names)
        }

    def listed(words):
        return words[0] if batch is None else words

    ends_at = zip(result.outcome, result.t_end, strict=True)
    statuses = [Outcome(code).at(t) for code, t in ends_at]
    reached = [
        model.event_names[int(k)] if k >= 0 else status
        for k, status in zip(result.which, statuses, strict=True)
    ]
    return Solution(
        t=first(times)[..., :longest],
        valid=first(written)[..., :longest],
        segment=first(np.where(written, result.segment, -1))[..., :longest],
        t_end=first(result.t_end),
        outcome=Outcome(result.outcome[0]) if batch is None else result.outcome,
        status=listed(statuses),
        termination=listed(reached),
        statistics={"accepted": first(result.accepted), "tried": first(result.tried)},
        final=ends(result.final),
        final_state=first(result.final_state),
        outputs=curves(result.outputs),
        sensitivities={
            name: curves(tangents[0][n]) | {"t_end": first(tangents[2][n])}
            for n, name in enumerate(names)
        },
    )
