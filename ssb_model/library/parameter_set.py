"""Parameter sets: what a garnet, electrode, metal or coating is, each number with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ssb_model.errors import InputError, suggestion
from ssb_model.library.electrode import (
    Potential,
    RelativeDiffusivity,
    Tabulated,
    implied_options,
    refuse_unfit,
)
from ssb_model.library.frozen import Frozen
from ssb_model.library.layer_potential import LayerPotential
from ssb_model.library.locate import find_parameter_set
from ssb_model.library.parameter_file import ParameterFile, Row
from ssb_model.library.quantities import CoatingType, Kind, Known
from ssb_model.library.quantity import Prior, Quantity, prior_of, within_bounds
from ssb_model.library.toml_file import tables_of, toml_bytes, validated
from ssb_model.library.units import to_si
from ssb_model.library.wrong_key import dotted


@dataclass(frozen=True)
class ParameterSet:
    """One parameter file; `parameter_set["layer thickness"]` is a quantity.

    Only coatings have a `type` and, of an alloy, a `layer_potential`; only electrodes an
    `open_circuit_potential` and, perhaps, a `relative_diffusivity`. The `options` of a coating
    choose mechanisms of other packages, those of an electrode how the cathode is modelled.
    """

    name: str
    kind: Kind
    title: str
    citation: str
    type: CoatingType | None
    open_circuit_potential: Potential | None
    relative_diffusivity: RelativeDiffusivity | None
    options: Mapping[str, str]
    path: Path
    parameters: Mapping[str, Quantity]
    layer_potential: LayerPotential | None = None

    @property
    def tables(self) -> tuple[Path, ...]:
        """Files of tables that it names."""
        curves = (self.open_circuit_potential, self.relative_diffusivity)
        return tuple(curve.path for curve in curves if isinstance(curve, Tabulated))

    def __getitem__(self, name: str) -> Quantity:
        if name not in self.parameters:
            raise InputError(
                f"{self.path} has no quantity '{name}'. {suggestion(name, self.parameters)}"
            )
        return self.parameters[name]


def load_parameter_set(name_or_path: str | Path) -> ParameterSet:
    """Load a shipped parameter set by name, or a user's own by the path of its .toml file.

    >>> thickness = load_parameter_set("zni2-0.5")["layer thickness"]
    >>> f"{thickness.value:.3g} {thickness.unit}, {thickness.tag}"
    '2e-07 m, derived'

    Raises InputError, one sentence naming the file and the key, for anything wrong in it.
    """
    path = find_parameter_set(name_or_path)
    file, quantities = _read(path, toml_bytes(path))
    head = file.model_dump(exclude={"parameters", "layer_potential"})
    try:
        head |= file.curves(path.parent)
        if (potential := head["open_circuit_potential"]) is not None:
            head["options"] = implied_options(potential) | head["options"]
            refuse_unfit(head["options"], potential, quantities)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    layer = file.layer_potential.read() if file.layer_potential else None
    return ParameterSet(**head, path=path, parameters=quantities, layer_potential=layer)


@lru_cache(maxsize=128)  # a study asks for the same few files again and again
def _read(path: Path, content: bytes) -> tuple[ParameterFile, Mapping[str, Quantity]]:
    file = validated(ParameterFile, tables_of(content, path), path)
    known = file.known
    quantities = {
        name: _quantity(name, row, known[name], path) for name, row in file.parameters.items()
    }
    if file.type == "none" and quantities["coated share"].value > 0:
        raise InputError(f'{path}: parameters."coated share" must be 0 where type is "none".')
    return file, Frozen(quantities)


def _quantity(name: str, row: Row, known: Known, path: Path) -> Quantity:
    try:
        text = f"{row.value:g} {row.unit}"
        value = within_bounds(known, to_si(row.value, row.unit, known.unit), text)
        prior = None if row.range is None else _prior(known, row, row.range, value)
    except InputError as error:
        raise InputError(f"{path}: {dotted(['parameters', name])}: {error}") from None
    return Quantity(name, value, known.unit, row.tag, row.source, prior, known)


def _prior(known: Known, row: Row, ends: list[float], value: float) -> Prior:
    si = [
        within_bounds(known, to_si(end, row.unit, known.unit), f"{end:g} {row.unit}")
        for end in ends
    ]
    return prior_of(known, si, value, f"range {ends}", f"{row.value:g}")
