"""Ctrl-C and SIGTERM end a command by one line that says what is kept, whatever it is doing.

The signal becomes :class:`Stopped`. Python drops what is raised in a callback of C code, such as
JAX's at each garbage collection: it is raised again a moment later. Where it cannot be raised, in C
code that takes its time, or somebody catches it, a thread ends the process after :data:`PATIENCE`:
files are written whole, so that every moment is a good one.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from ssb_model.writing import remove_temporary

PATIENCE = 3.0  # s from the signal to the end
AGAIN_AFTER = 0.02  # s to raise again what was dropped
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last two not on every system
GO_ON = "to go on, give the same command again, without --fresh."
AGAIN = "to make all of it, give the same command again."
NOTHING = "nothing was written; to begin again, give the same command."
SHOW_CURSOR = "\x1b[?25h"  # a line of progress hides it


class Stopped(KeyboardInterrupt):
    """A signal ends the command; the text says what is kept and how to go on."""

    def __init__(self, number: int) -> None:
        super().__init__(_kept[-1]())
        self.number = number


_kept: list[Callable[[], str]] = [lambda: NOTHING]
_stops: list[Stopped] = []  # at most one
_dropped, _said = threading.Event(), threading.Event()


@contextmanager
def keeping(said: Callable[[], str]) -> Iterator[None]:
    """While this runs, a command that is stopped says so."""
    _kept.append(said)
    try:
        yield
    except KeyboardInterrupt as stop:
        stop.args = stop.args or (said(),)
        raise
    finally:
        _kept.pop()


def say_stopped(stop: KeyboardInterrupt) -> int:
    """Say on standard error what is kept; gives the exit code."""
    _said.set()
    remove_temporary()
    shown = SHOW_CURSOR if sys.stderr.isatty() else ""
    print(f"{shown}ssb: stopped; {str(stop) or _kept[-1]()}", file=sys.stderr, flush=True)
    return _code()


def _code() -> int:
    return 128 + (_stops[0].number if _stops else signal.SIGINT)


@contextmanager
def stoppable() -> Iterator[None]:
    """Have signals end what is done here, in words; afterwards they are left to the system."""
    numbers = _numbers()
    for number in numbers:
        signal.signal(number, _raise)
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    sys.unraisablehook = _raise_again
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(ours, {*numbers}), daemon=True).start()
    try:
        yield
    except BaseException:  # what Stopped became on its way: JAX and typer turn it into others
        if not _stops:
            raise
        _end()
    else:
        if _stops:
            _end()
    finally:
        signal.set_wakeup_fd(-1)
        for number in numbers:
            signal.signal(number, signal.SIG_IGN if _stops else signal.SIG_DFL)


def _end() -> NoReturn:
    raise SystemExit(_code() if _said.is_set() else say_stopped(_stops[0])) from None


def _numbers() -> list[int]:
    """Those that this process does not ignore, as what runs in the background ignores Ctrl-C."""
    known = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) != signal.SIG_IGN]


def _raise(number: int, _: FrameType | None) -> None:
    if not _stops:
        _stops.append(Stopped(number))
    elif not _dropped.is_set():  # a second signal would disturb what is being put away
        return
    _dropped.clear()
    raise _stops[0]


def _raise_again(dropped: sys.UnraisableHookArgs) -> None:
    """What Python calls with an exception that it drops."""
    if not isinstance(dropped.exc_value, Stopped):
        sys.__unraisablehook__(dropped)
    elif not _said.is_set():
        _dropped.set()
        again = os.getpid(), dropped.exc_value.number
        threading.Timer(AGAIN_AFTER, os.kill, again).start()


def _watch(ours: socket.socket, numbers: set[int]) -> None:
    """End the process if a signal has not ended it."""
    while (came := ours.recv(1)) and came[0] not in numbers:
        pass
    if came:
        time.sleep(PATIENCE)
        _stops[:] = _stops or [Stopped(came[0])]
        code = _code() if _said.is_set() else say_stopped(_stops[0])
        _end_children()
        remove_temporary()
        os._exit(code)


def _end_children() -> None:
    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for child in active_children():
            child.terminate()
