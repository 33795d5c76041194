"""One recorded trajectory, to be read at any time: a cubic in time for every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.outcome import Outcome

if TYPE_CHECKING:
    from jaxtyping import Float, Int


@dataclass(frozen=True, eq=False)
class Path:
    """A member's accepted steps.

    Attributes
    ----------
    states
        Of each step the state at its start and end and its two dense coefficients.
    tangents
        Derivatives of these by inputs, at fixed times.
    t, h
        When each step began and its size [s].
    segment
        Which segment each step belongs to.
    final
        State at the end, on the event if there was one.
    t_end
        Time of the end [s].
    outcome
        How the member ended.
    ended_by
        The event that ended it, else -1.
    accepted, tried
        Steps.
    """

    states: Float[np.ndarray, "steps 4 states"]
    tangents: Float[np.ndarray, "names steps 4 states"]
    t: Float[np.ndarray, " steps"]
    h: Float[np.ndarray, " steps"]
    segment: Int[np.ndarray, " steps"]
    final: Float[np.ndarray, " states"]
    t_end: float
    outcome: Outcome
    ended_by: int
    accepted: int
    tried: int

    def knots(
        self,
    ) -> tuple[
        Float[np.ndarray, " times"],
        Float[np.ndarray, "times states"],
        Float[np.ndarray, "times states"],
        Float[np.ndarray, "names times states"],
    ]:
        """Times where steps begin and end.

        Returns
        -------
        Strictly rising times (a segment's end and the next one's start are two knots), states and
        their slopes there, and tangents of the states. Between two knots of a segment the cubic of
        states and slopes is close to the step's own. Where there was no step, the start alone.
        """
        if not self.accepted:
            at_start = self.final[None]
            none = np.zeros((len(self.tangents), *at_start.shape))
            return np.array([self.t_end]), at_start, np.zeros_like(at_start), none
        first = np.flatnonzero(np.diff(self.segment, prepend=-1))
        t = np.append(self.t[first], self.t + self.h)
        order = np.argsort(np.append(2 * first, 2 * np.arange(len(self.t)) + 1))
        order = order[: np.flatnonzero(t[order] < self.t_end)[-1] + 2]  # an event may lie before
        t[order[-1]] = self.t_end
        order = order[np.append(np.diff(t[order]) > 0, True)]

        def joined(
            at_start: Float[np.ndarray, "... steps states"],
            at_end: Float[np.ndarray, "... steps states"],
        ) -> Float[np.ndarray, "... knots states"]:
            return np.append(at_start[..., first, :], at_end, axis=-2)[..., order, :]

        start, end, a, b = (self.states[:, k] for k in range(4))
        rise, h = end - start, self.h[:, None]
        states = joined(start, end)
        states[-1] = self.final
        slopes = joined((rise + a) / h, (rise - a - b) / h)
        return t[order], states, slopes, joined(self.tangents[:, :, 0], self.tangents[:, :, 1])

    def at(
        self, times: Float[np.ndarray, " times"]
    ) -> tuple[Float[np.ndarray, "times states"], Float[np.ndarray, "names times states"]]:
        """States (T, states) and tangents (names, T, states) at ``times`` (T,) up to the end."""
        if not self.accepted:
            _, states, _, tangents = self.knots()
            return states.repeat(len(times), 0), tangents.repeat(len(times), 1)
        k = np.maximum(np.searchsorted(self.t, times, side="right") - 1, 0)
        s = np.clip((times - self.t[k]) / self.h[k], 0, 1)
        weights = np.stack([1 - s, s, s * (1 - s), s * s * (1 - s)], axis=-1)
        states = np.einsum("tk,tks->ts", weights, self.states[k])
        states[times == self.t_end] = self.final
        return states, np.einsum("tk,ntks->nts", weights, self.tangents[:, k])
