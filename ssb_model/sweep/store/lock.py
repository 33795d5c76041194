"""One process a folder: ``sweep.lock`` names the process that writes there.

The operating system holds the lock and lets it go when its process ends, however it ends; what a
killed process leaves is a name in a file that nobody holds, and the next process takes it over.
"""

import fcntl
import json
import os
import socket
from contextlib import contextmanager
from pathlib import Path

from ssb_model.errors import InputError

NAME = "sweep.lock"


@contextmanager
def locked(folder: Path, tell):
    """Hold the folder's lock; InputError if another process does, naming it.

    ``tell`` is called with a sentence if the lock was left by a process that has ended.
    """
    path = folder / NAME
    with _held(path) as file:
        if before := file.read():
            tell(f"The sweep was left unfinished by {_named(before)}: taken over.")
        _sign(file, path)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _held(path):
    """The lock file, open and locked."""
    while True:
        file = path.open("a+", encoding="utf-8")
        file.seek(0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"{path.parent} is being written by {_named(file.read())}: wait until it has "
                "ended, or choose another folder with --out."
            ) from None
        except OSError as error:  # some network file systems have no locks
            raise _unusable(path, error) from None
        if _still_there(file, path):
            return file
        file.close()


def _sign(file, path):
    """Write who holds the lock in place of who held it."""
    try:
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname()}, file)
        file.flush()
    except OSError as error:
        raise _unusable(path, error) from None


def _unusable(path, error):
    return InputError(
        f"{path} cannot be locked ({error.strerror}): choose another folder with --out."
    )


def _still_there(file, path):
    """Whether the file that was locked was not removed by its last owner in the meantime."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _named(content):
    try:
        owner = json.loads(content)
        return f"process {owner['pid']} on {owner['host']}"
    except (ValueError, KeyError, TypeError):
        return "another process"
