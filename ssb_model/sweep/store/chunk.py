"""One chunk, from candidates to the bytes of its Parquet file and back.

The file's own metadata says which chunk of which sweep it is, what computed it, and the SHA-256 of
its content, and is sealed by a SHA-256 of its own, so that each file can be verified alone.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from jaxtyping import Float, Shaped
from pyarrow import parquet

from ssb_model.library import processor
from ssb_model.packed import open_parquet
from ssb_model.sweep.evaluator import STATUS, Evaluator

#: All that decides a sweep's numbers: checksums of sweep and evaluator, and versions by package.
Identity = Mapping[str, Any]
KEY, SEAL = b"ssb_model sweep", b"ssb_model sweep sha256"
CANDIDATE = "candidate"


class Damaged(ValueError):
    """A file that is not a whole chunk."""


def column_name(output: str, unit: str) -> str:
    """An output's column, such as "critical current density [mA/cm2]"."""
    return f"{output} [{unit}]"


@dataclass(frozen=True)
class Chunk:
    """Consecutive candidates, the last one repeated until the chunk is full.

    Attributes
    ----------
    number
        Of the chunk.
    first
        Number of its first candidate.
    rows
        How many of the candidates count.
    columns
        Varied quantities in SI.
    fixed
        The inputs that are not varied, in SI.
    outputs
        Names and units of what is asked for.
    """

    number: int
    first: int
    rows: int
    columns: dict[str, Float[np.ndarray, " chunk"]]
    fixed: dict[str, float]
    outputs: Mapping[str, str]


def evaluate_chunk(chunk: Chunk, evaluator: Evaluator, identity: Identity) -> bytes:
    """Evaluate a chunk and return its Parquet file."""
    size = len(next(iter(chunk.columns.values())))
    same = {name: np.full(size, value) for name, value in chunk.fixed.items()}
    answer = evaluator({**chunk.columns, **same})
    table = _table(chunk, answer)
    own = {"chunk": chunk.number, "sha256": content_sha256(table), "processor": processor()}
    record = json.dumps({**identity, **own}, sort_keys=True).encode()
    settings: dict[str, Any] = {
        "compression": "zstd",
        "use_dictionary": [STATUS],
        "write_statistics": [CANDIDATE, *chunk.columns],
    }
    written = io.BytesIO()
    sealed = table.replace_schema_metadata({KEY: record, SEAL: _sha256(record)})
    parquet.write_table(sealed, written, **settings)
    return written.getvalue()


def read_chunk(content: bytes) -> tuple[pa.Table, dict[str, Any]]:
    """The table of a chunk and what its file says of it; Damaged if it is not whole."""
    try:
        table = open_parquet("a chunk", content).read(use_threads=False)
        metadata, table = table.schema.metadata, table.replace_schema_metadata(None)
        record = metadata[KEY]
        found = content_sha256(table)
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        raise Damaged("it is not a whole Parquet file of a sweep") from None
    if metadata.get(SEAL) != _sha256(record) or json.loads(record)["sha256"] != found:
        raise Damaged("its content is not that of its checksum")
    return table, json.loads(record)


def content_sha256(table: pa.Table) -> str:
    """SHA-256 of names and values, the same whatever the file's layout and compression."""
    digest = hashlib.sha256()
    for name, column in zip(table.column_names, table.columns, strict=True):
        digest.update(f"{name}\0{len(column)}\0".encode())
        if pa.types.is_string(column.type):
            digest.update("\0".join(column.to_pylist()).encode())
        else:
            digest.update(np.ascontiguousarray(column.to_numpy()).tobytes())
    return digest.hexdigest()


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _table(chunk: Chunk, answer: Mapping[str, Any]) -> pa.Table:
    """The rows that count; a number that is none is missing (null), and the status says why."""
    rows = slice(chunk.rows)
    columns = {CANDIDATE: np.arange(chunk.first, chunk.first + chunk.rows)}
    columns |= {name: values[rows] for name, values in chunk.columns.items()}
    given = {name: np.asarray(answer[name], float)[rows] for name in chunk.outputs}
    for name, unit in chunk.outputs.items():
        failed = ~np.isfinite(given[name])
        columns[column_name(name, unit)] = pa.array(given[name], mask=failed)
    columns[STATUS] = pa.array(_statuses(answer[STATUS][rows], given), pa.string())
    return pa.table(columns)


def _statuses(
    reasons: Shaped[np.ndarray, " rows"], given: Mapping[str, Float[np.ndarray, " rows"]]
) -> list[str]:
    """The evaluator's reasons; a number that is missing without one is at least named."""
    finite = {name: np.isfinite(values) for name, values in given.items()}
    silent = ~np.all(list(finite.values()), axis=0) & (np.asarray(reasons, str) == "")
    statuses = [str(text) for text in reasons]
    for k in np.flatnonzero(silent):
        missing = ", ".join(name for name, good in finite.items() if not good[k])
        statuses[k] = f"no finite number without a reason given: {missing}"
    return statuses
