"""A compiled cell that needs no PyBaMM: what the kinds of experiment ask of it, as files."""

import json
from dataclasses import dataclass
from pathlib import Path

from ssb_model.compiled import load_compiled
from ssb_model.library import write_whole

#: what is asked of a full cell's known values
VALUES = (
    "Cell area [m2]",
    "Positive electrode areal loading [kg.m-2]",
    "Positive electrode 1C specific current [A.kg-1]",
)


@dataclass(frozen=True, eq=False)
class ShippedCell:
    """As :class:`ssb_model.study.file.cells.StudyCell`, for simulators alone."""

    name: str
    type: str
    inputs: tuple
    values: dict
    compiled: object

    @property
    def area(self):
        """Area of a face [m2]."""
        return self.values["Cell area [m2]"]


def ship(cell):
    """The :class:`ShippedCell` of a study's cell."""
    values = {name: float(cell.values[name]) for name in VALUES if name in cell.values}
    inputs = tuple(name for name in cell.inputs if name in cell.compiled.input_names)
    return ShippedCell(cell.name, cell.type, inputs, values, cell.compiled)


def save_cell(cell, folder):
    """Write ``TYPE.ssb`` and ``TYPE.json`` into a folder."""
    folder = Path(folder)
    cell.compiled.save(folder / f"{cell.type}.ssb")
    known = {"name": cell.name, "type": cell.type, "inputs": cell.inputs, "values": cell.values}
    write_whole(folder / f"{cell.type}.json", json.dumps(known, indent=1))


def load_cell_of(type, folder):
    """The cell that :func:`save_cell` wrote."""
    folder = Path(folder)
    known = json.loads((folder / f"{type}.json").read_text("utf-8"))
    compiled = load_compiled(folder / f"{type}.ssb")
    inputs = tuple(known["inputs"])
    return ShippedCell(known["name"], known["type"], inputs, known["values"], compiled)
