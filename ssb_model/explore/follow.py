"""Curves follow a state: what is newest is computed first, what is superseded is given up.

One thread goes through groups of curves in their order, each for the newest state there is. A group
is delivered at once; one that takes several steps is given up between them when a newer state has
come. While states keep coming faster than everything can be drawn, the groups at the end of the
order would never be reached: one that has waited for :data:`PATIENCE` goes first, and to its end.
After a group the thread rests for a :data:`BREATH`, unless a newer state comes: the browser paints
on the same cores, and what computes beside it would hold its picture up.
"""

import logging
import threading
import time

from ssb_model.errors import InputError

PATIENCE = 0.35  # s
BREATH = 0.05  # s
LOG = logging.getLogger(__name__)


class Superseded(Exception):
    """A newer state has come."""


class Follower:
    """Computes curves of the newest state in a thread of its own.

    Parameters
    ----------
    curves : dict of str to callable
        Each takes explorer and state, and a function to call between its steps, which raises
        :class:`Superseded`.
    groups : sequence of tuple of str
        Curves that are delivered together, in the order in which they are wanted.
    deliver : callable
        Is given a state, and by name the curves of a group, or for one the sentence that says why
        there is none; from the thread.
    """

    def __init__(self, curves, groups, deliver):
        self._curves, self._deliver = curves, deliver
        self._changed = threading.Condition()
        self._wanted, self._number, self._open = None, 0, True
        self._drawn = dict.fromkeys(groups, 0)  # number of the state that each was drawn for
        self._since = dict.fromkeys(groups)  # when it was first behind
        self._thread = threading.Thread(target=self._run, name="explore")
        self._thread.start()

    def follow(self, explorer, state):
        """From now on this state is wanted."""
        with self._changed:
            self._wanted, self._number = (explorer, state), self._number + 1
            now = time.monotonic()
            self._since = {group: since or now for group, since in self._since.items()}
            self._changed.notify()

    def close(self):
        """End after the step that is being computed."""
        with self._changed:
            self._open = False
            self._changed.notify()

    def _run(self):
        while (task := self._next()) is not None:
            group, (explorer, state), number, patient = task

            def superseded(number=number, patient=patient):
                if not self._open or (number != self._number and not patient):
                    raise Superseded

            try:
                found = {name: self._computed(name, explorer, state, superseded) for name in group}
            except Superseded:
                continue
            with self._changed:
                self._drawn[group] = number
                self._since[group] = time.monotonic() if number != self._number else None
            if self._open:
                self._delivered(state, found)
            self._breathe(number)

    def _next(self):
        """Group, what it is of, its number, whether to compute to its end; None at the close."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._behind())
            if not self._open:
                return None
            behind = self._behind()
            late = [group for group in behind if time.monotonic() - self._since[group] > PATIENCE]
            return (late or behind)[0], self._wanted, self._number, bool(late)

    def _breathe(self, number):
        with self._changed:
            self._changed.wait_for(lambda: not self._open or number != self._number, BREATH)

    def _behind(self):
        return [group for group, number in self._drawn.items() if number < self._number]

    def _delivered(self, state, found):
        try:
            self._deliver(state, found)
        except Exception:  # whoever left in the middle does not stop the thread
            LOG.exception("%s of %s", ", ".join(found), state)

    def _computed(self, name, explorer, state, superseded):
        try:
            return self._curves[name](explorer, state, superseded)
        except InputError as error:
            return str(error)
        except Superseded:
            raise
        except Exception as error:  # the page goes on, whatever a curve ran into
            LOG.exception("%s of %s", name, state)
            return f"This could not be computed: {error}"
