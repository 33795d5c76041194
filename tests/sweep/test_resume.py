"""A sweep goes on where it stood, computes damaged chunks again, and mixes with no other sweep."""

import os
import shutil

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from ssb_model.errors import InputError
from ssb_model.sweep import load_sweep, read_sweep, run_sweep
from ssb_model.sweep.run import alone
from ssb_model.sweep.store.chunk import Damaged, evaluate_chunk, read_chunk
from ssb_model.sweep.store.folder import Folder
from tests.sweep import files
from tests.sweep.arcs import Arcs

R = "interface resistance [ohm cm2]"


class Stopped(Exception):
    """Raised from the progress of a sweep, as Ctrl-C would be."""


def stop_after(chunks):
    left = [chunks]

    def progress(*_):
        left[0] -= 1
        if left[0] == 0:
            raise Stopped

    return progress


def counted(taken):
    """Computes in this process and notes which chunks."""

    def compute(sweep, numbers):
        numbers = list(numbers)
        taken.append(numbers)
        return alone(sweep, numbers)

    return compute


def test_a_sweep_stopped_after_every_chunk_ends_where_it_would_have(sweep, run, out, tmp_path):
    run_sweep(sweep, tmp_path / "undisturbed", tell=lambda text: None)
    for k in range(1, 8):
        with pytest.raises(Stopped):
            run(sweep, progress=stop_after(1))
        assert Folder(out).numbers() == list(range(k))
    taken = []
    run(sweep, compute=counted(taken))
    assert taken == [[7]]
    assert load_sweep(out).table.equals(load_sweep(tmp_path / "undisturbed").table)
    expected = (tmp_path / "undisturbed" / "sweep.json").read_text()
    assert (out / "sweep.json").read_text() == expected


def test_a_finished_sweep_is_not_computed_again_unless_fresh(sweep, run, told):
    taken = []
    for fresh in (False, False, True):
        run(sweep, compute=counted(taken), fresh=fresh)
    assert [len(numbers) for numbers in taken] == [8, 0, 8]
    assert told == ["8 of 8 chunks are there already and whole."]


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def emptied(path):
    path.write_bytes(b"")


def flipped(path):
    """One bit of a number."""
    table = parquet.read_table(path)
    values = table[R].to_numpy().copy()
    values[5] = np.nextafter(values[5], np.inf)
    k = table.column_names.index(R)
    parquet.write_table(table.set_column(k, R, pa.array(values)), path)


def taken_for_another(path):
    shutil.copy(path.with_name("chunk-000001.parquet"), path)


def without_metadata(path):
    parquet.write_table(parquet.read_table(path).replace_schema_metadata(None), path)


DAMAGES = [cut, emptied, flipped, taken_for_another, without_metadata]


def test_no_flipped_bit_of_a_chunk_s_file_is_taken_for_whole(sweep):
    """Wherever it lies; bits that Parquet does not read change nothing."""
    content = evaluate_chunk(sweep.chunk(0), sweep.evaluator, sweep.identity)
    whole, random = read_chunk(content), np.random.default_rng(0)
    found = 0
    for _ in range(1500):
        flipped = bytearray(content)
        flipped[random.integers(len(content))] ^= 1 << int(random.integers(8))
        try:
            table, told = read_chunk(bytes(flipped))
        except Damaged:
            found += 1
        else:
            assert table.equals(whole[0]) and told == whole[1]
    assert found > 1000


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_chunk_is_computed_again_and_it_is_said(sweep, run, out, told, damage):
    run(sweep)
    whole, taken = load_sweep(out).table, []
    damage(Folder(out).chunk(2))
    with pytest.raises(InputError, match=r"chunk-000002.parquet is (damaged|not the one)"):
        load_sweep(out)
    run(sweep, compute=counted(taken))
    assert taken == [[2]] and load_sweep(out).table.equals(whole)
    assert any("chunk-000002.parquet is damaged" in text for text in told)


def test_an_unfinished_sweep_and_one_that_lacks_a_chunk_are_not_loaded(sweep, run, out):
    with pytest.raises(Stopped):
        run(sweep, progress=stop_after(3))
    with pytest.raises(InputError, match="let `ssb sweep` finish"):
        load_sweep(out)
    run(sweep)
    whole = (out / "sweep.json").read_text()
    (out / "sweep.json").write_text(whole[:-100])
    with pytest.raises(InputError, match=r"sweep\.json is damaged: give .* again"):
        load_sweep(out)
    (out / "sweep.json").write_text(whole)
    Folder(out).chunk(4).unlink()
    with pytest.raises(InputError, match=r"chunk-000004\.parquet is missing"):
        load_sweep(out)


def other_file(path, monkeypatch):
    path.write_text(files.text(seed=1))
    return "its sweep file says otherwise"


def other_model(path, monkeypatch):
    whole = Arcs.__init__

    def changed(self, *manner):
        whole(self, *manner)
        self.sha256 = "0" * 64

    monkeypatch.setattr(Arcs, "__init__", changed)
    return "its model is another one"


def other_version(path, monkeypatch):
    from ssb_model.sweep import sweep as module

    now = module.deciding_versions()
    monkeypatch.setattr(module, "deciding_versions", lambda: now | {"jax": "0.0"})
    return r"it was computed with jax .*, now 0\.0"


@pytest.mark.parametrize("change", [other_file, other_model, other_version])
def test_a_chunk_of_another_sweep_is_refused_with_its_cure(path, run, out, change, monkeypatch):
    run(read_sweep(path, Arcs()))
    before = sorted(os.listdir(out / "chunks"))
    told = change(path, monkeypatch)
    with pytest.raises(InputError, match=rf"of another sweep \({told}\): .*--out.*--fresh"):
        run(read_sweep(path, Arcs()))
    assert sorted(os.listdir(out / "chunks")) == before
    run(read_sweep(path, Arcs()), fresh=True)
    assert len(load_sweep(out)) == 1000


def test_a_shorter_sweep_does_not_take_in_the_last_chunks_of_a_longer_one(path, run, out):
    run(read_sweep(path, Arcs()))
    for number in range(4):
        Folder(out).chunk(number).unlink()
    path.write_text(files.text(candidates=512))
    with pytest.raises(InputError, match="of another sweep"):
        run(read_sweep(path, Arcs()))


def test_what_a_killed_process_left_unfinished_is_removed(sweep, run, out):
    run(sweep)
    left = Folder(out).chunk(3).with_name(".ssb-0123456789ab.part")
    left.write_bytes(b"half")
    run(sweep)
    assert not left.exists()
