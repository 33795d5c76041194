"""The chunks of a sweep on disk: one Parquet file each, whole or not there."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from jaxtyping import Shaped

from ssb_model.errors import InputError, Unfinished
from ssb_model.files import MEASURED, read_bytes
from ssb_model.library import result_folder, writable_folder
from ssb_model.packed import open_parquet
from ssb_model.sweep.store.chunk import Damaged, Identity, read_chunk
from ssb_model.sweep.store.manifest import MANIFEST
from ssb_model.writing import FULL, whole

BYTES_A_NUMBER = 8
BYTES_A_CHUNK = 16_384  # names, metadata and statistics
IDENTITY = ("sweep", "evaluator", "versions")


class SweepStopped(Unfinished):
    """A sweep that could not go on, in one sentence; its whole chunks stay."""


@dataclass(frozen=True)
class Folder:
    """Where a sweep is written."""

    path: Path

    @classmethod
    @contextmanager
    def opened(cls, path: Path, tell: Callable[[str], object]) -> "Iterator[Folder]":
        """Make it, and have it for this process alone; see :func:`result_folder`."""
        with result_folder(path, tell) as folder:
            writable_folder(folder / "chunks")
            yield cls(folder)

    def chunk(self, number: int) -> Path:
        """The file of a chunk."""
        return self.path / "chunks" / f"chunk-{number:06d}.parquet"

    def numbers(self) -> list[int]:
        """The numbers of the chunks that are there, rising."""
        names = (path.stem[6:] for path in self.path.glob("chunks/chunk-*.parquet"))
        return sorted(int(name) for name in names if name.isdecimal() and len(name) >= 6)

    def clear(self) -> None:
        """Remove the chunks and the manifest, the manifest first: it stands for whole chunks."""
        for path in (self.path / MANIFEST, *self.path.glob("chunks/chunk-*.parquet")):
            path.unlink(missing_ok=True)

    def read(self, number: int, identity: Identity) -> tuple[pa.Table, dict[str, Any]] | None:
        """The table of a chunk and what its file says; None if there is none.

        Raises Damaged if it is not whole, and InputError if it is of another sweep.
        """
        path = self.chunk(number)
        try:
            content = read_bytes(path, MEASURED)
        except FileNotFoundError:
            return None
        table, record = read_chunk(content)
        if changed := _first_change(record, identity):
            raise InputError(
                f"{path} is of another sweep ({changed}): choose another folder with --out, or "
                "start over with --fresh."
            )
        if record["chunk"] != number:
            raise Damaged(f"it is chunk {record['chunk']}")
        return table, record

    def write(self, number: int, content: bytes) -> None:
        """Put a chunk on the disk, then in its place; SweepStopped if there is no room."""
        path = self.chunk(number)
        try:
            with whole(path) as file:
                file.write(content)
            _sync(path.parent)
        except OSError as error:
            cure = "make room and" if error.errno in FULL else "when that is cured,"
            raise SweepStopped(
                f"{path} cannot be written ({error.strerror}); the chunks before it are whole: "
                f"{cure} give the same command again."
            ) from None

    def require_room(self, rows: int, columns: int, chunks: int) -> None:
        """InputError unless there is room for that many more rows."""
        wanted = rows * columns * BYTES_A_NUMBER + chunks * BYTES_A_CHUNK
        free = shutil.disk_usage(self.path).free
        if wanted > free:
            raise InputError(
                f"the {rows} candidates still to compute may take {wanted / 1e9:.3g} GB and "
                f"{self.path} has {free / 1e9:.3g} GB free: make room, choose another folder "
                "with --out, or sweep over fewer candidates."
            )


def _sync(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _first_change(record: Mapping[str, Any], identity: Identity) -> str | None:
    """Which of sweep, evaluator and versions is not that of now, in words."""
    words = {"sweep": "its sweep file says otherwise", "evaluator": "its model is another one"}
    for key, text in words.items():
        if record.get(key) != identity[key]:
            return text
    for name, now in identity["versions"].items():
        if (before := record.get("versions", {}).get(name)) != now:
            return f"it was computed with {name} {before}, now {now}"
    return None


def whole_table(folder: Path, manifest: Mapping[str, Any]) -> pa.Table:
    """All rows of a finished sweep; InputError if a chunk is missing or damaged."""
    identity = {key: manifest[key] for key in IDENTITY}
    return pa.concat_tables(_listed(Folder(folder), one, identity) for one in manifest["chunks"])


def _listed(folder: Folder, listed: Mapping[str, Any], identity: Identity) -> pa.Table:
    """The table of a chunk that the manifest lists."""
    number = listed["chunk"]
    try:
        found = folder.read(number, identity)
    except Damaged as error:
        found, reason = None, f"is damaged ({error})"
    else:
        reason = "is missing"
    if found is not None and found[1]["sha256"] != listed["sha256"]:
        found, reason = None, f"is not the one that {MANIFEST} names"
    if found is None:
        raise InputError(
            f"{folder.chunk(number)} {reason}: give the `ssb sweep` command again, it computes "
            "this chunk alone."
        )
    return found[0]


def columns_by_chunk(
    folder: str | Path, names: Sequence[str] | None = None
) -> Iterator[dict[str, Shaped[np.ndarray, " chunk"]]]:
    """Columns, all or those of these names, one chunk after another in memory."""
    chunks = Folder(Path(folder))
    for number in chunks.numbers():
        path = chunks.chunk(number)
        table = open_parquet(path, read_bytes(path, MEASURED)).read(names, use_threads=False)
        yield {name: table[name].to_numpy() for name in table.column_names}
