"""Packed files: what they unfold to is bounded before anybody unfolds it.

The sizes that an archive states are its writer's word, so every member is unfolded once, piece by
piece, and counted. Archives of numpy's arrays and tables of Parquet state shapes as well, which
are held against the bytes that are there before memory is taken for them.
"""

import io
import math
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError
from ssb_model.files import ARRAYS, MIB, Bound, open_ordinary

if TYPE_CHECKING:
    from pyarrow import parquet

PIECE = MIB
MEMBERS = 10_000
#: bytes that an archive may unfold to: `SMALL`, and `TIMES` its size, but no more than `UNFOLDED`
SMALL, TIMES, UNFOLDED = 64 * MIB, 100, 1024 * MIB
SMALL_ARRAYS = 1024 * MIB  # arrays of zeros fold to a thousandth
NUMBERS = 100_000_000  # cells of a table of Parquet
#: what zipfile and numpy raise for what is no archive of arrays, or a damaged one
UNREADABLE = (
    *(EOFError, ValueError, TypeError, LookupError, RuntimeError, NotImplementedError),
    *(OSError, MemoryError, zipfile.BadZipFile, zlib.error, struct.error),
    *(SyntaxError, tokenize.TokenError),
)
#: readers of an array's header by the version of its format
HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


class Damaged(ValueError):
    """What is no archive of its kind, or no whole one."""


def unfold(
    path: str | os.PathLike[str],
    file: IO[bytes],
    size: int,
    each: Callable[[bytes], object] = len,
) -> None:
    """Unfold every member of a zip archive of `size` bytes once, and give each piece to `each`.

    Raises InputError if they are more than an archive of its size may hold, and Damaged if they
    are not what the archive says.
    """
    allowed = min(UNFOLDED, SMALL + TIMES * size)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS or sum(one.file_size for one in members) > allowed:
                raise _too_much(path, allowed)
            for member in members:
                _read_through(archive, member, each)
    except InputError:
        raise
    except UNREADABLE as error:
        raise Damaged(str(error)) from None


def _read_through(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, each: Callable[[bytes], object]
) -> None:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Damaged(f"{member.filename:.40} is packed in an unusual way")
    with archive.open(member) as packed:
        while piece := packed.read(PIECE):
            each(piece)


def _too_much(path: str | os.PathLike[str], allowed: int) -> InputError:
    return InputError(
        f"{os.fspath(path)} unfolds to more than the {allowed / MIB:.0f} MiB or {MEMBERS} files "
        "that a packed file of its size may hold: write it again, as text or in parts."
    )


def read_arrays(path: str | os.PathLike[str], bound: Bound = ARRAYS) -> dict[str, np.ndarray]:
    """The arrays of an ``.npz`` file by name; numbers and texts, no objects.

    Raises
    ------
    InputError
        If it is no ordinary file, or larger, packed or unpacked, than `bound`.
    OSError
        If it is not there or may not be read.
    Damaged
        If it is no such archive, or no whole one.
    """
    with open_ordinary(path, bound) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                members = archive.infolist()
                folded = os.fstat(file.fileno()).st_size
                allowed = min(bound.size, SMALL_ARRAYS + TIMES * folded)
                if len(members) > MEMBERS or sum(m.file_size for m in members) > allowed:
                    raise _too_much(path, allowed)
                return {m.filename.removesuffix(".npy"): _array(archive, m) for m in members}
        except InputError:
            raise
        except UNREADABLE as error:
            raise Damaged(str(error)) from None


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    """One array, for which memory is taken only if its bytes are as many as its shape says."""
    with archive.open(member) as packed:
        shape, _, dtype = HEADERS[np.lib.format.read_magic(packed)](packed)
        wanted = math.prod(shape) * dtype.itemsize
        if dtype.hasobject or wanted != member.file_size - packed.tell():
            raise Damaged("an array is not of its size")
    with archive.open(member) as packed:
        return np.lib.format.read_array(packed, allow_pickle=False)


def open_parquet(path: str | os.PathLike[str], content: bytes) -> "parquet.ParquetFile":
    """A table of Parquet, with at most `NUMBERS` cells.

    Raises InputError if it has more; pyarrow's errors if it is none.
    """
    from pyarrow import parquet  # not before such a file is read

    table = parquet.ParquetFile(io.BytesIO(content))
    said = table.metadata
    cells = said.num_rows * said.num_columns
    groups = range(said.num_row_groups)
    size = sum(said.row_group(k).total_byte_size for k in groups)
    if cells > NUMBERS or size > 8 * NUMBERS:
        raise InputError(
            f"{os.fspath(path)} holds {said.num_rows} rows of {said.num_columns} columns, more "
            f"than the {NUMBERS} cells that are read: write fewer columns, or split the table."
        )
    return table
