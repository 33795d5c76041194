"""A number as a source prints it, in one text: "2.3 mA/cm2", ">= 0.5 mA/cm2", "89 to 96 %"."""

import re
from collections.abc import Callable
from typing import Annotated, TypeAlias, cast

from pydantic import AfterValidator

from ssb_model.errors import InputError
from ssb_model.library.conditions import refuse_pressure, refuse_temperature
from ssb_model.library.numbers import refuse_impossible
from ssb_model.library.published import Reported
from ssb_model.library.toml_file import Text
from ssb_model.library.units import parse

ROOM, UNSTATED, NO = "room temperature", "not stated", "none"
_SIGNED = re.compile(r"\s*(<=|>=|<|>|~)?\s*(.*?)\s*", re.DOTALL)
_COMMA = re.compile(r"\d+,\d")
_SPAN = re.compile(r"[\d.]+(?:[eE][+-]?\d+)?\s*(±|\+-|\+/-|-|–|—|\.\.\.|…)\s*[\d.]")
_RANGE = re.compile(r"([\d.eE+-]+)\s+to\s+(.*)", re.DOTALL)


def reported(text: str, si_unit: str) -> Reported:
    """Sign, value and upper end of a text, in SI.

    >>> found = reported(">= 0.5 mA/cm2", "A.m-2")
    >>> found.sign, found.value
    ('>=', 5.0)
    >>> reported("0.2 to 0.5 mA/cm2", "A.m-2").upper
    5.0
    """
    plain = text.replace("≥", ">=").replace("≤", "<=")
    sign, rest = cast("re.Match[str]", _SIGNED.fullmatch(plain)).groups()
    _refuse_unread(rest)
    ends = _RANGE.fullmatch(rest)
    if ends is None:
        return _of(text, [parse(rest, si_unit)], sign, si_unit)
    if sign:
        raise InputError(f"'{text}' has a sign and a range: keep one of them.")
    upper = parse(ends[2], si_unit)
    unit = rest.rpartition(" ")[2] if " " in ends[2] else ""
    return _of(text, [parse(f"{ends[1]} {unit}".strip(), si_unit), upper], None, si_unit)


def _refuse_unread(text: str) -> None:
    """Ways to write a number that people use and that have no one meaning here."""
    if _COMMA.match(text):
        raise InputError(f"'{text}' has a comma: write a decimal point.")
    if (ends := _SPAN.match(text)) is not None:
        how = "'0.8 to 1.2' with its unit"
        raise InputError(f"'{text}' has '{ends[1]}' between two numbers: write a range, {how}.")


def _of(text: str, values: list[float], sign: str | None, si_unit: str) -> Reported:
    for value in values:
        if value <= 0:
            raise InputError(f"'{text}' must be positive.")
        refuse_impossible(value, text, si_unit, "the number")
    if len(values) > 1 and values[1] <= values[0]:
        raise InputError(f"the range '{text}' does not rise: write the lower end first.")
    upper = values[1] if len(values) > 1 else None
    return Reported(value=values[0], upper=upper, sign=sign, unit=si_unit)  # pyright: ignore


def _number(si_unit: str) -> AfterValidator:
    return AfterValidator(lambda text: (reported(text, si_unit), text)[1])


def _condition(si_unit: str, refuse: Callable[[float, str], object], *words: str) -> AfterValidator:
    """One of the words, or a number with its unit that a cell can have."""

    def checked(text: str) -> str:
        if text in words:
            return text
        try:
            refuse(parse(text, si_unit), "value")
        except InputError as error:
            raise InputError(f"{error} Or write {' or '.join(map(repr, words))}.") from None
        return text

    return AfterValidator(checked)


CurrentText: TypeAlias = Annotated[Text, _number("A.m-2")]
ResistanceText: TypeAlias = Annotated[Text, _number("Ohm.m2")]
ConductivityText: TypeAlias = Annotated[Text, _number("S.m-1")]
ShareText: TypeAlias = Annotated[Text, _number("-")]
LengthText: TypeAlias = Annotated[Text, _number("m")]
TimeText: TypeAlias = Annotated[Text, _number("s")]
CapacityText: TypeAlias = Annotated[Text, _number("A.h.m-2")]
TemperatureText: TypeAlias = Annotated[Text, _condition("K", refuse_temperature, ROOM, UNSTATED)]
PressureText: TypeAlias = Annotated[Text, _condition("Pa", refuse_pressure, NO, UNSTATED)]
