"""On a cluster the rows are those of one process, to the last bit, whatever happens to a worker."""

import os
import re
import runpy
import signal
import socket
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from ssb_model.errors import InputError
from ssb_model.sweep import (
    SweepStopped,
    cluster as cluster_module,
    load_sweep,
    read_sweep,
    run_sweep,
)
from ssb_model.sweep.cluster import on_cluster, running_cluster
from ssb_model.sweep.evaluator import packed, unpacked
from ssb_model.sweep.store.folder import Folder
from tests.sweep import files
from tests.sweep.arcs import Arcs

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def client():
    """Two processes on this machine; `PYTHONPATH` lets them load the model of these tests."""
    top = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{top}{os.pathsep}{before}" if before else top
    try:
        from distributed import Client, LocalCluster

        settings = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(n_workers=2, **settings) as cluster, Client(cluster) as client:
            yield client
    finally:
        os.environ["PYTHONPATH"] = before


@pytest.fixture
def alone(sweep, tmp_path):
    """The table computed in this process."""
    run_sweep(sweep, tmp_path / "alone", tell=lambda text: None)
    return load_sweep(tmp_path / "alone").table


def test_two_workers_give_the_rows_of_one_process(sweep, run, out, client, alone):
    run(sweep, compute=partial(on_cluster, client))
    assert load_sweep(out).table.equals(alone)


def test_a_sweep_begun_alone_is_ended_by_a_cluster(sweep, run, out, client, alone):
    run(sweep)
    for number in (0, 3, 7):
        Folder(out).chunk(number).unlink()
    run(sweep, compute=partial(on_cluster, client))
    assert load_sweep(out).table.equals(alone)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_the_chunk_of_a_killed_worker_is_computed_by_another(path, run, out, client, alone):
    sweep = read_sweep(path, Arcs("slow"))
    killed = []

    def kill_one(*_):
        if not killed:
            (pid, *_) = client.run(os.getpid).values()
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    run(sweep, compute=partial(on_cluster, client), progress=kill_one)
    assert killed and load_sweep(out).table.equals(alone)


@pytest.mark.verify
def test_a_chunk_that_ends_every_worker_stops_the_sweep_with_a_sentence(path, run, client):
    with pytest.raises(SweepStopped, match="ended 4 workers one after another: give them"):
        run(read_sweep(path, Arcs("deadly")), compute=partial(on_cluster, client))


def test_few_chunks_are_in_flight_however_many_there_are(path, run, client):
    path.write_text(files.text(candidates=640, chunk=8))
    sweep, most = read_sweep(path, Arcs()), []

    def handed_out(sweep, numbers):
        taken = []

        def noted():
            for number in numbers:
                taken.append(number)
                yield number

        for done, pair in enumerate(on_cluster(client, sweep, noted())):
            most.append(len(taken) - done)
            yield pair

    run(sweep, compute=handed_out)
    assert len(most) == 80 and max(most) <= cluster_module.IN_FLIGHT * 2


def test_a_worker_with_another_version_is_refused(sweep, client):
    class Elsewhere:
        evaluator = sweep.evaluator
        identity = sweep.identity | {"versions": sweep.identity["versions"] | {"jax": "0.0"}}

    with pytest.raises(InputError, match=r"the worker .* has jax .* and this process 0\.0"):
        next(on_cluster(client, Elsewhere, [0]))


def test_a_worker_loads_neither_pybamm_nor_casadi():
    code = "import sys, ssb_model.sweep.worker, ssb_model.sweep.store.chunk; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not {"pybamm", "casadi", "matplotlib"} & set(loaded.stdout.split())


def test_the_model_arrives_as_it_was_sent_or_not_at_all(sweep):
    content = packed(sweep.evaluator)
    assert unpacked(content, sweep.evaluator.sha256, Arcs.load).outputs == sweep.evaluator.outputs
    with pytest.raises(InputError, match="became another one"):
        unpacked(content, "0" * 64, Arcs.load)


def test_a_scheduler_that_does_not_answer_is_one_sentence(monkeypatch):
    monkeypatch.setattr(cluster_module, "TIMEOUT", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with (
        pytest.raises(InputError, match=r"no Dask scheduler answers at .*check the address"),
        running_cluster(address, trust_network=True),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "127.0.0.1:8786", "tcp://[::1]:8786"])
def test_a_scheduler_that_anyone_can_use_is_taken_only_when_told_to(address):
    with (
        pytest.raises(InputError, match=f"{re.escape(address)} has no TLS.*can run programs"),
        running_cluster(address),
    ):
        pass


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://127.0.0.1:1"])
def test_an_address_that_is_none_is_one_sentence(address, monkeypatch):
    monkeypatch.setattr(cluster_module, "TIMEOUT", 0.5)
    with (
        pytest.raises(InputError, match="no Dask scheduler answers at"),
        running_cluster(address),
    ):
        pass


def test_without_the_extra_its_name_is_told(monkeypatch):
    monkeypatch.setattr(cluster_module, "find_spec", lambda name: None)
    connected = running_cluster("tls://127.0.0.1:1")
    with pytest.raises(InputError, match="pip install dask distributed"), connected:
        pass


@pytest.fixture
def scheduler(tmp_path):
    """The address of a scheduler with one worker, and the processes of both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    own = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    commands = (["scheduler", *own], ["worker", address, "--nthreads", "1", "--no-nanny"])
    top = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(top)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    yield address, processes
    for process in processes:
        process.kill()
        process.wait()


def test_a_scheduler_that_is_lost_leaves_whole_chunks_and_another_way_ends_them(
    path, run, out, scheduler, monkeypatch
):
    address, (server, _) = scheduler
    monkeypatch.setattr(cluster_module, "TIMEOUT", 20)
    sweep = read_sweep(path, Arcs("slow"))

    def lose(done, *_):
        if done == 2:
            server.kill()

    with (
        running_cluster(address, trust_network=True) as client,
        pytest.raises(SweepStopped, match="scheduler was lost"),
    ):
        run(sweep, compute=partial(on_cluster, client), progress=lose)
    assert 2 <= len(Folder(out).numbers()) < 8
    run(sweep)
    assert len(load_sweep(out)) == 1000


EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "slurm.py"


def test_the_example_for_slurm_sweeps_by_tls(sweep, path, out, alone, monkeypatch):
    """As it stands, its jobs processes of this machine; really so where there are certificates."""
    import distributed

    secured = find_spec("cryptography") is not None
    asked, addresses = {}, []

    class Processes(distributed.LocalCluster):
        def __init__(self, **settings):
            asked.update(settings)
            super().__init__(1, 1, dashboard_address=None, security=secured or None)

        def adapt(self, **_):
            addresses.append(self.scheduler_address)

    queue = ModuleType("dask_jobqueue")
    queue.SLURMCluster = Processes
    monkeypatch.setitem(sys.modules, "dask_jobqueue", queue)
    monkeypatch.setenv("PYTHONPATH", str(EXAMPLE.parents[2]))
    monkeypatch.setattr("ssb_model.sweep.read_sweep", lambda _: sweep)
    runpy.run_path(str(EXAMPLE))["main"](path, out)
    assert asked["security"] is True and Path(asked["shared_temp_directory"]).is_dir()
    assert addresses[0].startswith("tls://" if secured else "tcp://")
    assert load_sweep(out).table.equals(alone)
