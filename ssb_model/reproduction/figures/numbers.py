"""Rows and settings of which a figure draws the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from ssb_model.library import Measure
    from ssb_model.reproduction.results import Reproduction, RowResult

    class NumberedRow(RowResult):
        """A row that has the numbers that are drawn of it."""

        paper: float
        model: float
        lower95: float
        upper95: float
        noise: float
        tolerance: float


Value = TypeVar("Value")


def row_of(reproduction: Reproduction, id: str) -> NumberedRow:
    """The row with this id."""
    return cast("NumberedRow", reproduction.row(id))


def known(value: Value | None) -> Value:
    """A value that is there, as whoever draws it has made sure."""
    assert value is not None
    return value


def number(measure: Measure) -> float:
    """The one number of a statement or setting, in its own unit."""
    assert isinstance(measure.value, int | float)
    return measure.value


def numbers(measure: Measure) -> tuple[float, ...]:
    """The numbers of a statement or setting, in its own unit."""
    assert isinstance(measure.value, tuple)
    return measure.value
