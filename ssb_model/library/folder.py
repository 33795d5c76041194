"""Folders of results: tried before the work begins, for one process at a time, files whole."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ssb_model.errors import InputError
from ssb_model.library.lock import locked
from ssb_model.writing import remove_unfinished, unwritable, whole


def writable_folder(path: str | Path) -> Path:
    """Create the folder and try it, before an hour's work is lost for want of a permission."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:  # ValueError: a zero byte in its name
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"The output folder {folder} cannot be written ({reason}); "
            "choose another one with --out."
        ) from None
    return folder


@contextmanager
def result_folder(path: str | Path, tell: Callable[[str], object]) -> Iterator[Path]:
    """A folder that can be written, for this process alone, without what a killed one left.

    ``tell`` is called with a sentence if another process has left it unfinished. Raises InputError
    if the folder cannot be written, or another process is writing it.
    """
    folder = writable_folder(path)
    with locked(folder, tell):
        remove_unfinished(folder)
        yield folder


def write_whole(path: Path, content: str | bytes) -> None:
    """Write text (as UTF-8) or bytes to the disk beside `path` first, then put it in its place.

    Raises Unfinished if the disk is full, InputError if the file cannot be written otherwise.
    """
    try:
        with whole(path) as file:
            # names of files may hold bytes that are no UTF-8
            text = isinstance(content, str)
            file.write(content.encode("utf-8", "backslashreplace") if text else content)
    except OSError as error:
        raise unwritable(path, error) from None


def file_name(text: str) -> str:
    """A name of a cell, a figure, an experiment as that of a file or folder, which stays where it
    is put: letters, digits, dots within, hyphens and underscores."""
    return re.sub(r"[^\w.-]+", "_", text).strip("._") or "unnamed"


def seen_from(path: Path, folder: str | Path) -> str:
    """`path` as it is named in a file in `folder`; absolute where no way leads between the two."""
    try:
        return Path(os.path.relpath(path.resolve(), Path(folder).resolve())).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()
