"""What a solve returns: times, outputs, and what happened to each member of the batch."""

from dataclasses import dataclass, field

import numpy as np

from ssb_model.errors import InputError, did_you_mean


@dataclass(frozen=True, eq=False)
class Solution:
    """Result of :meth:`ssb_model.compiled.CompiledModel.solve`.

    ``solution["Voltage [V]"]`` is (T,) for one set of inputs and (B, T) for a batch; entries
    after a member's end are NaN and marked False in ``valid``.

    Attributes
    ----------
    t : array (T,) or (B, T)
        Output times [s].
    valid : bool array (T,) or (B, T)
        Whether the time lies before the member's end.
    t_end : float or array (B,)
        Time at which the member ended [s].
    status : str or list of str
        "final time", "event", or why the solve failed.
    termination : str or list of str
        Name of the event that ended the member, else "final time" or the failure.
    sensitivities : dict
        ``sensitivities[input][output]``, shaped like the output; and under ``"t_end"``.
    statistics : dict
        Accepted and tried steps of each member.
    final : dict
        Outputs at the end, float or (B,).
    """

    t: np.ndarray
    valid: np.ndarray
    t_end: np.ndarray
    status: object
    termination: object
    statistics: dict
    final: dict
    outputs: dict
    sensitivities: dict = field(default_factory=dict)

    def __getitem__(self, name):
        if name not in self.outputs:
            raise InputError(
                f'"{name}" is not an output of this compiled model.{did_you_mean(name, self.outputs)}'
            )
        return self.outputs[name]

    @property
    def succeeded(self):
        """Whether the member reached the final time or an event; bool or array (B,)."""
        good = np.isin(np.atleast_1d(self.status), ["final time", "event"])
        return bool(good[0]) if isinstance(self.status, str) else good
