"""The tables of an experiment.toml and what must hold between their keys."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import Table, Text
from ssb_model.library.units import check_unit, finite
from ssb_model.library.wrong_key import dotted

Numbers = float | tuple[float, ...]


def _numbers(value: object) -> Numbers:
    if value == []:
        raise ValueError("the list is empty, give its numbers or leave the key out.")
    return tuple(map(finite, value)) if isinstance(value, list) else finite(value)


def _numbers_or_text(value: object) -> Numbers | str:
    return value if isinstance(value, str) else _numbers(value)


class ValuedRow(Table):
    quantity: Text
    value: Annotated[Numbers | str | None, BeforeValidator(_numbers)] = None
    unit: Text | None = None

    @model_validator(mode="after")
    def _numbers_have_a_unit(self) -> Self:
        if self.unit is not None:
            check_unit(self.unit)
        elif isinstance(self.value, (float, tuple)):
            raise ValueError(
                "the key unit is missing: a number needs one, '1' if it is a pure number."
            )
        return self


class StatementRow(ValuedRow):
    number: Annotated[int, Field(ge=1)]
    labels: list[Text] = []
    bound: Literal["upper", "lower"] | None = None
    condition: Text
    figure: Text
    kind: Literal["measured", "computed", "text"]
    qualitative: bool = False
    further: list[ValuedRow] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.value is None and not self.qualitative:
            raise ValueError(
                f"statement {self.number} has no value: give one or write qualitative = true."
            )
        if self.labels and (
            not isinstance(self.value, tuple) or len(self.labels) != len(self.value)
        ):
            raise ValueError(
                f"statement {self.number} must have one label for each number of its value."
            )
        return self


class SettingRow(ValuedRow):
    quantity: str = ""
    value: Annotated[Numbers | str | None, BeforeValidator(_numbers_or_text)] = Field(default=...)
    tag: Tag | None = None
    source: Text | None = None
    stated: bool = True
    assumption: Text | None = None

    @model_validator(mode="after")
    def _stated_or_assumed(self) -> Self:
        given = ("tag", "source") if self.stated else ("assumption",)
        barred = ("assumption",) if self.stated else ("tag", "source")
        for key in given:
            if getattr(self, key) is None:
                raise ValueError(
                    f"the key {key} is missing: give tag and source, "
                    "or stated = false and assumption."
                )
        for key in barred:
            if getattr(self, key) is not None:
                raise ValueError(
                    f"the key {key} does not go with stated = {str(self.stated).lower()}: "
                    "remove one of them."
                )
        return self


class ProtocolTable(Table):
    title: Text
    statements: list[int]
    settings: dict[str, SettingRow]


class InterfacesCounted(Table):
    value: Literal[1, 2]
    tag: Tag
    source: Text


class ExperimentFile(Table):
    file_kind = "experiment"

    name: Text
    title: Text
    citation: Text
    interfaces_counted: InterfacesCounted
    statements: list[StatementRow]
    protocols: dict[str, ProtocolTable] = {}

    @model_validator(mode="after")
    def _numbers_fit(self) -> Self:
        numbers = [row.number for row in self.statements]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(
                    f"statement number {number} appears twice: number every statement once."
                )
        for name, protocol in self.protocols.items():
            for number in set(protocol.statements) - set(numbers):
                raise ValueError(
                    f"{dotted(['protocols', name, 'statements'])} names {number}, "
                    "and there is no such statement."
                )
        return self
