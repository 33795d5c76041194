"""A compiled cell that needs no PyBaMM: what the kinds of experiment ask of it, as files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import Field

from ssb_model import files
from ssb_model.compiled import CompiledModel, load_compiled
from ssb_model.errors import InputError
from ssb_model.library import Table, validated, write_whole

if TYPE_CHECKING:
    from ssb_model.study import StudyCell

#: what is asked of a full cell's known values
VALUES = (
    "Cell area [m2]",
    "Positive electrode areal loading [kg.m-2]",
    "Positive electrode 1C specific current [A.kg-1]",
    "Upper voltage cut-off [V]",
)


@dataclass(frozen=True, eq=False)
class PortableCell:
    """As a study's cell, for simulators alone."""

    name: str
    type: str
    inputs: tuple[str, ...]
    values: Mapping[str, float]
    compiled: CompiledModel
    charge: str | None = None

    @property
    def area(self) -> float:
        """Area of a face [m2]."""
        return self.values["Cell area [m2]"]


def portable(cell: StudyCell) -> PortableCell:
    """The :class:`PortableCell` of a study's cell."""
    values = {name: float(cell.values[name]) for name in VALUES if name in cell.values}
    inputs = tuple(name for name in cell.inputs if name in cell.compiled.input_names)
    return PortableCell(cell.name, cell.type, inputs, values, cell.compiled, cell.charge)


def save_cell(cell: PortableCell, folder: Path) -> None:
    """Write ``TYPE.ssb`` and ``TYPE.json`` into a folder."""
    cell.compiled.save(folder / f"{cell.type}.ssb")
    known = {
        "name": cell.name,
        "type": cell.type,
        "inputs": cell.inputs,
        "values": dict(cell.values),
        "charge": cell.charge,
    }
    write_whole(folder / f"{cell.type}.json", json.dumps(known, indent=1))


def load_cell_of(type: str, folder: Path) -> PortableCell:
    """The cell that :func:`save_cell` wrote."""
    known = read_json(_Known, folder / f"{type}.json")
    compiled = load_compiled(folder / f"{type}.ssb")
    if missing := [name for name in known.inputs if name not in compiled.input_names]:
        raise InputError(f"{folder / type}.ssb has no input '{missing[0]}': save it again.")
    return PortableCell(known.name, known.type, known.inputs, known.values, compiled, known.charge)


class _Known(Table):
    """What stands beside a saved model."""

    name: str
    type: str
    inputs: Annotated[tuple[str, ...], Field(strict=False)]
    values: dict[str, float]
    charge: str | None = None


Saved = TypeVar("Saved", bound=Table)


def read_json(table: type[Saved], path: Path) -> Saved:
    """A saved file; InputError, one sentence, where it is missing or another's."""
    try:
        content = files.read_json(path)
    except InputError:
        raise
    except (OSError, ValueError):
        raise InputError(f"{path} cannot be read: save the evaluator again.") from None
    return validated(table, content, path)
