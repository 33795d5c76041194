"""What the forecast is learnt from: published cells with both a resistance and a critical current.

The resistance is the interface's, as its source reports it: of both faces of a symmetric cell, of
one, or nobody says. All are at room temperature or where no temperature is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from ssb_model.errors import InputError
from ssb_model.library import (
    A_M2,
    OHM_M2,
    PublishedCoating,
    Reported,
    load_published,
    parse,
    positive,
    published_files,
)

FACES = (1, 2, "unknown")
ROOM = 288.15, 308.15  # K
UNSTATED = "not stated", "room temperature"


class LibraryCell(NamedTuple):
    """A symmetric cell as published.

    Attributes
    ----------
    name
        What the cell is called.
    resistance
        Of its interfaces [Ohm.m2].
    faces
        How many of them ``resistance`` counts.
    current_density
        The critical one [A.m-2].
    source
        Cells of one source count their faces alike; without one, a cell's own name stands for it.
    """

    name: str
    resistance: float
    faces: Literal[1, 2, "unknown"]
    current_density: float
    source: str = ""


def library_cells(folder: str | Path | None = None) -> tuple[LibraryCell, ...]:
    """Cells of the published coatings, and of the files in a `folder` of the user's own.

    A file there that bears the name of a shipped one takes its place. Bounds are left out, and
    cells measured hot or cold; where a file says how the bare garnet did, that is a cell too.

    >>> print(*(cell.name for cell in library_cells()))
    dense-llzto ito li-sr-n lii-znlix lii-znlix (bare) mos2

    The files are read again when one has changed. Raises InputError for a folder that is not there
    and for anything wrong in a file.
    """
    return _read(tuple(map(_state, (*published_files(), *_own(folder)))))


class _FileState(NamedTuple):
    """A file and what changes when it is written to."""

    path: Path
    modified: int
    size: int
    inode: int


def _state(path: Path) -> _FileState:
    try:
        status = path.stat()
    except OSError:
        return _FileState(path, 0, 0, 0)  # reading it says what is wrong
    return _FileState(path, status.st_mtime_ns, status.st_size, status.st_ino)


@lru_cache(maxsize=16)
def _read(files: tuple[_FileState, ...]) -> tuple[LibraryCell, ...]:
    """The cells of `files`, of which a later one takes the place of one of the same name."""
    coatings = {coating.name: coating for coating in (load_published(f.path) for f in files)}
    return tuple(cell for name in sorted(coatings) for cell in _cells(coatings[name]))


def checked(cells: Iterable[LibraryCell], fewest: int) -> tuple[LibraryCell, ...]:
    """Return `cells` in an order of their own, refused if any is wrong or there are too few."""
    try:
        cells = tuple(LibraryCell(*cell) for cell in cells)
    except TypeError as error:
        raise InputError(
            "A library is made of cells such as "
            "LibraryCell('mine', 12e-4, 'unknown', 11.0): name, Ohm.m2, faces counted, A.m-2."
        ) from error
    if len(cells) < fewest:
        raise InputError(
            f"Nothing can be learnt from {len(cells)} cells: give {fewest} or more with both an "
            "interface resistance and a critical current."
        )
    return tuple(sorted(map(_checked, cells), key=_order))


def _checked(cell: LibraryCell) -> LibraryCell:
    faces = next((known for known in FACES if cell.faces == known), None)
    if faces is None:
        raise InputError(
            f"The resistance of {cell.name} cannot count {cell.faces!r} faces: write 1, 2 or "
            "'unknown'."
        )
    return cell._replace(
        faces=faces,
        resistance=float(positive(cell.resistance, f"resistance of {cell.name}", OHM_M2)),
        current_density=float(
            positive(cell.current_density, f"critical current density of {cell.name}", A_M2)
        ),
        source=cell.source or cell.name,
    )


def _order(cell: LibraryCell) -> tuple[str, str, float, float, str]:
    return cell.source, cell.name, cell.resistance, cell.current_density, str(cell.faces)


def _own(folder: str | Path | None) -> Iterable[Path]:
    if folder is None:
        return ()
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder} of published coatings: check the path.")
    return sorted(folder.glob("*.toml"))


def _cells(coating: PublishedCoating) -> Iterator[LibraryCell]:
    """The treated cell and the bare one, where both numbers of it are known."""
    resistance = coating.resistance
    if resistance is None or not _at_room(resistance.temperature):
        return
    current = next((c for c in coating.critical_current if _at_room(c.temperature)), None)
    for state, mark in (("after", ""), ("before", " (bare)")):
        R, J = getattr(resistance, state), getattr(current, state, None)
        if R and J and not R.is_bound and not J.is_bound:
            yield LibraryCell(
                coating.name + mark,
                _middle(R, "Ohm.m2"),
                resistance.faces,
                _middle(J, "A.m-2"),
                coating.source,
            )


def _at_room(temperature: str) -> bool:
    return temperature in UNSTATED or ROOM[0] <= parse(temperature, "K") <= ROOM[1]


def _middle(number: Reported, unit: str) -> float:
    """The value, or the geometric mean of a range's ends."""
    return (
        number.to_si(unit)
        if number.upper is None
        else float(np.sqrt(np.prod(number.interval(unit))))
    )
