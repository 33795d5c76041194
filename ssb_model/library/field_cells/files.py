"""Files of published cells, one a paper, and of your own: a head and a table a row.

::

    source = "Zhai et al., Chem. Sci. 2024, 15, 7144"
    doi = "10.1039/d4sc00786g"

    [[cells]]
    name = "Zhai-LiIZnLi"
    treatment = "LiI/ZnLi_x"
    layer = "mixed"
    contact = "coated"
    temperature = "room temperature"
    resistance = "10.3 ohm cm2"
    critical_current = "2.3 mA/cm2"

Rows of one file are of one lab, unless ``lab`` says that several files are; rows of one garnet have
the same text there. Files of your own folder are of your lab unless they say otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isclose
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from ssb_model.errors import InputError
from ssb_model.library.field_cells.cell import OWN_LAB, FieldCell
from ssb_model.library.file_kinds import TOML, what_it_is
from ssb_model.library.locate import published_cells_folder
from ssb_model.library.published import Reported
from ssb_model.library.toml_file import Table, Text, read_toml, validated

BESIDE = "cells"
SAME = ("contact", "layer")
ROUNDING = 1e-6
NEAR = 1.0  # K


class FieldFile(Table):
    """Head of a file, and its rows, which are read one by one."""

    file_kind = "field cells"

    source: Text
    doi: Text | None = None
    url: Text | None = None
    lab: Text | None = None
    seen: Text | None = None
    cells: Annotated[list[dict[str, Any]], Field(min_length=1)]


def published_cell_files() -> tuple[Path, ...]:
    """The files of published cells that come with ssb_model."""
    return tuple(sorted(published_cells_folder().glob("*.toml")))


def field_cells(folder: str | Path | None = None) -> tuple[FieldCell, ...]:
    """Every published cell, and those of a ``folder`` of your own.

    Raises
    ------
    InputError
        As :func:`own_field_cells`.
    """
    own = () if folder is None else own_field_cells(folder)
    return (*_read(published_cell_files()), *own)


def own_field_cells(folder: str | Path) -> tuple[FieldCell, ...]:
    """The rows of a ``folder`` of your own, with which the published ones are not repeated.

    A file is of your own lab unless it says another one, or has the doi of a paper.

    Raises
    ------
    InputError
        One sentence with file, row and key, for anything wrong in a file, two rows of one name,
        and a row of your own that is a published one.
    """
    published = _read(published_cell_files())
    own = [cell for path in _own_files(folder) for cell in load_field_file(path, OWN_LAB)]
    names = {cell.name: cell for cell in published}
    for cell in own:
        if (twin := names.get(cell.name) or twin_of(cell, published)) is not None:
            raise InputError(
                f"{folder}: row '{cell.name}' is the published '{twin.name}' again: remove it, or "
                "give it a name and numbers of its own."
            )
    return _distinct(own, Path(folder))


def field_folder_beside(path: Path) -> Path | None:
    """The folder "cells" beside a file, if it has a file of cells."""
    folder = path.parent / BESIDE
    return folder if folder.is_dir() and _of_cells(folder) else None


def load_field_file(path: str | Path, own_lab: str | None = None) -> tuple[FieldCell, ...]:
    """The rows of one file; ``own_lab`` is that of a file without lab and doi, else its name."""
    path = Path(path)
    file = validated(FieldFile, read_toml(path), path)
    lab = file.lab or (own_lab if own_lab and not file.doi else path.stem)
    head = {"source": file.source, "doi": file.doi, "url": file.url, "lab": lab}
    return _distinct([_row(k, row, head, path) for k, row in enumerate(file.cells)], path)


def field_digest(cells: Iterable[FieldCell]) -> str:
    """Checksum of all that a model is learnt from, the order of the rows aside."""
    rows = sorted(json.dumps(cell.model_dump(), sort_keys=True) for cell in cells)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@lru_cache(maxsize=4)
def _read(paths: tuple[Path, ...]) -> tuple[FieldCell, ...]:
    return _distinct([cell for path in paths for cell in load_field_file(path)])


def _row(k: int, row: dict[str, Any], head: dict[str, Any], path: Path) -> FieldCell:
    for key in head.keys() & row.keys():
        raise InputError(f"{path}: cells[{k}].{key}: write it at the head of the file, once.")
    name = row.get("name")
    where = f"{path}: row '{name}'" if isinstance(name, str) and name else f"{path}: cells[{k}]"
    return validated(FieldCell, {**row, **head}, Path(where))


def _own_files(folder: str | Path) -> Sequence[Path]:
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder} of cells: check the path.")
    found = _of_cells(folder)
    if not found:
        raise InputError(f"{folder} has no file of cells (.toml): put one there.")
    return found


def _of_cells(folder: Path) -> Sequence[Path]:
    """Files of a folder that are not known to be of another kind."""
    own = None, TOML["field cells"]
    return [path for path in sorted(folder.glob("*.toml")) if what_it_is(path) in own]


def _distinct(cells: Sequence[FieldCell], path: Path | None = None) -> tuple[FieldCell, ...]:
    seen: set[str] = set()
    for cell in cells:
        if cell.name in seen:
            where = f"{path}: " if path else ""
            raise InputError(f"{where}two rows are called '{cell.name}': rename one of them.")
        seen.add(cell.name)
    return tuple(cells)


def twin_of(cell: FieldCell, published: Sequence[FieldCell]) -> FieldCell | None:
    """The row with the same numbers, from the same source or with all of them."""
    alike = [
        one
        for one in published
        if all(getattr(one, k) == getattr(cell, k) for k in SAME)
        and (one.T is None or cell.T is None or abs(one.T - cell.T) < NEAR)
        and _same(one.R, cell.R)
        and _same(one.J, cell.J)
    ]
    whole = cell.resistance and cell.critical_current
    return next((one for one in alike if whole or (cell.doi and one.doi == cell.doi)), None)


def _same(one: Reported | None, other: Reported | None) -> bool:
    """Whether two numbers are one, in whatever units they were written."""
    if one is None or other is None:
        return one is other
    pairs = zip((one.value, one.upper or 0.0), (other.value, other.upper or 0.0), strict=True)
    return one.sign == other.sign and all(isclose(a, b, rel_tol=ROUNDING) for a, b in pairs)
