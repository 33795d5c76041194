"""Curves follow a state: what is newest is computed first, what is superseded is given up.

One thread goes through groups of curves in their order, each for the newest state there is. A group
is delivered at once; one that takes several steps is given up between them when a newer state has
come. While states keep coming faster than everything can be drawn, the groups at the end of the
order would never be reached: one that has waited for :data:`PATIENCE` goes first, and to its end.
After a group the thread rests for a :data:`BREATH`, unless a newer state comes: the browser paints
on the same cores, and what computes beside it would hold its picture up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssb_model.errors import InputError
from ssb_model.explore.curves import Curve
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State

PATIENCE = 0.35  # s
BREATH = 0.05  # s
LOG = logging.getLogger(__name__)
Group: TypeAlias = tuple[str, ...]
#: by name the curves of a group, or for one the sentence that says why there is none
Delivery: TypeAlias = dict[str, Curve | str]


@dataclass(frozen=True)
class Asked:
    """A state, and the number by which the browser knows it."""

    number: int
    state: State


#: takes explorer, what is asked, and a function that raises when that is wanted no longer
Answer: TypeAlias = Callable[[Explorer, Asked, Callable[[], None]], Curve]


class Superseded(Exception):
    """A newer state has come."""


class Follower:
    """Computes curves of the newest state in a thread of its own.

    Parameters
    ----------
    curves
        By name; each is given a function to call between its steps, which raises
        :class:`Superseded`.
    groups
        Curves that are delivered together, in the order in which they are wanted.
    deliver
        Is given a state and the curves of a group, from the thread.
    """

    def __init__(
        self,
        curves: Mapping[str, Answer],
        groups: Sequence[Group],
        deliver: Callable[[Asked, Delivery], None],
    ) -> None:
        self._curves, self._deliver = curves, deliver
        self._changed = threading.Condition()
        self._wanted: tuple[Explorer, Asked] | None = None
        self._number, self._open = 0, True
        self._drawn = dict.fromkeys(groups, 0)  # number of the state that each was drawn for
        self._since: dict[Group, float | None] = dict.fromkeys(groups)  # when first behind
        self._thread = threading.Thread(target=self._run, name="explore", daemon=True)
        self._thread.start()

    def follow(self, explorer: Explorer, state: Asked) -> None:
        """From now on this state is wanted."""
        with self._changed:
            self._wanted, self._number = (explorer, state), self._number + 1
            now = time.monotonic()
            self._since = {group: since or now for group, since in self._since.items()}
            self._changed.notify()

    def close(self) -> None:
        """End after the step that is being computed."""
        with self._changed:
            self._open = False
            self._changed.notify()

    def join(self, seconds: float) -> bool:
        """After :meth:`close`: wait until it has ended; False if it has not."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (task := self._next()) is not None:
            group, (explorer, state), number, patient = task

            def superseded(number: int = number, patient: bool = patient) -> None:
                if not self._open or (number != self._number and not patient):
                    raise Superseded

            try:
                curves = {n: self._computed(n, explorer, state, superseded) for n in group}
            except Superseded:
                continue
            with self._changed:
                self._drawn[group] = number
                self._since[group] = time.monotonic() if number != self._number else None
            if self._open:
                self._delivered(state, curves)
            self._breathe(number)

    def _next(self) -> tuple[Group, tuple[Explorer, Asked], int, bool] | None:
        """Group, what it is of, its number, whether to compute to its end; None at the close."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._behind())
            if not self._open or self._wanted is None:
                return None
            behind, now = self._behind(), time.monotonic()
            late = [group for group in behind if now - (self._since[group] or now) > PATIENCE]
            return (late or behind)[0], self._wanted, self._number, bool(late)

    def _breathe(self, number: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._open or number != self._number, BREATH)

    def _behind(self) -> list[Group]:
        return [group for group, number in self._drawn.items() if number < self._number]

    def _delivered(self, state: Asked, curves: Delivery) -> None:
        try:
            self._deliver(state, curves)
        except Exception:  # whoever left in the middle does not stop the thread
            LOG.exception("%s of %s", ", ".join(curves), state)

    def _computed(
        self, name: str, explorer: Explorer, state: Asked, superseded: Callable[[], None]
    ) -> Curve | str:
        try:
            return self._curves[name](explorer, state, superseded)
        except InputError as error:
            return str(error)
        except Superseded:
            raise
        except Exception as error:  # the page goes on, whatever a curve ran into
            LOG.exception("%s of %s", name, state)
            return f"This could not be computed: {error}"
