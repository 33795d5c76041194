"""Files of data: a JSON header and arrays with a checksum, no code; whole or not written at all."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.errors import InputError
from ssb_model.packed import Damaged, read_arrays
from ssb_model.writing import unwritable, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def write_archive(
    path: str | os.PathLike[str], header: Mapping[str, Any], arrays: Sequence[np.ndarray]
) -> None:
    """Write ``header`` (plain data) and ``arrays`` to ``path``.

    Raises
    ------
    InputError
        If the file cannot be written; what was there before is then as it was.
    Unfinished
        The same, if the disk is full.
    """
    text = json.dumps(header)
    content: dict[str, Any] = {f"array_{n}": array for n, array in enumerate(arrays)}
    try:
        with whole(Path(path)) as file:
            np.savez_compressed(file, header=text, checksum=checksum(text, arrays), **content)
    except OSError as error:
        raise unwritable(path, error) from None


def read_archive(
    path: str | os.PathLike[str], what: str, writer: str
) -> tuple[dict[str, Any], list[np.ndarray]]:
    """The header and the arrays that :func:`write_archive` wrote to ``path``.

    Parameters
    ----------
    path
        The file.
    what
        What it should hold, with its article: "a compiled model".
    writer
        What writes such a file, for the error message.

    Raises
    ------
    InputError
        If the file is missing, damaged, no such archive, or too large.
    """
    if not os.path.exists(path):
        raise InputError(f'There is no file "{path}"; {writer} writes one.')
    try:
        text, sum_written, arrays = _content(path)
        is_whole = sum_written == checksum(text, arrays)
        header = json.loads(text) if is_whole else {}
    except (OSError, Damaged, LookupError, json.JSONDecodeError, RecursionError):
        raise InputError(f'"{path}" is not {what}, or it is damaged.') from None
    if not is_whole:
        raise InputError(f'"{path}" is damaged: its content does not match its checksum.')
    if not isinstance(header, dict):
        raise InputError(f'"{path}" is not {what}.')
    return header, arrays


def _content(path: str | os.PathLike[str]) -> tuple[str, str, list[np.ndarray]]:
    """The header's text, the checksum as it is written, and the arrays."""
    file = read_arrays(path)
    arrays = [file[f"array_{n}"] for n in range(len(file) - 2)]
    return str(file["header"]), str(file["checksum"]), arrays


def checksum(text: str, arrays: Sequence[np.ndarray]) -> str:
    """SHA-256 of a header's text and of the arrays with their types and shapes."""
    digest = hashlib.sha256(text.encode())
    for array in arrays:
        digest.update(f"{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
