"""Files appear whole or not at all, and nothing unfinished stays where a command is ended.

What is being written has a name of its own beside the file, and is on the disk before it takes the
file's place. Whatever ends the writing, that name is removed; where a process was killed, by the
next one that has the folder for itself.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ssb_model.errors import InputError, Unfinished

UNFINISHED = ".ssb-*.part"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_temporary: set[Path] = set()


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` at the end; OSError if that fails."""
    part = _part(path.parent)
    with temporary(part):
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the new name on no content
        os.replace(part, path)


@contextmanager
def temporary_folder(inside: Path) -> Iterator[Path]:
    """A new folder in a folder, which is removed at the end."""
    path = _part(inside)
    with temporary(path):
        path.mkdir(mode=0o700)
        yield path


def _part(folder: Path) -> Path:
    """A new name, short however long that of the file is."""
    return folder / UNFINISHED.replace("*", secrets.token_hex(6))


@contextmanager
def temporary(*paths: Path) -> Iterator[None]:
    """Remove these files or folders at the end, or by :func:`remove_temporary`."""
    _temporary.update(paths)
    try:
        yield
    finally:
        for path in paths:
            _remove(path)


def remove_temporary() -> None:
    """Remove what is unfinished of this process, which is about to end."""
    for path in [*_temporary]:
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):  # Windows removes no open file
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    _temporary.discard(path)


def remove_unfinished(folder: Path, older: float = 0.0) -> None:
    """Remove what killed processes left in a folder, and in its own; where others may be writing,
    only what is ``older`` [s]."""
    for path in [*folder.glob(UNFINISHED), *folder.glob(f"*/{UNFINISHED}")]:
        with suppress(OSError):
            if not older or time.time() - path.stat().st_mtime > older:
                _remove(path)


def unwritable(path: str | os.PathLike[str], error: OSError) -> InputError | Unfinished:
    """The sentence on a file that cannot be written: make room for it, or choose another place."""
    reason = error.strerror or str(error)
    if error.errno in FULL:
        again = "make room and give the same command again"
        return Unfinished(f"{path} cannot be written ({reason}): {again}.")
    return InputError(f"{path} cannot be written ({reason}): choose another place.")
