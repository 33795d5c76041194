"""Running a sweep: verify what is there, compute what is missing, write each chunk as it comes."""

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from ssb_model.library import write_whole
from ssb_model.sweep.evaluator import STATUS
from ssb_model.sweep.result import SweepResult
from ssb_model.sweep.store import (
    MANIFEST,
    Damaged,
    Folder,
    evaluate_chunk,
    manifest,
    read_chunk,
)
from ssb_model.sweep.sweep import Sweep

#: Numbers of chunks and their Parquet bytes, in any order.
Computed = Generator[tuple[int, bytes], None, None]


@dataclass
class Account:
    """What is known of the chunks: what their files say, and how many candidates failed, why."""

    records: dict[int, dict[str, Any]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)

    def add(self, table: pa.Table, record: dict[str, Any]) -> None:
        """Take a chunk in."""
        self.records[record["chunk"]] = record
        for count in table[STATUS].value_counts().to_pylist():
            if count["values"]:
                self.failed[count["values"]] += count["counts"]


def alone(sweep: Sweep, numbers: Iterable[int]) -> Computed:
    """Compute chunks in this process: pairs of number and Parquet bytes."""
    identity = sweep.identity
    for number in numbers:
        yield number, evaluate_chunk(sweep.chunk(number), sweep.evaluator, identity)


def run_sweep(
    sweep: Sweep,
    out: str | Path | Folder,
    compute: Callable[[Sweep, Iterable[int]], Computed] = alone,
    fresh: bool = False,
    tell: Callable[[str], object] = print,
    progress: Callable[[int, int, int], object] | None = None,
) -> SweepResult:
    """Compute the chunks that are missing in a folder and write the manifest.

    Parameters
    ----------
    sweep
        From :func:`read_sweep`.
    out
        The folder; or :meth:`Folder.opened`, which goes on being this process's afterwards.
    compute
        Computes chunks: in this process, or on a cluster.
    fresh
        Forget the chunks that are there.
    tell
        Called with sentences for the user.
    progress
        Called with the chunks done, the chunks that were there already, and the failed candidates.

    Returns
    -------
    SweepResult
        Its rows are read from the folder when they are asked for.

    Raises
    ------
    InputError
        If the folder is in use or of another sweep, or the disk has too little room.
    SweepStopped
        If the disk fills up or the workers are lost; whole chunks stay, and the sweep can go on.
    """
    own = nullcontext(out) if isinstance(out, Folder) else Folder.opened(Path(out), tell)
    with own as folder:
        if fresh:
            folder.clear()
        account = _verified(folder, sweep, tell)
        kept = len(account.records)
        missing = [n for n in range(sweep.chunks) if n not in account.records]
        _require_room(folder, sweep, missing)
        with closing(compute(sweep, missing)) as computed:
            for number, content in computed:
                table, record = read_chunk(content)
                folder.write(number, content)
                account.add(table, record)
                if progress:
                    progress(len(account.records), kept, account.failed.total())
        return _finished(folder, sweep, account)


def _verified(folder: Folder, sweep: Sweep, tell: Callable[[str], object]) -> Account:
    """The chunks that are there, read and held against their checksums."""
    account, identity, damaged = Account(), sweep.identity, []
    for number in folder.numbers():
        try:
            if found := folder.read(number, identity):
                account.add(*found)
        except Damaged as error:
            damaged.append((folder.chunk(number), error))
    for path, error in damaged:  # not before it is known that the folder is this sweep's
        tell(f"{path} is damaged ({error}): it is computed again.")
        path.unlink()
    if account.records:
        tell(f"{len(account.records)} of {sweep.chunks} chunks are there already and whole.")
    return account


def _require_room(folder: Folder, sweep: Sweep, missing: Sequence[int]) -> None:
    columns = 2 + len(sweep.variables) + len(sweep.outputs)
    folder.require_room(len(missing) * sweep.table.chunk, columns, len(missing))


def _finished(folder: Folder, sweep: Sweep, account: Account) -> SweepResult:
    """Write the manifest, last of all."""
    records = [account.records[number] for number in range(sweep.chunks)]
    content = manifest(sweep, records, account.failed)
    write_whole(folder.path / MANIFEST, json.dumps(content, indent=1, allow_nan=False) + "\n")
    return SweepResult(folder.path, content)
