"""Parameter sets: what a garnet, electrode, metal or coating is, each number with its source."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ssb_model.errors import InputError, suggestion
from ssb_model.library.frozen import Frozen
from ssb_model.library.locate import find_parameter_set
from ssb_model.library.quantities import CoatingType, Kind, Known, Scale, quantities_of, required
from ssb_model.library.toml_file import Table, dotted, read_toml, validated
from ssb_model.library.units import to_si

Tag = Literal["stated", "found", "derived", "assumed"]
Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class Prior:
    """The central 95 % range of a quantity in its SI unit, and the scale on which it is even."""

    lower: float
    upper: float
    scale: Scale


@dataclass(frozen=True)
class Quantity:
    """One number in SI (PyBaMM notation), how it is known, its prior if it may vary, and the
    bounds and scale of its kind."""

    name: str
    value: float
    unit: str
    tag: Tag
    source: str
    prior: Prior | None
    known: Known

    def within_bounds(self, value: float, text: str) -> float:
        """Return another value in SI, written as `text`; InputError if it is not physical."""
        return _within(self.known, value, text)


@dataclass(frozen=True)
class ParameterSet:
    """One parameter file; `parameter_set["layer thickness"]` is a quantity.

    Only coatings have a `type` and only electrodes an `open_circuit_potential`.
    """

    name: str
    kind: Kind
    title: str
    citation: str
    type: CoatingType | None
    open_circuit_potential: str | None
    path: Path
    parameters: Mapping[str, Quantity]

    def __getitem__(self, name: str) -> Quantity:
        if name not in self.parameters:
            raise InputError(
                f"{self.path} has no quantity '{name}'. {suggestion(name, self.parameters)}"
            )
        return self.parameters[name]


class _Row(Table):
    value: float
    unit: Text
    tag: Tag
    source: Text
    range: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class _File(Table):
    name: Text
    kind: Kind
    title: Text
    citation: Text
    type: CoatingType | None = None
    open_circuit_potential: Literal["afshar2017"] | None = None
    parameters: dict[str, _Row]

    @model_validator(mode="after")
    def _keys_of_its_kind(self) -> Self:
        for key, kind in (("type", "coating"), ("open_circuit_potential", "electrode")):
            if (getattr(self, key) is not None) != (self.kind == kind):
                fault = (
                    f"is missing: the kind {kind} needs it"
                    if self.kind == kind
                    else f"belongs to the kind {kind}: remove it"
                )
                raise ValueError(f"the key {key} {fault}.")
        return self

    @model_validator(mode="after")
    def _quantities_of_its_kind(self) -> Self:
        known = quantities_of(self.kind)
        for name in self.parameters:
            if name not in known:
                raise ValueError(
                    f"the kind {self.kind} has no quantity '{name}'. {suggestion(name, known)}"
                )
        for name in required(self.kind, self.type):
            if name not in self.parameters:
                raise ValueError(
                    f"the table [{dotted(['parameters', name])}] is missing: "
                    f"the kind {self.kind} needs it."
                )
        return self


def load_parameter_set(name_or_path: str | Path) -> ParameterSet:
    """Load a shipped parameter set by name, or a user's own by the path of its .toml file.

    >>> thickness = load_parameter_set("zni2-0.5")["layer thickness"]
    >>> f"{thickness.value:.3g} {thickness.unit}, {thickness.tag}"
    '2e-07 m, derived'

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = find_parameter_set(name_or_path)
    file = validated(_File, read_toml(path), path)
    known = quantities_of(file.kind)
    quantities = {
        name: _quantity(name, row, known[name], path) for name, row in file.parameters.items()
    }
    if file.type == "none" and quantities["coated share"].value > 0:
        raise InputError(f'{path}: parameters."coated share" must be 0 where type is "none".')
    head = file.model_dump(exclude={"parameters"})
    return ParameterSet(**head, path=path, parameters=Frozen(quantities))


def _quantity(name: str, row: _Row, known: Known, path: Path) -> Quantity:
    try:
        value = _within(known, to_si(row.value, row.unit, known.unit), f"{row.value:g} {row.unit}")
        prior = None if row.range is None else _prior(known, row, row.range, value)
    except InputError as error:
        raise InputError(f"{path}: {dotted(['parameters', name])}: {error}") from None
    return Quantity(name, value, known.unit, row.tag, row.source, prior, known)


def _prior(known: Known, row: _Row, ends: list[float], value: float) -> Prior:
    lower, upper = (
        _within(known, to_si(end, row.unit, known.unit), f"{end:g} {row.unit}") for end in ends
    )
    if not lower < upper:
        raise InputError(f"range {ends} must rise from its lower to its upper end.")
    if not lower <= value <= upper:
        raise InputError(f"range {ends} does not contain the value {row.value:g}: widen it.")
    check_scale(known.scale, lower, upper, f"range {ends}")
    return Prior(lower, upper, known.scale)


def check_scale(scale: Scale, lower: float, upper: float, what: str) -> None:
    """Raise InputError, beginning with `what`, unless a range fits its scale."""
    if scale == "logit" and not 0 < lower < upper < 1:
        raise InputError(f"{what} must lie strictly between 0 and 1, as it is a share.")
    if scale == "log" and lower <= 0:
        raise InputError(f"{what} must begin above 0, as its scale is logarithmic.")


def _within(known: Known, si: float, text: str) -> float:
    # The rounding of a unit conversion must not throw out a value that lies on a bound.
    for bound in (known.lower, known.upper):
        si = float(bound) if math.isclose(si, bound, rel_tol=1e-12) else si
    if not known.lower <= si <= known.upper:
        bounds = f"{known.lower:g} to {known.upper:g} {known.unit}"
        raise InputError(
            f"{text} is outside what is physical, {bounds}: check the number and its unit."
        )
    return si
