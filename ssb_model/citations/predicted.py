"""Works behind a prediction: its cells, what they were fitted to, the critical currents learnt."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ssb_model.citations.cells import of_cell
from ssb_model.citations.known import source_of
from ssb_model.citations.library import of_experiment, of_forecast
from ssb_model.citations.study import of_fit
from ssb_model.citations.uses import Use
from ssb_model.errors import InputError
from ssb_model.library import load_experiment, load_parameter_set, read_toml, validated
from ssb_model.prediction import (
    BARE,
    DIELECTRIC,
    FOUNDING,
    KINDS,
    LAYERED,
    CellTable,
    face_name,
    load_coating,
)
from ssb_model.study import CellTable as StudyCellTable, StudyTable, read_cell, read_saved


class Surroundings(NamedTuple):
    """What a coating is predicted in: garnet and cathode by name, and the works they rest on."""

    garnet: str
    cathode: str
    uses: tuple[Use, ...]


def of_prediction(coating_type: str, cell: str) -> Iterator[Use]:
    """Works behind a prediction of a coating of this type in a cell.

    ``cell`` is "zhai2024", or the path of a fit.json or of a cell file.
    """
    found = surroundings(cell)
    yield from found.uses
    for kind in ("symmetric", "full"):
        yield from of_cell(_predicted_cell(kind, coating_type, found))
    yield from of_forecast()


def of_predicted_file(coating: str | Path, cell: str) -> Iterator[Use]:
    """The same of a coating's file or name, with the source that the file gives."""
    found = load_coating(coating)
    yield from of_source(found.path, found.name)
    yield from of_prediction(found.type, cell)


def of_source(path: Path, name: str) -> Iterator[Use]:
    """The work that a coating file gives as its source, if it gives one."""
    if source := read_toml(path).get("source"):
        yield Use(source_of(source, path.stem), f"measured values of {name}")


def surroundings(cell: str) -> Surroundings:
    """Garnet and cathode of "zhai2024", of a fit.json or of a cell file. Raises InputError."""
    if cell == FOUNDING:
        return Surroundings("llzto", "lfp", tuple(of_experiment(load_experiment(FOUNDING))))
    path = Path(cell)
    if not path.is_file():
        raise InputError(
            f"the cell {cell}, in which it was predicted, is not there: give the command from the "
            "folder that its path starts from."
        )
    if path.suffix != ".json":
        table = validated(CellTable, read_toml(path), path)
        return Surroundings(table.garnet, table.cathode, ())
    study = path.parent / read_saved(path).study.file
    cells = validated(StudyTable, read_toml(study), study).cells.values()
    garnet, cathode = next(((c.garnet, c.cathode) for c in cells), ("llzto", "lfp"))
    return Surroundings(garnet, cathode, tuple(of_fit(path)))


def _predicted_cell(kind, coating_type, found):
    """The cell that a prediction compiles, with the numbers of the coating's own type."""
    layered = coating_type != "none"
    table = StudyCellTable(
        type=kind,
        garnet=found.garnet,
        coating=LAYERED if layered else BARE,
        cathode=found.cathode,
        options=dict(DIELECTRIC) if layered else {},
    )
    cell = read_cell(kind, table, Path(kind))
    face = load_parameter_set(KINDS[coating_type]).parameters
    own = {face_name(name, quantity.unit): quantity for name, quantity in face.items()}
    return replace(cell, quantities=cell.quantities | own)
