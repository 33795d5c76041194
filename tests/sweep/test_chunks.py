"""Chunks are whole or not there: read in order, verified, resumed, refused in the wrong folder."""

import errno
import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import dataset, parquet

from ssb_model.errors import InputError
from ssb_model.sweep import SweepStopped, load_sweep, read_sweep, run_sweep
from ssb_model.sweep.answer import KEY, content_sha256
from ssb_model.sweep.folder import Folder
from ssb_model.sweep.run import alone
from tests.sweep import arcs, files

THICKNESS, R = "Layer thickness [m]", "interface resistance [ohm cm2]"


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


def test_the_table_has_every_candidate_in_order_and_the_model_s_numbers(sweep, run, out):
    run(sweep)
    table = load_sweep(out)
    assert table["candidate"].to_pylist() == list(range(1000))
    names = [variable.name for variable in sweep.variables]
    columns = {name: table[name].to_numpy() for name in names}
    answer = sweep.evaluator(columns)
    assert np.allclose(table[R].to_numpy(), answer["interface resistance"], equal_nan=True)
    assert table["status"].to_pylist() == answer["status"].tolist()


def test_a_candidate_without_a_number_says_why_and_no_other_does(sweep, run, out):
    account = run(sweep)
    table = load_sweep(out)
    missing = np.isnan(table[R].to_numpy())
    statuses = np.array(table["status"].to_pylist())
    assert 0 < missing.sum() < 1000
    assert set(statuses[missing]) == {"layer too thick"} and set(statuses[~missing]) == {""}
    assert (table[THICKNESS].to_numpy()[missing] > arcs.THICKEST).all()
    assert account.failed == {"layer too thick": missing.sum()}


def test_a_number_that_is_missing_without_a_reason_is_named(sweep, run, out, monkeypatch):
    whole = arcs.Arcs.__call__

    def silent(self, columns):
        return whole(self, columns) | {"status": np.full(len(columns[THICKNESS]), "")}

    monkeypatch.setattr(arcs.Arcs, "__call__", silent)
    run(sweep)
    assert any(
        "without a reason given: interface" in s for s in load_sweep(out)["status"].to_pylist()
    )


def test_the_model_always_gets_whole_chunks_and_the_filling_is_cut(sweep, run, out, monkeypatch):
    sizes, whole = [], arcs.Arcs.__call__

    def noted(self, columns):
        sizes.extend(len(column) for column in columns.values())
        return whole(self, columns)

    monkeypatch.setattr(arcs.Arcs, "__call__", noted)
    run(sweep)
    assert set(sizes) == {128}
    assert parquet.read_metadata(Folder(out).chunk(7)).num_rows == 1000 - 7 * 128


def test_the_folder_is_one_parquet_dataset_of_files_that_name_what_they_are(sweep, run, out):
    run(sweep)
    assert dataset.dataset(out / "chunks").count_rows() == 1000
    told = json.loads(parquet.read_schema(Folder(out).chunk(3)).metadata[KEY])
    assert told["chunk"] == 3 and told["processor"]
    assert told["sha256"] == content_sha256(
        parquet.read_table(Folder(out).chunk(3)).replace_schema_metadata(None)
    )
    assert {key: told[key] for key in sweep.identity} == sweep.identity


def test_the_manifest_names_inputs_versions_chunks_and_what_computed_them(sweep, run, out):
    run(sweep)
    content = json.loads((out / "sweep.json").read_text())
    assert content["candidates"] == 1000 and len(content["chunks"]) == 8
    assert set(content["versions"]) >= {"jax", "numpy", "ssb-model"}
    assert content["evaluator"] == sweep.evaluator.sha256
    assert {one["processor"] for one in content["chunks"]} == set(content["processors"])
    assert not list(out.rglob("*.part")) and not (out / "sweep.lock").exists()


def test_a_sweep_stopped_after_every_chunk_ends_where_it_would_have(sweep, run, out, tmp_path):
    run_sweep(sweep, tmp_path / "undisturbed", tell=lambda text: None)
    for k in range(1, 8):
        with pytest.raises(Stopped):
            run(sweep, progress=stop_after(1))
        assert Folder(out).numbers() == list(range(k))
    taken = []
    run(sweep, compute=counted(taken))
    assert taken == [[7]]
    assert load_sweep(out).equals(load_sweep(tmp_path / "undisturbed"))
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


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_chunk_is_computed_again_and_it_is_said(sweep, run, out, told, damage):
    run(sweep)
    whole, taken = load_sweep(out), []
    damage(Folder(out).chunk(2))
    with pytest.raises(InputError, match=r"chunk-000002.parquet is (damaged|not the one)"):
        load_sweep(out)
    run(sweep, compute=counted(taken))
    assert taken == [[2]] and load_sweep(out).equals(whole)
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
    made = arcs.evaluator

    def changed(table):
        evaluator = made(table)
        evaluator.sha256 = "0" * 64
        return evaluator

    monkeypatch.setattr(arcs, "evaluator", changed)
    return "its model is another one"


