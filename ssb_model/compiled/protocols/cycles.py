"""What a protocol asks of whole cycles: when it ends after one, and which may not be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.protocols.plan import segment_steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jaxtyping import Bool, Float, Int

    from ssb_model.compiled.protocols.protocol import Protocol

SAME = 1e-6  # of the time limit: a solve that has come so close has reached it


class Cycles:
    """The cycles of a protocol; one written without cycles is a single one.

    Attributes
    ----------
    count
        How many there are.
    segments
        How many segments have passed at each cycle's end, (cycles,).
    """

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        lengths = protocol.cycles or (len(protocol.steps),)
        self.count = len(lengths)
        step = segment_steps(protocol)
        self._cycle = np.repeat(np.arange(self.count), lengths)[step]
        self._stops = np.array([s.must_end for s in protocol.steps])[step]
        self.segments = np.searchsorted(self._cycle, np.arange(self.count), side="right")

    def ended(
        self,
        segment: Int[np.ndarray, "slots batch"],
        outputs: Mapping[str, Float[np.ndarray, "slots batch"]],
        inputs: Mapping[str, Float[np.ndarray, " batch"]],
        done: Int[np.ndarray, " batch"],
    ) -> tuple[Int[np.ndarray, " batch"], list[str | None]]:
        """The number of cycles after which each member ends, and why, if any ends it.

        segment : of each output, -1 where there is none
        done : how many cycles have been solved
        """
        last, reasons = np.full(len(done), self.count), []
        if not self.protocol.terminations:
            return last, [None] * len(done)
        cycle = np.where(segment < 0, -1, self._cycle[segment])
        for member, solved in enumerate(done):
            given = {name: float(value[member]) for name, value in inputs.items()}
            curves = {
                int(number): {
                    name: curve[cycle[:, member] == number, member]
                    for name, curve in outputs.items()
                }
                for number in np.unique(cycle[:, member])
                if 0 <= number < solved
            }
            met = self._first_met(list(curves.items()), given)
            reasons.append(met and met[1])
            last[member] = self.count if met is None else met[0] + 1
        return last, reasons

    def _first_met(
        self,
        cycles: Sequence[tuple[int, Mapping[str, Float[np.ndarray, " times"]]]],
        inputs: Mapping[str, float],
    ) -> tuple[int, str] | None:
        """The first cycle after which a member ends, and why."""
        for number, cycle in cycles:
            for termination in self.protocol.terminations:
                if termination.met(cycle, cycles[0][1], inputs):
                    return number, termination.reason
        return None

    def without_a_step(
        self,
        segment: Int[np.ndarray, "slots batch"],
        done: Int[np.ndarray, " batch"],
        t_end: Float[np.ndarray, " batch"],
        limited: Bool[np.ndarray, " batch"],
    ) -> Bool[np.ndarray, " batch"]:
        """The members that passed over a whole cycle which may not be passed over, (batch,).

        Arguments as in :meth:`ended` and :meth:`reasons`, of members that came to their end.
        """
        if not self.protocol.cycles:
            return np.zeros(len(done), dtype=bool)
        stopped = np.array([r is not None for r in self.reasons(segment, t_end, limited)])
        reached = np.max(np.where(segment < 0, -1, self._cycle[segment]), axis=0)
        passed = np.where(stopped, reached, done)
        first = np.cumsum([0, *self.protocol.cycles[:-1]])
        empty = np.zeros(len(done), dtype=bool)
        for number, (start, length) in enumerate(zip(first, self.protocol.cycles, strict=True)):
            if length > 1 or not self.protocol.steps[start].may_be_skipped:
                visited = np.any((segment >= 0) & (self._cycle[segment] == number), axis=0)
                empty |= (number < passed) & ~visited
        return empty

    def reasons(
        self,
        segment: Int[np.ndarray, "slots batch"],
        t_end: Float[np.ndarray, " batch"],
        limited: Bool[np.ndarray, " batch"],
    ) -> list[str | None]:
        """Why members ended before the last step, if for a time that was not to be reached.

        t_end : when they ended [s]
        limited : whether a limit, and not the duration, ended the last segment
        """
        last = np.max(segment, axis=0)
        stopped = self._stops[last] & ~limited & (last >= 0)
        late = t_end >= self.protocol.time_limit * (1 - SAME)
        return [
            f"step {1 + self._step(number)} reached its duration before a limit"
            if unended
            else ("time limit reached" if over else None)
            for number, unended, over in zip(last, stopped, late, strict=True)
        ]

    def _step(self, segment: int) -> int:
        return int(segment_steps(self.protocol)[segment])
