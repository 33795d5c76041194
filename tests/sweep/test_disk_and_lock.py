"""A full disk, a folder in use: told in one sentence, and nothing that is whole is lost."""

import errno
import os
import shutil
import subprocess
import sys

import pytest

from ssb_model.errors import InputError
from ssb_model.sweep import SweepStopped, load_sweep, read_sweep, run_sweep
from ssb_model.sweep.store.folder import Folder
from tests.sweep import files
from tests.sweep.arcs import Arcs


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


def test_a_system_that_opens_no_folder_has_its_chunks_all_the_same(sweep, run, out, monkeypatch):
    """As Windows: a folder cannot be opened to be written out."""
    opened = os.open

    def files_only(path, *flags, **options):
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *flags, **options)

    monkeypatch.setattr(os, "open", files_only)
    run(sweep)
    assert len(load_sweep(out)) == 1000


def test_more_candidates_than_the_disk_has_room_for_are_refused_before_the_first(
    path, run, out, monkeypatch
):
    path.write_text(files.text(candidates=2**30))
    usage = shutil.disk_usage(path)._replace(free=10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(InputError, match=r"may take \d+ GB and .* has 1 GB free"):
        run(read_sweep(path, Arcs()))
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
from ssb_model.library.lock import locked
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
    (out / "ssb.lock").write_text("")
    (out / "ssb.owner").write_text(content)
    run(sweep)
    assert "taken over" in told[0] and not list(out.glob("ssb.[lo]*"))


def test_what_an_earlier_version_left_in_the_lock_itself_is_no_obstacle(sweep, run, out):
    out.mkdir()
    (out / "ssb.lock").write_text('{"pid": 1, "host": "elsewhere"}')
    run(sweep)
    assert len(load_sweep(out)) == 1000 and not list(out.glob("ssb.[lo]*"))


def test_of_many_that_come_at_once_one_writes(out):
    out.mkdir()
    command, quiet = [sys.executable, "-c", HOLD, out], subprocess.DEVNULL
    many = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet) for _ in range(4)]
    said = sorted(process.stdout.readline() for process in many)
    for process in many:
        process.kill()
        process.wait()
        process.stdout.close()
    assert said == [b"", b"", b"", b"held\n"]


TAKE_TURNS = """
import sys
from pathlib import Path
from ssb_model.errors import InputError
from ssb_model.library.lock import locked
folder, turns = Path(sys.argv[1]), 0
while turns < 100:
    try:
        with locked(folder, str):
            (folder / "here").touch(exist_ok=False)
            (folder / "here").unlink()
            turns += 1
    except InputError:
        pass
"""


def test_two_never_hold_the_lock_together_though_each_removes_it_when_it_ends(out):
    out.mkdir()
    both = [subprocess.Popen([sys.executable, "-c", TAKE_TURNS, out]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert not list(out.iterdir())


def test_a_folder_that_cannot_be_made_is_told(sweep, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="--out"):
        run_sweep(sweep, tmp_path / "file" / "out")


def test_a_file_system_without_locks_is_told(sweep, run, monkeypatch):
    pytest.importorskip("fcntl", reason="Windows locks otherwise")

    def unsupported(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", unsupported)
    with pytest.raises(InputError, match=r"ssb\.lock cannot be locked \(No locks.*--out"):
        run(sweep)
