"""Cells beside the published ones that a forecast rests on: of the batch, and of an own folder.

The folder is "cells" beside the coating's file, or what its key ``library`` names. Its rows of your
own lab share the lab's effect with what is predicted; those that have the file's ``garnet`` share
that garnet's too, and those whose ``treatment`` is the coating's name its interface.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ssb_model.errors import InputError
from ssb_model.library import (
    BATCH,
    OWN_LAB,
    FieldCell,
    field_folder_beside,
    own_field_cells,
    twin_of,
)

BARE = "bare"


class KnownCells(NamedTuple):
    """What was measured beside the published cells.

    Attributes
    ----------
    batch
        Cells of the batch of what is predicted.
    library
        Rows of an own folder.
    folder
        That they are in.
    garnet, interface
        Of what is predicted, as rows name them.
    """

    batch: tuple[FieldCell, ...] = ()
    library: tuple[FieldCell, ...] = ()
    folder: Path | None = None
    garnet: str = BATCH
    interface: str = BARE

    @property
    def rows(self) -> tuple[FieldCell, ...]:
        """Of both, those with a critical current to learn from."""
        return tuple(row for row in self.all if row.learnt_from)

    @property
    def all(self) -> tuple[FieldCell, ...]:
        """Of both."""
        return (*self.batch, *self.library)

    @property
    def of_lab(self) -> tuple[FieldCell, ...]:
        """The rows of the folder that are of your own lab and are learnt from."""
        return tuple(row for row in self.library if row.lab == OWN_LAB and row.learnt_from)


NOTHING_KNOWN = KnownCells()


def known_cells(
    batch: Sequence[FieldCell], path: Path, library: str | None, garnet: str | None, interface: str
) -> KnownCells:
    """The :class:`KnownCells` of a coating's file.

    Raises
    ------
    InputError
        For a folder that is not there, a row that cannot be, or a garnet that no row has.
    """
    folder = path.parent / Path(library).expanduser() if library else field_folder_beside(path)
    rows = own_field_cells(folder) if folder else ()
    names = {row.garnet for row in rows if row.lab == OWN_LAB}
    if garnet and garnet not in names:
        known = ", ".join(sorted(names)) or "none"
        raise InputError(
            f"{path}: garnet: no row of your own lab has the garnet '{garnet}' (they have: "
            f"{known}): correct it, or leave the key out."
        )
    found = KnownCells(tuple(batch), rows, folder, garnet or BATCH, interface)
    return with_batch(found, ())


def with_batch(known: KnownCells, more: Sequence[FieldCell]) -> KnownCells:
    """With more cells of the batch; InputError for one that is a row of the folder too."""
    batch = (*known.batch, *(row.model_copy(update={"garnet": known.garnet}) for row in more))
    for row in batch:
        if (twin := twin_of(row, known.library)) is not None:
            raise InputError(
                f"{row.source}: the measured '{row.name}' is row '{twin.name}' of {known.folder} "
                "too, and would count twice: keep one of them."
            )
    return known._replace(batch=batch)
