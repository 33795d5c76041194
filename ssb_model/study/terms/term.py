"""A term of the misfit that no experiment has measured."""

from typing import Protocol

from ssb_model.fitting import Datum, Simulator


class Term(Protocol):
    """Observables of its own, and what they are held to."""

    @property
    def name(self) -> str:
        """Of its own among terms and experiments."""
        ...

    def simulator(self) -> Simulator:
        """That computes its observables."""
        ...

    def data(self, scale: float | None = None) -> list[Datum]:
        """What its observables are held to; ``scale`` replaces an estimated width."""
        ...
