"""Folders that can be written, and files that are written whole or not at all."""

import os
import re
import tempfile
from pathlib import Path

from ssb_model.errors import InputError


def writable_folder(path: str | Path) -> Path:
    """Create the folder and try it, before an hour's work is lost for want of a permission."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            f"The output folder {folder} cannot be written ({error.strerror}); "
            "choose another one with --out."
        ) from None
    return folder


def write_whole(path: Path, content: str | bytes) -> None:
    """Write text (as UTF-8) or bytes to the disk beside `path` first, then put it in its place."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave the new name on no content
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None


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
