"""A sweep is killed at any moment, its workers too, and ends in the rows of an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ssb_model.cli.stop import GO_ON
from ssb_model.sweep import load_sweep, read_sweep, run_sweep
from ssb_model.sweep.store.folder import Folder
from tests.sweep import files
from tests.sweep.arcs import Arcs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def models(monkeypatch):
    """Sweeps one of these tests' models in place of a coating, as the process to be killed does."""

    def use(manner):
        monkeypatch.setattr("ssb_model.prediction.make_evaluator", lambda *_, **__: Arcs(manner))

    return use


def started(path, out, workers):
    """``ssb sweep`` in a process of its own session, which gets no signal of this one."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sweep.process", path, out, str(workers)],
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What runs in the background may ignore Ctrl-C, and its children with it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for_chunks(out, wanted, process):
    end = time.monotonic() + 60
    while len(Folder(out).numbers()) < wanted and time.monotonic() < end:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)


def workers_of(process):
    """Processes that compute: children of the client that were spawned to run Dask's worker."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (OSError, ValueError, IndexError):
            continue
        if parent == process.pid and b"spawn_main" in command:
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize("workers", [0, pytest.param(2, marks=pytest.mark.verify)])
def test_ctrl_c_leaves_whole_chunks_and_says_how_to_go_on(path, out, tmp_path, workers, models):
    """A terminal sends it to the workers too, which say nothing."""
    path.write_text(files.OF_A_COATING + files.text(candidates=1200, chunk=32))  # 38 chunks, 6 s
    process = started(path, out, workers)
    wait_for_chunks(out, 2, process)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.endswith(f"ssb: stopped; the whole chunks in {out} are kept; {GO_ON}\n")
    assert "Traceback" not in told
    assert 2 <= len(Folder(out).numbers()) < 38 and not (out / "ssb.lock").exists()
    models("slow")
    run_sweep(read_sweep(path), out, tell=lambda text: None)
    models("plain")  # the same, without the waiting
    run_sweep(read_sweep(path), tmp_path / "undisturbed", tell=lambda text: None)
    assert load_sweep(out).table.equals(load_sweep(tmp_path / "undisturbed").table)


@pytest.mark.verify
@pytest.mark.parametrize("workers", [0, 2])
def test_killed_five_times_over_a_sweep_ends_in_the_same_rows(path, out, tmp_path, workers, models):
    """Each time a worker, then the client with all that is left, at a random moment."""
    path.write_text(files.OF_A_COATING + files.text(candidates=4000, chunk=64))
    random_moments = random.Random(3)
    for time_over in range(5):
        process = started(path, out, workers)
        wait_for_chunks(out, len(Folder(out).numbers()) + 2, process)
        time.sleep(random_moments.uniform(0, 0.4))
        for pid in workers_of(process)[:1]:
            os.kill(pid, signal.SIGKILL)
        wait_for_chunks(out, len(Folder(out).numbers()) + 2, process)
        time.sleep(random_moments.uniform(0, 0.4))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert len(Folder(out).numbers()) >= 4 * (time_over + 1)
    process = started(path, out, workers)
    _, told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    assert "taken over" in told.replace("\n", " ")
    models("plain")
    run_sweep(read_sweep(path), tmp_path / "undisturbed", tell=lambda text: None)
    assert load_sweep(out).table.equals(load_sweep(tmp_path / "undisturbed").table)


PEAK = """
import resource, sys
from ssb_model.sweep import read_sweep, run_sweep, front_of, map_of
from tests.sweep.arcs import Arcs
sweep = read_sweep(sys.argv[1], Arcs())
run_sweep(sweep, sys.argv[2], tell=lambda text: None)
front_of(sys.argv[2], "polarisation at 0.1 mA/cm2 [mV]", "critical current density [mA/cm2]",
         ("low", "high"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path, out, candidates, kind):
    """Peak memory [MB] of a whole sweep and its front."""
    path.write_text(files.text(kind, candidates, 4096))
    command = [sys.executable, "-c", PEAK, path, out]
    told = subprocess.run(
        command, cwd=TOP, env={**os.environ, "PYTHONPATH": str(TOP)}, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr
    return int(told.stdout) / 1024


@pytest.mark.verify
@pytest.mark.parametrize(("kind", "a_candidate"), [("sobol", 0.0), ("latin hypercube", 12.0)])
def test_memory_does_not_grow_with_the_candidates(path, tmp_path, kind, a_candidate):
    """But for the permutations of a Latin hypercube, 4 bytes a candidate and variable."""
    few, many = 50_000, 800_000
    small = peak(path, tmp_path / "few", few, kind)
    large = peak(path, tmp_path / "many", many, kind)
    permutations = a_candidate * (many - few) / 2**20
    held = 7 * 8 * (many - few) / 2**20  # MB, if all columns were held
    assert large - small < permutations + 0.25 * held + 5
