"""What a target of ``ssb cite`` stands for: files that only their own rooms can read are loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.errors import InputError
from ssb_model.library import (
    kind_of_table,
    known_described,
    known_published,
    read_toml,
    validated,
)

if TYPE_CHECKING:
    from ssb_model.citations import Cited

#: cells by the names that PyBaMM finds them by, models and parameter sets alike
CELLS = {
    "SSB symmetric cell": {"type": "symmetric", "coating": "zni2-0.5"},
    "SSB full cell": {"type": "full", "coating": "zni2-0.5"},
    "SSB blocking cell": {"type": "blocking"},
    "Zhai2024 symmetric": {"type": "symmetric", "coating": "zni2-0.5"},
    "Zhai2024 symmetric bare": {"type": "symmetric", "coating": "bare"},
    "Zhai2024 full": {"type": "full", "coating": "zni2-0.5"},
    "LLZTO blocking": {"type": "blocking"},
}


def cited(target: str) -> list[str | Cited]:
    """What :func:`ssb_model.citations.cite` is to be given for a file or name.

    Raises InputError for anything wrong in a file that is loaded.
    """
    path = Path(target).expanduser()
    if path.suffix == ".toml" and path.is_file():
        return _of_file(path)
    if target in CELLS:
        return [_cell(target)]
    if target in known_described():
        return [_coating(target), *([target] if target in known_published() else [])]
    return [target]


def _of_file(path: Path) -> list[str | Cited]:
    kind = kind_of_table(read_toml(path))
    if kind == "study":
        return _of_study(path)
    if kind == "sweep":
        return _of_sweep(path)
    if kind == "coating":
        return [_coating(path)]
    if kind == "cell":
        return _of_cell_file(path)
    if kind in ("bench", "candidates", "rows"):
        raise InputError(f"{path} names no works to cite: give the result that was made with it.")
    return [str(path)]  # of the library, which `cite` reads, or nothing that is known


def _of_study(path: Path) -> list[str | Cited]:
    """The cells of a study; its measured files need not be there."""
    from ssb_model.study import StudyTable, read_cell

    table = validated(StudyTable, read_toml(path), path)
    return [read_cell(name, cell, path) for name, cell in table.cells.items()]


def _of_sweep(path: Path) -> list[str | Cited]:
    """The coating and the cell that a sweep file names."""
    from ssb_model.prediction import FOUNDING
    from ssb_model.sweep import SweepTable, files_of

    files = files_of(validated(SweepTable, read_toml(path), path), path)
    return [_coating(str(files["coating"])), *cited(files["cell"] or FOUNDING)]


def _of_cell_file(path: Path) -> list[str | Cited]:
    from ssb_model.prediction import CellTable

    table = validated(CellTable, read_toml(path), path)
    return [table.garnet, table.cathode]


def _coating(name_or_path: str | Path) -> Cited:
    from ssb_model.prediction import load_coating

    return load_coating(name_or_path)


def _cell(name: str) -> Cited:
    from ssb_model.study import CellTable, read_cell

    return read_cell(name, CellTable.model_validate(CELLS[name]), Path(name))
