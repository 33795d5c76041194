"""Sweeps on a Dask cluster whose scheduler runs already.

Candidates are designed here and sent with each chunk; the model is sent once to every worker, also
to those that join later. Workers return Parquet bytes, which this process writes: no disk is
shared. A chunk whose worker is lost is computed again by another one.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from ssb_model.errors import InputError
from ssb_model.sweep.evaluator import packed
from ssb_model.sweep.run import Computed
from ssb_model.sweep.store import Chunk, Identity, SweepStopped, evaluate_chunk
from ssb_model.sweep.sweep import Sweep

if TYPE_CHECKING:
    from distributed import Client

    from ssb_model.sweep.worker import EvaluatorPlugin

IN_FLIGHT = 3  # chunks a worker: one computed, the next there, one on its way back
TIMEOUT = 5  # s
EXTRA = ("dask", "distributed")


@contextmanager
def running_cluster(address: str, trust_network: bool = False) -> Iterator[Client]:
    """A client of the scheduler at ``address``, such as "tls://node1:8786".

    Parameters
    ----------
    address
        With TLS the certificates are those of Dask's own settings (``distributed.comm.tls``).
    trust_network
        Take a scheduler without TLS too. Whoever can reach one can run programs as you, on the
        workers and in this process.

    Raises
    ------
    InputError
        If nothing answers there, or it may not be trusted.
    """
    _require_extra()
    from distributed import Client

    _quiet()
    place = _place(address)
    if not (trust_network or address.startswith("tls://")):
        raise InputError(
            f"{address} has no TLS: whoever can reach such a scheduler, on a shared machine every "
            "user of it, can run programs as you. Start it with TLS and give tls://..., or say "
            "--trust-network if nobody else can reach it."
        )
    try:
        _listening(place)
        client = Client(address, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError):
        raise _unanswered(address) from None
    with client:
        yield client


def _unanswered(address: str) -> InputError:
    return InputError(
        f"no Dask scheduler answers at {address} within {TIMEOUT} s: check the address that "
        "`dask scheduler` printed, and for tls:// the certificates in Dask's settings "
        "(distributed.comm.tls)."
    )


def _place(address: str) -> tuple[str, int]:
    """Host and port."""
    scheme, _, place = address.rpartition("://")
    host, _, port = place.rpartition(":")
    if scheme not in ("", "tcp", "tls") or not port.isdecimal():
        raise _unanswered(address)
    return host.strip("[]"), int(port)


def _listening(place: tuple[str, int]) -> None:
    """Wait until anything listens there; OSError if nothing does in time.

    A Dask client that finds no scheduler leaves threads behind, so it is not made before.
    """
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            return socket.create_connection(place, TIMEOUT).close()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def on_cluster(client: Client, sweep: Sweep, numbers: Iterable[int]) -> Computed:
    """Compute chunks on the client's workers: pairs of number and Parquet bytes as they come."""
    from distributed import as_completed

    with _losses_reported():
        name = _ship(client, sweep)
        identity, waiting = sweep.identity, iter(numbers)
        running = as_completed(loop=client.loop)

        def hand_out() -> None:
            threads = cast("dict[str, int]", client.nthreads())  # by worker
            room = IN_FLIGHT * max(1, len(threads)) - running.count()
            for _, number in zip(range(room), waiting, strict=False):
                chunk = sweep.chunk(number)
                running.add(client.submit(_compute, name, chunk, identity, pure=False))

        hand_out()
        for future in running:
            yield future.result()
            future.release()
            hand_out()


def _ship(client: Client, sweep: Sweep) -> str:
    """Send the model to every worker; returns its name there."""
    from ssb_model.sweep.worker import EvaluatorPlugin

    evaluator = sweep.evaluator
    plugin = EvaluatorPlugin(packed(evaluator), sweep.identity, type(evaluator).load)
    client.register_plugin(plugin, name=plugin.name)
    return plugin.name


def _compute(name: str, chunk: Chunk, identity: Identity) -> tuple[int, bytes]:
    """A worker's part."""
    from distributed import get_worker

    evaluator = cast("EvaluatorPlugin", get_worker().plugins[name]).evaluator
    return chunk.number, evaluate_chunk(chunk, evaluator, identity)


@contextmanager
def _losses_reported() -> Iterator[None]:
    """Dask's errors for what it could not make good become one sentence."""
    from distributed import CancelledError, KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        yield
    except KilledWorker as error:
        raise SweepStopped(
            f"one chunk ended {error.allowed_failures + 1} workers one after another: give them "
            "more memory, or make chunks smaller (`chunk`, in another folder)."
        ) from None
    except (CancelledError, CommClosedError, TimeoutError):
        raise SweepStopped(
            "the Dask scheduler was lost; whole chunks stay: start it and give the same command "
            "again."
        ) from None


def _quiet() -> None:
    """Dask reports every lost worker at length; a sweep goes on."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _require_extra() -> None:
    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing:
        raise InputError(
            f"a sweep on a cluster needs {' and '.join(missing)}: "
            f"pip install {' '.join(missing)}, or leave --scheduler out."
        )
