"""One recorded trajectory, to be read at any time: a cubic in time for every step."""

from dataclasses import dataclass

import numpy as np

from ssb_model.compiled.outcome import Outcome


@dataclass(frozen=True, eq=False)
class Path:
    """A member's accepted steps.

    Attributes
    ----------
    states : array (steps, 4, states)
        Of each step the state at its start and end and its two dense coefficients.
    tangents : array (names, steps, 4, states)
        Derivatives of these by inputs, at fixed times.
    t, h : arrays (steps,)
        When each step began and its size [s].
    segment : int array (steps,)
    final : array (states,)
        State at the end, on the event if there was one.
    t_end : float
        Time of the end [s].
    outcome : Outcome
    which : int
        The event that ended it, else -1.
    accepted, tried : int
        Steps.
    """

    states: np.ndarray
    tangents: np.ndarray
    t: np.ndarray
    h: np.ndarray
    segment: np.ndarray
    final: np.ndarray
    t_end: float
    outcome: Outcome
    which: int
    accepted: int
    tried: int

    def knots(self):
        """Times where steps begin and end.

        Returns
        -------
        t : array (T,)
            Strictly rising. A segment's end and the next one's start are two knots.
        states, slopes : arrays (T, states)
            Between two knots of a segment the cubic of these is close to the step's own.
        tangents : array (names, T, states)
        """
        first = np.flatnonzero(np.diff(self.segment, prepend=-1))
        t = np.append(self.t[first], self.t + self.h)
        order = np.argsort(np.append(2 * first, 2 * np.arange(len(self.t)) + 1))
        t[order[-1]] = self.t_end
        order = order[np.append(np.diff(t[order]) > 0, True)]

        def joined(at_start, at_end):
            return np.append(at_start[..., first, :], at_end, axis=-2)[..., order, :]

        start, end, a, b = (self.states[:, k] for k in range(4))
        rise, h = end - start, self.h[:, None]
        states = joined(start, end)
        states[-1] = self.final
        slopes = joined((rise + a) / h, (rise - a - b) / h)
        return t[order], states, slopes, joined(self.tangents[:, :, 0], self.tangents[:, :, 1])

    def at(self, times):
        """States (T, states) and tangents (names, T, states) at ``times`` (T,) up to the end."""
        k = np.maximum(np.searchsorted(self.t, times, side="right") - 1, 0)
        s = np.clip((times - self.t[k]) / self.h[k], 0, 1)
        weights = np.stack([1 - s, s, s * (1 - s), s * s * (1 - s)], axis=-1)
        states = np.einsum("tk,tks->ts", weights, self.states[k])
        states[times == self.t_end] = self.final
        return states, np.einsum("tk,ntks->nts", weights, self.tangents[:, k])
