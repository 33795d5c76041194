"""A finished sweep, read again."""

from pathlib import Path

import pyarrow as pa
from pyarrow import dataset

from ssb_model.errors import InputError
from ssb_model.sweep.answer import Damaged
from ssb_model.sweep.folder import Folder
from ssb_model.sweep.manifest import MANIFEST, read_manifest

IDENTITY = ("sweep", "evaluator", "versions")


def load_sweep(folder: str | Path) -> pa.Table:
    """Load a finished sweep, in the order of candidates, all of it into memory.

    Columns: "candidate", the varied quantities in SI by PyBaMM names, the outputs with their units,
    "status". For more than fits into memory, open ``FOLDER/chunks`` with `pyarrow.dataset`.

    Raises InputError if the sweep is not finished, or a chunk is missing or damaged.
    """
    folder = Path(folder)
    if not (folder / MANIFEST).is_file():
        raise InputError(f"{folder} has no {MANIFEST}: let `ssb sweep` finish there first.")
    content = read_manifest(folder)
    identity = {key: content[key] for key in IDENTITY}
    return pa.concat_tables(_chunk(Folder(folder), one, identity) for one in content["chunks"])


def _chunk(folder, listed, identity):
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


def opened(folder: Path) -> dataset.Dataset:
    """The chunks as one dataset, of which nothing is in memory yet."""
    chunks = Folder(folder)
    files = [str(chunks.chunk(number)) for number in chunks.numbers()]
    return dataset.dataset(files, format="parquet")
