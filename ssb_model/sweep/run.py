"""Running a sweep: verify what is there, compute what is missing, write each chunk as it comes."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.compute as pc

from ssb_model.library import write_whole
from ssb_model.sweep.evaluator import STATUS
from ssb_model.sweep.store import MANIFEST, Damaged, Folder, answered, locked, manifest, read_answer


@dataclass
class Account:
    """What is known of the chunks: what their files say, and how many candidates failed, why."""

    told: dict[int, dict] = field(default_factory=dict)
    failed: Counter = field(default_factory=Counter)

    def add(self, table, told) -> None:
        """Take a chunk in."""
        self.told[told["chunk"]] = told
        for count in pc.value_counts(table[STATUS]).to_pylist():
            if count["values"]:
                self.failed[count["values"]] += count["counts"]


def alone(sweep, numbers):
    """Compute chunks in this process: pairs of number and Parquet bytes."""
    fixed, identity = sweep.fixed, sweep.identity
    for number in numbers:
        yield number, answered(sweep.chunk(number), sweep.evaluator, fixed, identity)


def run_sweep(sweep, out, compute=alone, fresh=False, tell=print, progress=None) -> Account:
    """Compute the chunks that are missing in the folder ``out`` and write the manifest.

    Parameters
    ----------
    sweep : Sweep
        From :func:`read_sweep`.
    out : str or pathlib.Path
    compute : callable
        Of the sweep and chunk numbers; gives pairs of number and Parquet bytes in any order.
    fresh : bool
        Forget the chunks that are there.
    tell : callable
        Called with sentences for the user.
    progress : callable, optional
        Called with the chunks done, the chunks that were there already, and the failed candidates.

    Raises
    ------
    InputError
        If the folder is in use or of another sweep, or the disk has too little room.
    SweepStopped
        If the disk fills up or the workers are lost; whole chunks stay, and the sweep can go on.
    """
    folder = Folder.open(Path(out))
    with locked(folder.path, tell):
        folder.clear(everything=fresh)
        account = _verified(folder, sweep, tell)
        kept = len(account.told)
        missing = [n for n in range(sweep.chunks) if n not in account.told]
        _require_room(folder, sweep, missing)
        with closing(compute(sweep, missing)) as computed:
            for number, content in computed:
                table, told = read_answer(content)
                folder.write(number, content)
                account.add(table, told)
                if progress:
                    progress(len(account.told), kept, account.failed.total())
        _write_manifest(folder, sweep, account)
    return account


def _verified(folder, sweep, tell):
    """The chunks that are there, read and held against their checksums."""
    account, identity, damaged = Account(), sweep.identity, []
    for number in folder.numbers():
        try:
            account.add(*folder.read(number, identity))
        except Damaged as error:
            damaged.append((folder.chunk(number), error))
    for path, error in damaged:  # not before it is known that the folder is this sweep's
        tell(f"{path} is damaged ({error}): it is computed again.")
        path.unlink()
    if account.told:
        tell(f"{len(account.told)} of {sweep.chunks} chunks are there already and whole.")
    return account


def _require_room(folder, sweep, missing):
    columns = 2 + len(sweep.variables) + len(sweep.evaluator.outputs)
    folder.require_room(len(missing) * sweep.table.chunk, columns, len(missing))


def _write_manifest(folder, sweep, account):
    told = [account.told[number] for number in range(sweep.chunks)]
    write_whole(folder.path / MANIFEST, manifest(sweep, told, dict(sorted(account.failed.items()))))
