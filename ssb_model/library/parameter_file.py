"""A parameter set's file: its keys, and what belongs to which kind of part."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ssb_model.errors import suggestion
from ssb_model.library.electrode import (
    DiffusivityTable,
    Name,
    PotentialTable,
    diffusivity_of,
    potential_of,
    refuse_no_cathode_option,
)
from ssb_model.library.layer_potential import PotentialTable as LayerTable
from ssb_model.library.mechanisms import brought_quantities, choices_of, refuse_no_mechanism
from ssb_model.library.quantities import CoatingType, Kind, Known, quantities_of, required
from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import Table, Text
from ssb_model.library.wrong_key import dotted


class Row(Table):
    value: float
    unit: Text
    tag: Tag
    source: Text
    range: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class ParameterFile(Table):
    file_kind = "parameter set"

    name: Text
    kind: Kind
    title: Text
    citation: Text
    type: CoatingType | None = None
    open_circuit_potential: Name | PotentialTable | None = None
    relative_diffusivity: DiffusivityTable | None = None
    options: dict[str, str] = {}
    layer_potential: LayerTable | None = None
    parameters: dict[str, Row]

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
        if self.relative_diffusivity is not None and self.kind != "electrode":
            raise ValueError(
                "the key relative_diffusivity belongs to the kind electrode: remove it."
            )
        return self

    @model_validator(mode="after")
    def _potential_of_a_layer(self) -> Self:
        if self.layer_potential is not None and self.type in (None, "none"):
            raise ValueError("the table [layer_potential] belongs to a coating: remove it.")
        return self

    @model_validator(mode="after")
    def _options_of_its_kind(self) -> Self:
        if self.options and self.kind not in ("coating", "electrode"):
            raise ValueError(
                "the key options belongs to the kinds coating and electrode: remove it."
            )
        if self.kind == "electrode":
            refuse_no_cathode_option(self.options)
        else:
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

    def curves(self, folder: Path) -> dict[str, Any]:
        """What it states by a name, a table or reactions, the tables read in ``folder``."""
        potential, factor = self.open_circuit_potential, self.relative_diffusivity
        return {
            "open_circuit_potential": potential and potential_of(potential, folder),
            "relative_diffusivity": factor and diffusivity_of(factor, folder),
        }
