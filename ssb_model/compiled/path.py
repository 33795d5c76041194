"""One recorded trajectory, to be read at any time: a cubic in time for every step."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Path:
    """A member's accepted steps.

    Attributes
    ----------
    states : array (1 + names, steps, 4, states)
        Of each step the state at its start and end and its two dense coefficients, and the
        derivatives of these by the inputs asked for, at fixed times.
    t, h : arrays (steps,)
        When each step began and its size [s].
    segment : int array (steps,)
    final : array (states,)
        State at the end, on the event if there was one.
    t_end : float
        Time of the end [s].
    status, which : int
        See :mod:`ssb_model.compiled.integrate`.
    accepted, tried : int
        Steps.
    """

    states: np.ndarray
    t: np.ndarray
    h: np.ndarray
    segment: np.ndarray
    final: np.ndarray
    t_end: float
    status: int
    which: int
    accepted: int
    tried: int

    def knots(self):
        """Times where steps begin and end, states and their slopes there.

        Returns
        -------
        t : array (T,)
            Strictly rising. A segment's end and the next one's start are two knots.
        states, slopes : arrays (1 + names, T, states)
            Between two knots of a segment the cubic of these is close to the step's own.
        """
        first = np.flatnonzero(np.diff(self.segment, prepend=-1))
        t = np.append(self.t[first], self.t + self.h)
        order = np.argsort(np.append(2 * first, 2 * np.arange(len(self.t)) + 1))
        t = t[order]
        t[-1] = self.t_end
        distinct = np.append(np.diff(t) > 0, True)
        order, t = order[distinct], t[distinct]
        start, end, a, b = np.moveaxis(self.states, 2, 0)
        h = self.h[:, None]
        states = np.append(start[:, first], end, axis=1)[:, order]
        slopes = np.append(((end - start + a) / h)[:, first], (end - start - a - b) / h, axis=1)[
            :, order
        ]
        states[0, -1] = self.final
        return t, states, slopes

    def at(self, times):
        """States (1 + names, T, states) at ``times`` (T,) up to the end."""
        k = np.maximum(np.searchsorted(self.t, times, side="right") - 1, 0)
        s = np.clip((times - self.t[k]) / self.h[k], 0, 1)[:, None]
        start, end, a, b = np.moveaxis(self.states[:, k], 2, 0)
        states = start * (1 - s) + s * (end + (1 - s) * (a + s * b))
        states[0, times == self.t_end] = self.final
        return states
