"""The tables of a published coating's file and what must hold between their keys."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, model_validator

from ssb_model.errors import InputError
from ssb_model.library.published.reported import (
    ArealCapacity,
    AreaResistance,
    CurrentDensity,
    Positive,
    Pure,
    SpecificCapacity,
    Time,
)
from ssb_model.library.toml_file import AnyTable, Table, Text
from ssb_model.library.units import parse


def with_one_of(table: AnyTable, *keys: str) -> AnyTable:
    """Return `table`; ValueError unless one of its `keys` at least is given."""
    if not any(getattr(table, key) for key in keys):
        raise ValueError(f"none of {', '.join(keys)} is there: give at least one.")
    return table


def _condition(si_unit: str, *words: str) -> AfterValidator:
    """One of the words, or a number with its unit."""

    def checked(text: str) -> str:
        try:
            return text if text in words else (parse(text, si_unit), text)[1]
        except InputError as error:
            raise InputError(f"{error} Or write {' or '.join(map(repr, words))}.") from None

    return AfterValidator(checked)


Temperature: TypeAlias = Annotated[Text, _condition("K", "not stated", "room temperature")]
Pressure: TypeAlias = Annotated[Text, _condition("Pa", "not stated", "none")]


class Resistance(Table):
    """Interface resistance of the same cell without (`before`) and with (`after`) the coating.

    `faces` says whether it counts one face, both of a symmetric cell, or "unknown": then every law
    in the resistance carries a factor of 2 that nobody knows. `times_lower` is before/after.
    """

    faces: Literal[1, 2, "unknown"]
    temperature: Temperature
    before: AreaResistance | None = None
    after: AreaResistance | None = None
    times_lower: Pure | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        return with_one_of(self, "before", "after", "times_lower", "remark")


class CriticalCurrent(Table):
    """Critical current density, and how it was measured."""

    protocol: Text
    temperature: Temperature
    pressure: Pressure
    before: CurrentDensity | None = None
    after: CurrentDensity | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        return with_one_of(self, "before", "after")


class Life(Table):
    """How long a symmetric cell was cycled: in time, in cycles, or in charge passed per area."""

    duration: Time | None = None
    cycles: Pure | None = None
    charge: ArealCapacity | None = None
    current_density: CurrentDensity | None = None
    areal_capacity: ArealCapacity | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        return with_one_of(self, "duration", "cycles", "charge")


class FullCell(Table):
    """A full cell: capacity at a rate, or what was left (`retention`) after `cycles`."""

    cathode: Text
    temperature: Temperature
    c_rate: Positive | None = None
    current_density: CurrentDensity | None = None
    capacity: SpecificCapacity | None = None
    cycles: Pure | None = None
    retention: Pure | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        return with_one_of(self, "capacity", "retention", "remark")
