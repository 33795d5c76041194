"""What a predicted row is held against: a constant that knows no model.

``[baselines.NAME]`` of ``rows.toml`` is a constant of the library of published cells (``cells``, a
class of contact) or of the numbers of one of the experiment's own statements (``statement``). Of
n numbers with the mean and standard deviation s of their logarithms, a further one is Student's,

    ln y = mean +- t(n - 1) s sqrt(1 + 1/n)

so that few numbers make a wide constant. The row's own paper and own number are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

import numpy as np
from pydantic import model_validator
from scipy.special import stdtrit

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.errors import InputError
from ssb_model.library import Table, field_cells, to_si
from ssb_model.reproduction.scores.printed import Printed

if TYPE_CHECKING:
    from ssb_model.library import Experiment, FieldCell

Contact = Literal["bare", "bare control", "coated", "wetted"]
LEAST, NEAR = 3, 10.0  # numbers of a constant; K about room temperature


class BaselineTable(Table):
    """One ``[baselines.NAME]``: exactly one of the keys."""

    cells: Contact | None = None
    statement: int | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.cells is None) == (self.statement is None):
            raise ValueError("give one of cells (a class of contact) and statement (its number).")
        return self


class Baseline(NamedTuple):
    """A constant's distribution, and where its numbers are from, in words."""

    printed: Printed
    source: str


class Baselines:
    """The baselines of an experiment, by name."""

    def __init__(self, tables: Mapping[str, BaselineTable], experiment: Experiment) -> None:
        self._tables, self._experiment = tables, experiment
        self._path = experiment.path.parent / "rows.toml"

    def of(self, name: str, paper: float, unit: str | None) -> Baseline:
        """The constant for a row whose number the paper states as ``paper``, in ``unit``.

        Raises
        ------
        InputError
            If there is no such baseline, or it has another unit or too few numbers.
        """
        try:
            table = self._tables[name]
        except KeyError:
            raise InputError(f"{self._path}: there is no [baselines.{name}]: write it.") from None
        if table.cells is not None:
            values = self._published(table.cells, unit, name)
            source = f"constant of {len(values)} published {table.cells} cells of others"
        else:
            assert table.statement is not None
            values = self._stated(table.statement, paper, unit, name)
            source = f"constant of the other numbers of statement {table.statement}"
        if len(values) < LEAST:
            raise InputError(
                f"{self._path}: baselines.{name} has {len(values)} numbers, at least {LEAST} are "
                "needed: remove it."
            )
        return Baseline(_constant(values), source)

    def _published(self, contact: Contact, unit: str | None, name: str) -> list[float]:
        """Critical currents of other papers' cells near room temperature."""
        try:
            own = to_si(1.0, unit, "A.m-2")
        except InputError as error:
            raise InputError(f"{self._path}: baselines.{name}: {error}") from None
        cited = self._experiment.citation
        cells = (cell for cell in field_cells() if cell.contact == contact)
        others = (cell for cell in cells if not (cell.doi and cell.doi in cited))
        return [value / own for value in map(_number, others) if value is not None]

    def _stated(self, number: int, paper: float, unit: str | None, name: str) -> list[float]:
        found = self._experiment.statements.get(number)
        if found is None or not isinstance(found.value, tuple) or found.unit != unit:
            raise InputError(
                f"{self._path}: baselines.{name}: statement {number} is no list of numbers in "
                f"{unit}."
            )
        return [float(y) for y in found.value if y != paper]


def _number(cell: FieldCell) -> float | None:
    """Critical current [A.m-2] that is learnt from, read as one number, not warm or cold."""
    J, near = cell.J, cell.T is None or abs(cell.T - ROOM_TEMPERATURE) <= NEAR
    if J is None or J.sign or J.upper or not (cell.learnt_from and near):
        return None
    return J.value


def _constant(values: Sequence[float]) -> Printed:
    logs, n = np.log(values), len(values)
    reach = stdtrit(n - 1, 0.975) * logs.std(ddof=1) * np.sqrt(1 + 1 / n)
    return Printed(*map(float, np.exp(logs.mean() + reach * np.array([0, -1, 1]))))
