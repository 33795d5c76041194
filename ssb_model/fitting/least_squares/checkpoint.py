"""Where a minimisation keeps its state, so that it can be stopped at any time and go on."""

from typing import Protocol

from ssb_model.fitting.least_squares.levenberg import State


class Checkpoint(Protocol):
    """What ``minimise`` asks of a keeper of its states."""

    @property
    def state(self) -> State | None:
        """Where to go on; None at the beginning."""
        ...

    def keep(self, state: State) -> None:
        """Keep a state in place of the one before."""

    def refuse(self) -> None:
        """Forget the kept state: its costs do not come out again, so it belongs to other data."""
