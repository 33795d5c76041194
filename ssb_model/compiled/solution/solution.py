"""The result of a solve: times, outputs, and what happened to each member of the batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.compiled.outcome import SUCCEEDED, Outcome
from ssb_model.compiled.solution import figure, file, frame, summary
from ssb_model.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from jaxtyping import Bool, Float, Int
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Solution:
    """Result of :meth:`ssb_model.compiled.CompiledModel.solve`.

    ``solution["Voltage [V]"]`` is (times,) for one set of inputs and (members, times) for a
    batch; entries after a member's end are NaN and marked False in ``valid``. An output in space
    has its points before the times, (points, times) and (members, points, times), in the order of
    PyBaMM's mesh. It prints as a table, in a terminal and in a notebook.

    Attributes
    ----------
    t
        Output times [s]; NaN where an experiment has ended.
    valid
        Whether the time lies before the member's end.
    segment
        Which segment of the protocol the output belongs to, -1 after the member's end. A step
        is one segment; a drive cycle is one for each straight piece.
    t_end
        Time at which the member ended [s].
    outcome
        How the member ended, an :class:`~ssb_model.compiled.Outcome` (for a batch their numbers).
    termination
        Name of the event that ended the member, else its status; where the solve failed also the
        equation that stands out there and the input furthest from its default, where known.
    statistics
        Accepted and tried steps of each member.
    final
        Outputs at the end; NaN for a member whose solve failed.
    final_state
        State at the end, to go on from (``initial_state`` of the next solve).
    outputs
        Each output's values by name.
    inputs
        What was solved for, by name; an experiment sets the current itself.
    sensitivities
        ``sensitivities[input][output]``, shaped like the output; and under ``"t_end"``.

    Examples
    --------
    >>> import ssb_model
    >>> cell = ssb_model.compile(ssb_model.SymmetricCell())
    >>> solution = cell.solve({"Current function [A]": 1e-4}, [60.0, 120.0])
    >>> print(solution)  # doctest: +ELLIPSIS
    Solution of one set of inputs: 2 times, 60 to 120 s
    <BLANKLINE>
    outcome     end [s]  steps
    final time  120      ...
    <BLANKLINE>
    output       at the end
    Voltage [V]  ...
    """

    t: Float[np.ndarray, "... times"]
    valid: Bool[np.ndarray, "... times"]
    segment: Int[np.ndarray, "... times"]
    t_end: Float[np.ndarray, ...]
    outcome: Outcome | Int[np.ndarray, " members"]
    termination: str | list[str]
    statistics: Mapping[str, Int[np.ndarray, ...]]
    final: Mapping[str, Float[np.ndarray, ...]]
    final_state: Float[np.ndarray, "... states"]
    outputs: Mapping[str, Float[np.ndarray, "... times"]]
    inputs: Mapping[str, Float[np.ndarray, ...]]
    sensitivities: Mapping[str, Mapping[str, Float[np.ndarray, "... times"]]] = field(
        default_factory=dict
    )

    def __getitem__(self, name: str) -> Float[np.ndarray, "... times"]:
        if name not in self.outputs:
            raise InputError(
                f'"{name}" is not an output of this compiled model.'
                f"{did_you_mean(name, self.outputs)}"
            )
        return self.outputs[name]

    @property
    def members(self) -> int | None:
        """Members of the batch; None for one set of inputs."""
        return len(self.t) if self.t.ndim == 2 else None

    @cached_property
    def status(self) -> str | list[str]:
        """ "final time", "event", or why the solve failed; of a batch a list."""
        if isinstance(self.outcome, Outcome):
            return self.outcome.at(float(self.t_end))
        ends = zip(self.outcome, np.atleast_1d(self.t_end), strict=True)
        return [Outcome(outcome).at(t) for outcome, t in ends]

    @property
    def succeeded(self) -> bool | Bool[np.ndarray, " members"]:
        """Whether the member reached the final time or an event."""
        good = np.isin(self.outcome, SUCCEEDED)
        return good if good.ndim else bool(good)

    def __repr__(self) -> str:
        return summary.as_text(self)

    def _repr_html_(self) -> str:
        return summary.as_html(self)

    def plot(self, outputs: str | Sequence[str] | None = None) -> Figure:
        """Draw outputs over time, a line a member; of a large batch some, which the title says.

        An output in space has a line for each of its points, or for some of many.

        Parameters
        ----------
        outputs
            Names of outputs, by default all: one panel each.

        Returns
        -------
        A matplotlib figure, to save or to show.

        Raises
        ------
        InputError
            For a name that is no output.
        """
        names = [outputs] if isinstance(outputs, str) else list(outputs or self.outputs)
        return figure.draw(self, names)

    def to_dataframe(self, member: int | None = None) -> pd.DataFrame:
        """The outputs as a table, a row for each time up to the end; needs pandas.

        Parameters
        ----------
        member
            Of a batch, which member; by default all below each other, numbered by the column
            "Member" (one whose solve failed has no rows).

        Returns
        -------
        Columns "Time [s]" and the outputs, one for each point of those in space ("... at point 0");
        of several segments also "Segment".

        Raises
        ------
        InputError
            For a member that there is not.
        """
        return frame.frame_of(self, member)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the solution to a file, whole or not at all.

        :func:`ssb_model.compiled.load_solution` reads it.

        Raises
        ------
        InputError
            If the file cannot be written.
        """
        file.write_fields(path, {name: getattr(self, name) for name in self.__dataclass_fields__})


def load_solution(path: str | os.PathLike[str]) -> Solution:
    """The solution that :meth:`ssb_model.compiled.Solution.save` wrote, equal to the last bit.

    Raises
    ------
    InputError
        If the file is missing, damaged, of another version, or no solution.
    """
    fields: dict[str, Any] = file.read_fields(path, tuple(Solution.__dataclass_fields__))
    outcome = fields["outcome"]
    fields["outcome"] = outcome if np.ndim(outcome) else Outcome(int(outcome))
    return Solution(**fields)
