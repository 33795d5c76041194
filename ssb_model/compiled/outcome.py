"""What can end a member's solve: the one list that every part of the compiler uses."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """How a member's solve ended; its number travels through the compiled program.

    Attributes
    ----------
    sentence
        What it is called in a solution's ``status``.
    succeeded
        Whether it is an end that was asked for, the final time or an event. All others are
        failures (and ``RUNNING`` is no end yet).
    timed
        Whether the sentence says when it happened.

    Examples
    --------
    >>> from ssb_model.compiled import Outcome
    >>> Outcome.STEP_TOO_SMALL.at(12.5)
    'step size too small at t = 12.5 s'
    >>> [outcome.sentence for outcome in Outcome if outcome.succeeded]
    ['final time', 'event']
    """

    sentence: str
    succeeded: bool
    timed: bool

    def __new__(
        cls, code: int, sentence: str, succeeded: bool = False, timed: bool = False
    ) -> Outcome:
        member = int.__new__(cls, code)
        member._value_ = code
        member.sentence, member.succeeded, member.timed = sentence, succeeded, timed
        return member

    RUNNING = 0, "running"
    FINAL_TIME = 1, "final time", True
    EVENT = 2, "event", True
    STEP_TOO_SMALL = 3, "step size too small", False, True
    TOO_MANY_STEPS = 4, "too many steps", False, True
    EVENT_AT_START = 5, "event condition already met at the start"
    NOT_FINITE = 6, "equations not finite: an input is out of range"
    SINGULAR = 7, "singular matrix"
    NO_CONSISTENT_STATE = 8, "no consistent state found"
    NOTHING_TO_DO = 9, "every step of a cycle would end before it begins"

    def at(self, t: float) -> str:
        """The sentence, with the time ``t`` [s] where it matters."""
        return f"{self.sentence} at t = {t:.6g} s" if self.timed else self.sentence


#: The ends that were asked for.
SUCCEEDED = tuple(outcome for outcome in Outcome if outcome.succeeded)
