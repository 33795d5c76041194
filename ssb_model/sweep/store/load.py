"""A finished sweep, read again."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from ssb_model.errors import InputError
from ssb_model.sweep.store.chunk import Damaged
from ssb_model.sweep.store.folder import Folder
from ssb_model.sweep.store.manifest import MANIFEST, read_manifest

IDENTITY = ("sweep", "evaluator", "versions")


def load_sweep(folder: str | Path) -> pa.Table:
    """Load a finished sweep, in the order of candidates, all of it into memory.

    Columns: "candidate", the varied quantities in SI by PyBaMM names, the outputs with their units,
    "status". For more than fits into memory, open ``FOLDER/chunks`` with `pyarrow.dataset`.

    Raises InputError if the sweep is not finished, or a chunk is missing or damaged.
    """
    folder = Path(folder)
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


def columns_by_chunk(folder: str | Path, names=None) -> Iterator[dict[str, np.ndarray]]:
    """Columns, all or those of these names, one chunk after another in memory."""
    chunks = Folder(Path(folder))
    for number in chunks.numbers():
        table = parquet.ParquetFile(chunks.chunk(number)).read(names, use_threads=False)
        yield {name: table[name].to_numpy() for name in table.column_names}
