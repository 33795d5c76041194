"""Several processes of one machine give the rows of one, and nobody else can reach them."""

import os
import signal
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from ssb_model.errors import InputError
from ssb_model.sweep import SweepStopped, in_processes, load_sweep, read_sweep, run_sweep
from ssb_model.sweep.store.folder import Folder
from tests.sweep.arcs import Arcs

TWO = partial(in_processes, 2)
LISTENS = "0A"  # in /proc/net/tcp


@pytest.fixture
def alone(sweep, tmp_path):
    """The table computed in this process."""
    run_sweep(sweep, tmp_path / "alone", tell=lambda text: None)
    return load_sweep(tmp_path / "alone").table


def children():
    """Processes that this one has spawned, by /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def sockets_that_listen(pid):
    """Inodes of a process's sockets that others can connect to."""
    listening = set()
    for table in ("tcp", "tcp6"):
        rows = [line.split() for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()]
        listening |= {f"socket:[{row[9]}]" for row in rows[1:] if row[3] == LISTENS}
    named = [line.split() for line in Path(f"/proc/{pid}/net/unix").read_text().splitlines()[1:]]
    listening |= {f"socket:[{row[6]}]" for row in named if len(row) > 7}
    held = set()
    for fd in [*Path(f"/proc/{pid}/fd").iterdir()]:
        with suppress(FileNotFoundError):  # that of the folder itself
            held.add(os.readlink(fd))
    return listening & held


def test_two_processes_give_the_rows_of_one_and_a_sweep_begun_alone_goes_on(sweep, run, out, alone):
    run(sweep, compute=TWO)
    assert load_sweep(out).table.equals(alone)
    for number in (0, 3, 7):
        Folder(out).chunk(number).unlink()
    run(sweep, compute=partial(in_processes, 5))
    assert load_sweep(out).table.equals(alone)


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="needs Linux's /proc")
def test_nobody_else_can_reach_the_processes(path):
    sweep = read_sweep(path, Arcs("slow"))
    with closing(TWO(sweep, range(sweep.chunks))) as computed:
        before = sockets_that_listen("self")
        next(computed)
        pids = children()
        assert len(pids) == 2
        assert sockets_that_listen("self") == before
        assert not set().union(*map(sockets_that_listen, pids))
    assert not children()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_the_chunk_of_a_killed_process_is_computed_by_another(path, run, out, alone):
    killed = []

    def kill_one(*_):
        if not killed:
            killed.append(children()[0])
            os.kill(killed[0], signal.SIGKILL)

    run(read_sweep(path, Arcs("slow")), compute=TWO, progress=kill_one)
    assert killed and load_sweep(out).table.equals(alone)


@pytest.mark.verify
def test_a_chunk_that_ends_every_process_stops_the_sweep_with_a_sentence(path, run):
    with pytest.raises(SweepStopped, match="ended 4 processes one after another: give them"):
        run(read_sweep(path, Arcs("deadly")), compute=TWO)
    assert not children()


def test_a_model_that_does_not_arrive_is_one_sentence(sweep):
    class Elsewhere:
        evaluator = sweep.evaluator
        identity = sweep.identity | {"evaluator": "0" * 64}
        chunk = sweep.chunk

    with pytest.raises(InputError, match="became another one"):
        next(TWO(Elsewhere, [0]))