def other_version(path, monkeypatch):
    from ssb_model.sweep import sweep as module

    now = module.deciding_versions()
    monkeypatch.setattr(module, "deciding_versions", lambda: now | {"jax": "0.0"})
    return r"it was computed with jax .*, now 0\.0"


@pytest.mark.parametrize("change", [other_file, other_model, other_version])
def test_a_chunk_of_another_sweep_is_refused_with_its_cure(path, run, out, change, monkeypatch):
    run(read_sweep(path, files.MODELS))
    before = sorted(os.listdir(out / "chunks"))
    told = change(path, monkeypatch)
    with pytest.raises(InputError, match=rf"of another sweep \({told}\): .*--out.*--fresh"):
        run(read_sweep(path, files.MODELS))
    assert sorted(os.listdir(out / "chunks")) == before
    run(read_sweep(path, files.MODELS), fresh=True)
    assert len(load_sweep(out)) == 1000


def test_a_shorter_sweep_does_not_take_in_the_last_chunks_of_a_longer_one(path, run, out):
    run(read_sweep(path, files.MODELS))
    for number in range(4):
        Folder(out).chunk(number).unlink()
    path.write_text(files.text(candidates=512))
    with pytest.raises(InputError, match="of another sweep"):
        run(read_sweep(path, files.MODELS))


def test_what_a_killed_process_left_unfinished_is_removed(sweep, run, out):
    run(sweep)
    left = Folder(out).chunk(3).with_name(".chunk-000003.parquet.part")
    left.write_bytes(b"half")
    run(sweep)
    assert not left.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fills_up_leaves_whole_chunks_and_the_sweep_goes_on(
    sweep, run, out, monkeypatch, code
):
    calls, fsync = [], os.fsync

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 7:  # file and folder of three chunks, then the fourth
            raise OSError(code, os.strerror(code))
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(
            SweepStopped, match=f"{os.strerror(code)}.*same command again"
        ) as caught:
            run(sweep)
    assert ("make room" in str(caught.value)) == (code == errno.ENOSPC)
    assert Folder(out).numbers() == [0, 1, 2] and not list(out.rglob("*.part"))
    run(sweep)
    assert len(load_sweep(out)) == 1000


def test_more_candidates_than_the_disk_has_room_for_are_refused_before_the_first(
    path, run, out, monkeypatch
):
    path.write_text(files.text(candidates=2**30))
    usage = shutil.disk_usage(path)._replace(free=10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(InputError, match=r"may take \d+ GB and .* has 1 GB free"):
        run(read_sweep(path, files.MODELS))
    assert not Folder(out).numbers()


def test_the_room_asked_for_is_at_least_what_is_written(sweep, run, out, monkeypatch):
    asked = []
    require = Folder.require_room
    monkeypatch.setattr(
        Folder, "require_room", lambda self, *a: (asked.append(a), require(self, *a))
    )
    run(sweep)
    ((rows, columns, chunks),) = asked
    written = sum(file.stat().st_size for file in (out / "chunks").iterdir())
    assert 0.5 * rows * columns * 8 < written < rows * columns * 8 + chunks * 16_384


HOLD = """
import sys, time
from pathlib import Path
from ssb_model.sweep.lock import locked
with locked(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(out):
    """Another process that holds the folder's lock."""
    out.mkdir()
    process = subprocess.Popen([sys.executable, "-c", HOLD, out], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_folder_that_another_process_writes_is_refused_and_a_killed_one_s_taken_over(
    sweep, run, out, told, holder
):
    with pytest.raises(InputError, match=f"being written by process {holder.pid} on .*--out"):
        run(sweep)
    holder.kill()
    holder.wait()
    run(sweep)
    assert any(f"process {holder.pid}" in text and "taken over" in text for text in told)
    assert len(load_sweep(out)) == 1000


@pytest.mark.parametrize("content", ['{"pid": 1, "host": "elsewhere"}', "nonsense", "[]"])
def test_a_lock_that_nobody_holds_is_taken_over(sweep, run, out, told, content):
    out.mkdir()
    (out / "sweep.lock").write_text(content)
    run(sweep)
    assert "taken over" in told[0] and not (out / "sweep.lock").exists()


def test_a_folder_that_cannot_be_made_is_told(sweep, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="--out"):
        run_sweep(sweep, tmp_path / "file" / "out")
