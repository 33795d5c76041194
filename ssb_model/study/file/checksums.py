"""Checksums of all that decides a study: its file, its measured files, the parts of its cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ssb_model.files import MEASURED, read_bytes
from ssb_model.library import find_parameter_set, load_parameter_set
from ssb_model.study.file.parts import mechanism_checksums, options_of, parts_of

if TYPE_CHECKING:
    from ssb_model.study.file.tables import CellTable


def checksum(path: str | Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(read_bytes(path, MEASURED)).hexdigest()


def checksums(
    own: Mapping[str, str],
    cells: Iterable[CellTable],
    files: Iterable[Mapping[str, str]],
    folder: Path,
) -> dict[str, str]:
    """Checksums by the name that the study file uses; the study's own comes first.

    Parameters
    ----------
    own
        The study file's name and checksum.
    cells
        Whose parameter sets are named, and other packages' mechanisms.
    files
        Checksums of the measured files, by name.
    folder
        Of the study file.
    """
    sums = dict(own)
    for named in files:
        sums |= named
    for cell in cells:
        parts = parts_of(cell, folder)
        for part, found in parts.items():
            sums[getattr(cell, part)] = checksum(find_parameter_set(found))
            tables = load_parameter_set(found).tables
            sums |= {f"{getattr(cell, part)}: {t.name}": checksum(t) for t in tables}
        sums |= mechanism_checksums(options_of(cell, parts))
        if cell.picture is not None:
            sums[cell.picture] = checksum(folder / Path(cell.picture).expanduser())
    return sums


def text_checksum(text: str) -> str:
    """SHA-256 of a text as a file would hold it, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def first_change(before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """What happened to the first file that differs between two sets of checksums; None if none.

    >>> first_change({"study.toml": "12", "a.csv": "34"}, {"study.toml": "12", "a.csv": "56"})
    'a.csv has changed'
    >>> first_change({"study.toml": "12", "a.csv": "34"}, {"study.toml": "12"})
    'a.csv is no longer there'
    """
    for name in [*before, *now]:
        if name not in now:
            return f"{name} is no longer there"
        if name not in before:
            return f"{name} is new"
        if before[name] != now[name]:
            return f"{name} has changed"
    return None
