"""Parameter sets: what a garnet, electrode, metal or coating is, each number with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ssb_model.errors import InputError, suggestion
from ssb_model.library.frozen import Frozen
from ssb_model.library.layer_potential import LayerPotential, PotentialTable
from ssb_model.library.locate import find_parameter_set
from ssb_model.library.mechanisms import brought_quantities, choices_of, refuse_no_mechanism
from ssb_model.library.quantities import CoatingType, Kind, Known, quantities_of, required
from ssb_model.library.quantity import Prior, Quantity, Tag, prior_of, within_bounds
from ssb_model.library.toml_file import Table, read_toml, validated
from ssb_model.library.units import to_si
from ssb_model.library.wrong_key import dotted

Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class ParameterSet:
    """One parameter file; `parameter_set["layer thickness"]` is a quantity.

    Only coatings have a `type` and, by option, mechanisms of other packages in `options` and the
    `layer_potential` of an alloy; only electrodes an `open_circuit_potential`.
    """

    name: str
    kind: Kind
    title: str
    citation: str
    type: CoatingType | None
    open_circuit_potential: str | None
    options: Mapping[str, str]
    path: Path
    parameters: Mapping[str, Quantity]
    layer_potential: LayerPotential | None = None

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
    file_kind = "parameter set"

    name: Text
    kind: Kind
    title: Text
    citation: Text
    type: CoatingType | None = None
    open_circuit_potential: Literal["afshar2017"] | None = None
    options: dict[str, str] = {}
    layer_potential: PotentialTable | None = None
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
    def _potential_of_a_layer(self) -> Self:
        if self.layer_potential is not None and self.type in (None, "none"):
            raise ValueError("the table [layer_potential] belongs to a coating: remove it.")
        return self

    @model_validator(mode="after")
    def _options_of_mechanisms(self) -> Self:
        if self.options and self.kind != "coating":
            raise ValueError("the key options belongs to the kind coating: remove it.")
        refuse_no_mechanism(self.options, "the key options")
        return self

    @model_validator(mode="after")
    def _quantities_of_its_kind(self) -> Self:
        known = self.known
        for name in self.parameters:
            if name not in known:
                own = choices_of(name) if self.kind == "coating" else []
                cure = [f'options = {{ "{option}" = "{value}" }}' for option, value in own]
                cure = f"Add {' or '.join(cure)}." if cure else suggestion(name, known)
                raise ValueError(f"the kind {self.kind} has no quantity '{name}'. {cure}")
        for name in required(self.kind, self.type):
            if name not in self.parameters:
                raise ValueError(
                    f"the table [{dotted(['parameters', name])}] is missing: "
                    f"the kind {self.kind} needs it."
                )
        return self

    @property
    def known(self) -> Mapping[str, Known]:
        """Every quantity that it may have, by name."""
        brought = brought_quantities(self.options)
        return {**quantities_of(self.kind), **{name: q.known for name, q in brought.items()}}


def load_parameter_set(name_or_path: str | Path) -> ParameterSet:
    """Load a shipped parameter set by name, or a user's own by the path of its .toml file.

    >>> thickness = load_parameter_set("zni2-0.5")["layer thickness"]
    >>> f"{thickness.value:.3g} {thickness.unit}, {thickness.tag}"
    '2e-07 m, derived'

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = find_parameter_set(name_or_path)
    file = validated(_File, read_toml(path), path)
    known = file.known
    quantities = {
        name: _quantity(name, row, known[name], path) for name, row in file.parameters.items()
    }
    if file.type == "none" and quantities["coated share"].value > 0:
        raise InputError(f'{path}: parameters."coated share" must be 0 where type is "none".')
    head = file.model_dump(exclude={"parameters", "layer_potential"})
    potential = file.layer_potential.read() if file.layer_potential else None
    frozen = Frozen(quantities)
    return ParameterSet(**head, path=path, parameters=frozen, layer_potential=potential)


def _quantity(name: str, row: _Row, known: Known, path: Path) -> Quantity:
    try:
        text = f"{row.value:g} {row.unit}"
        value = within_bounds(known, to_si(row.value, row.unit, known.unit), text)
        prior = None if row.range is None else _prior(known, row, row.range, value)
    except InputError as error:
        raise InputError(f"{path}: {dotted(['parameters', name])}: {error}") from None
    return Quantity(name, value, known.unit, row.tag, row.source, prior, known)


def _prior(known: Known, row: _Row, ends: list[float], value: float) -> Prior:
    si = [
        within_bounds(known, to_si(end, row.unit, known.unit), f"{end:g} {row.unit}")
        for end in ends
    ]
    return prior_of(known, si, value, f"range {ends}", f"{row.value:g}")
