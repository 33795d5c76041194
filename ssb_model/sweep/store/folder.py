"""The chunks of a sweep on disk: one Parquet file each, whole or not there."""

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ssb_model.errors import InputError
from ssb_model.library import writable_folder
from ssb_model.sweep.store.chunk import Damaged, read_answer
from ssb_model.sweep.store.manifest import MANIFEST
from ssb_model.sweep.store.stopped import SweepStopped

FULL = (errno.ENOSPC, errno.EDQUOT)
BYTES_A_NUMBER = 8
BYTES_A_CHUNK = 16_384  # names, metadata and statistics


@dataclass(frozen=True)
class Folder:
    """Where a sweep is written."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "Folder":
        """Make it, and try that it can be written."""
        writable_folder(Path(path) / "chunks")
        return cls(Path(path))

    def chunk(self, number: int) -> Path:
        """The file of a chunk."""
        return self.path / "chunks" / f"chunk-{number:06d}.parquet"

    def numbers(self) -> list[int]:
        """The numbers of the chunks that are there, rising."""
        names = (path.stem[6:] for path in self.path.glob("chunks/chunk-*.parquet"))
        return sorted(int(name) for name in names if name.isdecimal() and len(name) >= 6)

    def clear(self, everything: bool) -> None:
        """Remove what a killed process left unfinished, or everything."""
        unfinished = [*self.path.glob("chunks/.*.part"), *self.path.glob(".*.part")]
        whole = [*self.path.glob("chunks/chunk-*.parquet"), self.path / MANIFEST]
        for path in unfinished + (whole if everything else []):
            path.unlink(missing_ok=True)

    def read(self, number: int, identity: dict):
        """The table of a chunk and what its file says; None if there is none.

        Raises Damaged if it is not whole, and InputError if it is of another sweep.
        """
        path = self.chunk(number)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        table, told = read_answer(content)
        if changed := _first_change(told, identity):
            raise InputError(
                f"{path} is of another sweep ({changed}): choose another folder with --out, or "
                "start over with --fresh."
            )
        if told["chunk"] != number:
            raise Damaged(f"it is chunk {told['chunk']}")
        return table, told

    def write(self, number: int, content: bytes) -> None:
        """Put a chunk on the disk, then in its place; SweepStopped if there is no room."""
        path = self.chunk(number)
        temporary = path.with_name(f".{path.name}.part")
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # else a power cut may leave the name on no content
            os.replace(temporary, path)
            _sync(path.parent)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            cure = "make room and" if error.errno in FULL else "when that is cured,"
            raise SweepStopped(
                f"{path} cannot be written ({error.strerror}); the chunks before it are whole: "
                f"{cure} give the same command again."
            ) from None

    def require_room(self, rows: int, columns: int, chunks: int) -> None:
        """InputError unless so many more rows will find room."""
        wanted = rows * columns * BYTES_A_NUMBER + chunks * BYTES_A_CHUNK
        free = shutil.disk_usage(self.path).free
        if wanted > free:
            raise InputError(
                f"the {rows} candidates still to compute may take {wanted / 1e9:.3g} GB and "
                f"{self.path} has {free / 1e9:.3g} GB free: make room, choose another folder "
                "with --out, or sweep over fewer candidates."
            )


def _sync(folder):
    """Put the names in a folder on the disk."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _first_change(told, identity):
    """Which of sweep, evaluator and versions is not that of now, in words."""
    words = {"sweep": "its sweep file says otherwise", "evaluator": "its model is another one"}
    for key, text in words.items():
        if told.get(key) != identity[key]:
            return text
    for name, now in identity["versions"].items():
        if (before := told.get("versions", {}).get(name)) != now:
            return f"it was computed with {name} {before}, now {now}"
    return None
