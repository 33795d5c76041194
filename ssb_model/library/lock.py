"""One process a folder: ``ssb.lock`` is locked, ``ssb.owner`` names the process that did it.

The operating system holds the lock and lets it go when its process ends, however it ends; what a
killed process leaves is a name that nobody answers for, and the next process takes it over. The
name has a file of its own because on Windows nobody else can read a file that is locked.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ssb_model.errors import InputError
from ssb_model.files import WRITTEN, read_bytes
from ssb_model.writing import temporary

LOCK, OWNER = "ssb.lock", "ssb.owner"
PATIENCE = 0.2  # s; the last owner may be removing its lock at this very moment


@contextmanager
def locked(folder: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Hold the folder's lock; InputError if another process does, naming it.

    ``tell`` is called with a sentence if the lock was left by a process that has ended.
    """
    lock, owner = folder / LOCK, folder / OWNER
    with _held(lock, owner):
        if (before := _signed(owner)) is not None:
            tell(f"{folder} was left unfinished by {_named(before)}: taken over.")
        with temporary(owner, lock):
            _sign(owner, lock)
            yield


def _held(path: Path, owner: Path) -> AbstractContextManager[object]:
    """The lock, taken."""
    # Without the fallback: a lock that is only a file would outlive a killed process.
    lock = FileLock(path, timeout=PATIENCE, fallback_to_soft=False)
    try:
        return lock.acquire()
    except Timeout:
        raise InputError(
            f"{path.parent} is being written by {_named(_signed(owner))}: wait until it has "
            "ended, or choose another folder with --out."
        ) from None
    except OSError as error:  # some network file systems have no locks
        raise _unusable(path, error) from None


def _sign(owner: Path, lock: Path) -> None:
    """Write who holds the lock in place of who held it."""
    name = json.dumps({"pid": os.getpid(), "host": socket.gethostname()})
    try:
        owner.write_text(name, "utf-8")
    except OSError as error:
        raise _unusable(lock, error) from None


def _signed(owner: Path) -> str | None:
    """What the file of the owner's name says, or None where there is none."""
    try:
        return read_bytes(owner, WRITTEN).decode("utf-8", errors="replace")
    except (OSError, InputError):
        return None


def _unusable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path} cannot be locked ({error.strerror}): choose another folder with --out."
    )


def _named(content: str | None) -> str:
    try:
        owner = json.loads(content or "")
        return f"process {owner['pid']} on {owner['host']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
