"""What a question needs of a cell, be it a study's or one that travels without PyBaMM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from ssb_model.compiled import CompiledModel


class KnownValues(Protocol):
    """Numbers by PyBaMM name."""

    def __getitem__(self, name: str, /) -> Any: ...


class SimulatedCell(Protocol):
    """A compiled cell and what is known of it."""

    @property
    def name(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def inputs(self) -> tuple[str, ...]: ...

    @property
    def values(self) -> KnownValues: ...

    @property
    def area(self) -> float: ...

    @property
    def charge(self) -> str | None: ...

    @property
    def compiled(self) -> CompiledModel: ...
