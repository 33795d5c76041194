"""A question to a coating's cells: one experiment without measured values, known by its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from ssb_model.prediction.questions.simulated_cell import SimulatedCell
from ssb_model.study import ExperimentTable, Source

if TYPE_CHECKING:
    from ssb_model.study import Experiment, StudyCell


@dataclass(frozen=True)
class Kind:
    """How the names of one kind of question are written and asked.

    Attributes
    ----------
    cell
        Type of the cell that answers it.
    pattern
        Regular expression of its names, the numbers in groups.
    example
        One of its names.
    unit
        Of its answers.
    spread
        Kind of its numbers in :mod:`ssb_model.library.spread`.
    factor
        From SI to that unit; of a spectrum after its impedance is multiplied by the cell's area.
    make_table
        The experiment's table of the numbers found in the names: the first group of each, a list,
        and the other groups, the same in all names of one experiment.
    """

    cell: Literal["symmetric", "full"]
    pattern: str
    example: str
    unit: str
    spread: str
    factor: float
    make_table: Callable[..., ExperimentTable]


@dataclass(frozen=True)
class Question:
    """One experiment without measured values; two that ask the same are equal.

    Attributes
    ----------
    kind
        That its names are of.
    names
        Of its numbers; a spectrum has one.
    first
        The number that tells the names apart, None where a name says none.
    others
        The numbers that they share.
    """

    kind: Kind
    names: tuple[str, ...]
    first: tuple[float | None, ...] = (None,)
    others: tuple[float | None, ...] = ()

    @property
    def cell(self) -> Literal["symmetric", "full"]:
        """The type of cell that answers it."""
        return self.kind.cell

    @property
    def unit(self) -> str:
        """Of its numbers."""
        return self.kind.unit

    @property
    def factor(self) -> float:
        """From SI to that unit."""
        return self.kind.factor

    @property
    def table(self) -> ExperimentTable:
        """The experiment as a study file would write it."""
        return self.kind.make_table(list(self.first), *self.others)

    def experiments(self, cell: SimulatedCell) -> Sequence[Experiment]:
        """The experiments, for the kind's own simulators."""
        known = cast(
            "StudyCell", cell
        )  # of which a prediction needs no more than a SimulatedCell has
        return self.table.read(Source("prediction", 0, Path(), known, predicted=True))
