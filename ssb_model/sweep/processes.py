"""Sweeps in several processes of this machine, joined to this one by pipes that have no address.

No other program, and no other user, can reach them. A process that is lost is replaced, and its
chunk is computed again.
"""

from __future__ import annotations

import signal
from collections import Counter
from contextlib import suppress
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING

from ssb_model.errors import InputError
from ssb_model.sweep.evaluator import packed, unpacked
from ssb_model.sweep.store import Chunk, Identity, SweepStopped, evaluate_chunk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from multiprocessing.connection import Connection

    from ssb_model.sweep.evaluator import Load
    from ssb_model.sweep.run import Computed
    from ssb_model.sweep.sweep import Sweep

MOST_LOST = 3  # processes one after another that a chunk may end
TOO_MANY_LOST = (
    f"one chunk ended {MOST_LOST + 1} processes one after another: give them more memory, or make "
    "chunks smaller (`chunk`, in another folder)."
)
PATIENCE = 5.0  # s for a process to end after it has been told to


def in_processes(count: int, sweep: Sweep, numbers: Iterable[int]) -> Computed:
    """Compute chunks in ``count`` processes: pairs of number and Parquet bytes as they come.

    Raises
    ------
    SweepStopped
        If one chunk ends a process again and again.
    """
    content, waiting, lost = packed(sweep.evaluator), iter(numbers), Counter[int]()
    workers: list[_Process] = []
    try:
        for _, number in zip(range(count), waiting, strict=False):
            workers.append(_Process(sweep, content))
            workers[-1].take(number)
        while workers:
            ready = connection.wait([worker.pipe for worker in workers])
            for worker in [worker for worker in workers if worker.pipe in ready]:
                try:
                    yield worker.number, worker.result()
                    number = next(waiting, None)
                except (EOFError, ConnectionError):
                    number = worker.number
                    lost[number] += 1
                    if lost[number] > MOST_LOST:
                        raise SweepStopped(TOO_MANY_LOST) from None
                    worker.replace()
                if number is None:
                    workers.remove(worker)
                    worker.end()
                else:
                    worker.take(number)
    finally:
        for worker in workers:
            worker.end()


class _Process:
    """A process with the sweep's model, and the chunk that it computes."""

    def __init__(self, sweep: Sweep, content: bytes) -> None:
        self._sweep, self._content, self.number = sweep, content, -1
        self._begin()

    def _begin(self) -> None:
        context = get_context("spawn")  # JAX's threads survive no fork
        self.pipe, theirs = context.Pipe()
        given = theirs, self._content, self._sweep.identity, type(self._sweep.evaluator).load
        self._process = context.Process(target=_work, args=given, daemon=True)
        self._process.start()
        theirs.close()

    def replace(self) -> None:
        """A new process in its place."""
        self.end()
        self._begin()

    def take(self, number: int) -> None:
        """Send it a chunk; one that has been lost says so when its result is asked for."""
        self.number = number
        with suppress(ConnectionError):
            self.pipe.send(self._sweep.chunk(number))

    def result(self) -> bytes:
        """What it sent back; EOFError or ConnectionError if it has been lost."""
        answer = self.pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        self.pipe.close()
        self._process.terminate()
        self._process.join(PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


def _work(pipe: Connection, content: bytes, identity: Identity, load: Load) -> None:
    """In the process: chunks come, Parquet bytes go back. Ctrl-C is for the process at the other
    end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):  # the other end has gone
        try:
            evaluator = unpacked(content, identity["evaluator"], load)
            while True:
                chunk: Chunk = pipe.recv()
                pipe.send(evaluate_chunk(chunk, evaluator, identity))
        except (InputError, SweepStopped) as error:
            pipe.send(error)
