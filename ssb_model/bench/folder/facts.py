"""What a folder of files cannot say: sizes of the cell, and which file is which.

It comes from ``bench.toml`` in the folder, of which every line is optional::

    thickness = "0.9 mm"
    diameter = "10 mm"          # or: area = "0.785 cm2"
    active_mass = "2.356 mg"    # of the cathode, for mAh/g
    temperature = "25 degC"     # of files whose names do not say it
    electrolyte = "LAGP"        # its name in the table; garnet unless stated
    reference = "bare"          # the group that others are compared with
    [cells]                     # where the names do not say which cell it is
    "bare 1" = ["LLZTO_01_*.mpt", "ccd_1.csv"]
    [groups]                    # cells of one kind, where the names do not say it
    bare = ["bare 1", "bare 2"]
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from ssb_model.errors import InputError
from ssb_model.library import Table, parse_positive, read_toml, validated

FILE = "bench.toml"
GARNET = "garnet"
Texts = Annotated[list[str], Field(min_length=1)]


class FileTable(Table):
    """What is said of one file."""

    cell: str | None = None
    temperature: str | None = None
    columns: dict[str, str] | list[str] | None = None
    units: dict[str, str] | None = None
    leave_out: bool = False


class BenchTable(Table):
    """``bench.toml``."""

    file_kind = "bench"

    thickness: str | None = None
    diameter: str | None = None
    area: str | None = None
    active_mass: str | None = None
    nominal_capacity: str | None = None
    temperature: str | None = None
    electrolyte: str | None = None
    reference: str | None = None
    cells: dict[str, Texts] = Field(default_factory=dict)
    groups: dict[str, Texts] | None = None
    files: dict[str, FileTable] = Field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """What is known of the cells beside their files, in SI; None where nobody said it.

    Attributes
    ----------
    thickness
        Of the electrolyte [m].
    area
        Of the cell [m2].
    active_mass
        Of the cathode [kg].
    nominal_capacity
        That 1C stands for [A.h].
    temperature
        Of files that do not say it [K].
    electrolyte
        Its name in the table.
    cells
        Patterns of file names by cell.
    files
        What is said of single files, by name.
    groups
        Cells by group; empty where cells are not to be grouped, None where names say it.
    reference
        The group that others are compared with.
    """

    thickness: float | None = None
    area: float | None = None
    active_mass: float | None = None
    nominal_capacity: float | None = None
    temperature: float | None = None
    electrolyte: str = GARNET
    cells: dict[str, list[str]] | None = None
    files: dict[str, FileTable] | None = None
    groups: dict[str, list[str]] | None = None
    reference: str | None = None

    def but(self, other: Facts) -> Facts:
        """These facts, with what the other ones say in their place."""
        said = {name: value for name, value in vars(other).items() if value not in (None, GARNET)}
        return replace(self, **said)


def read_facts(folder: Path) -> Facts:
    """The facts in a folder's ``bench.toml``; none if it has no such file.

    Raises
    ------
    InputError
        Which key is wrong, and what to write.
    """
    path = folder / FILE
    return facts(read_toml(path), path) if path.exists() else Facts()


def facts(content: dict[str, Any], path: Path) -> Facts:
    """The facts of a table as ``bench.toml`` has them."""
    table = validated(BenchTable, content, path)
    if table.area and table.diameter:
        raise InputError(f"{path}: give either area or diameter, not both.")
    diameter = _size(table.diameter, "m", f"{path}: diameter")
    area = _size(table.area, "m2", f"{path}: area")
    return Facts(
        thickness=_size(table.thickness, "m", f"{path}: thickness"),
        area=math.pi * diameter**2 / 4 if diameter else area,
        active_mass=_size(table.active_mass, "kg", f"{path}: active_mass"),
        nominal_capacity=_size(table.nominal_capacity, "A.h", f"{path}: nominal_capacity"),
        temperature=_size(table.temperature, "K", f"{path}: temperature"),
        electrolyte=table.electrolyte or GARNET,
        cells=table.cells or None,
        files=table.files or None,
        groups=table.groups,
        reference=table.reference,
    )


def _size(text: str | None, si_unit: str, where: str) -> float | None:
    return None if text is None else parse_positive(text, si_unit, where)
