"""Every file that a user names is opened here: an ordinary file, of a size that its kind has.

A device has no end, and a named pipe waits for one; both are refused unread, and so is a file
larger than any of its kind. What a packed file unfolds to is bounded in `packed.py`.
"""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ssb_model.errors import InputError

MIB = 2**20


class Bound(NamedTuple):
    """The largest size of a kind of file [bytes], and what to do about a larger one."""

    size: int
    cure: str


MEASURED = Bound(512 * MIB, "export fewer columns or cycles, or split the file")
WRITTEN = Bound(1 * MIB, "name a file of ssb_model's TOML, or split it")
RESULT = Bound(64 * MIB, "name a result that ssb_model wrote")
ARRAYS = Bound(16_384 * MIB, "name a file that ssb_model saved")


def open_ordinary(path: str | os.PathLike[str], bound: Bound) -> BinaryIO:
    """The file at `path`, opened to read its bytes.

    Raises
    ------
    InputError
        If it is a device, a pipe or a socket, or larger than `bound`.
    OSError
        If it is not there, a folder, or may not be read; its `strerror` says so.
    """
    try:
        _refuse(path, os.stat(path), bound)  # before opening: that alone moves some devices
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise OSError(0, f"{error} in its name") from None
    file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115
    try:
        _refuse(path, os.fstat(file.fileno()), bound)
    except InputError:
        file.close()
        raise
    return file


def read_bytes(path: str | os.PathLike[str], bound: Bound) -> bytes:
    """The content of a file, by `open_ordinary`."""
    with open_ordinary(path, bound) as file:
        content = file.read(bound.size + 1)
    if len(content) > bound.size:  # it grows, or does not tell its size
        raise _too_large(path, "", bound)
    return content


def read_text(path: str | os.PathLike[str], bound: Bound = RESULT) -> str:
    """The UTF-8 text of a file, by `open_ordinary`; UnicodeDecodeError if it is none."""
    return read_bytes(path, bound).decode("utf-8")


def read_json(path: str | os.PathLike[str], bound: Bound = RESULT) -> Any:
    """What a JSON file holds, by `open_ordinary`; ValueError if it is no JSON."""
    text = read_text(path, bound)
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that took its place since it was looked at is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse(path: str | os.PathLike[str], found: os.stat_result, bound: Bound) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder, name one of the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise InputError(
            f"{Path(path)} is not an ordinary file but a device, a pipe or a socket: name a file."
        )
    if found.st_size > bound.size:
        raise _too_large(path, f"{_in_words(found.st_size)}, ", bound)


def _too_large(path: str | os.PathLike[str], size: str, bound: Bound) -> InputError:
    return InputError(
        f"{Path(path)} holds {size}more than the {_in_words(bound.size)} that are read: "
        f"{bound.cure}."
    )


def _in_words(size: int) -> str:
    return f"{size / MIB:.0f} MiB" if size >= MIB else f"{size} bytes"
