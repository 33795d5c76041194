"""Checksums of all that decides a study: its file, its measured files, the parts of its cells."""

import hashlib
from pathlib import Path

from ssb_model.library import find_parameter_set

PARTS = {
    "symmetric": ("garnet", "coating"),
    "full": ("garnet", "coating", "cathode"),
    "blocking": ("garnet",),
}


def checksum(path):
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def checksums(own, cells, files):
    """Checksums by the name that the study file uses; the study's own comes first.

    Parameters
    ----------
    own : dict of str to str
        The study file's name and checksum.
    cells : iterable of ssb_model.study.file.tables.CellTable
    files : iterable of dict of str to str
        Of the measured files, by name.
    """
    found = dict(own)
    for named in files:
        found |= named
    for cell in cells:
        for part in PARTS[cell.type]:
            name = getattr(cell, part)
            found[name] = checksum(find_parameter_set(name))
    return found


def text_checksum(text):
    """SHA-256 of a text as a file would hold it, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def first_change(before, now):
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
