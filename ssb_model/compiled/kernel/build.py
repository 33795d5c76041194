"""Compiling C text; compiled libraries are kept on disk."""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import logging
import os
import platform
import shutil
import stat
import subprocess
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import jax
import jaxlib
from jaxlib.version import __version__ as jaxlib_version

from ssb_model.compiled.kernel.compilers import (
    FLAGS,
    SOON,
    compiler,
    compilers,
    environment,
    is_off,
    processor,
    say_none,
    say_refused,
    steps,
    widest,
)
from ssb_model.compiled.kernel.source import core_source
from ssb_model.compiled.runtime import cache_folder, make_private
from ssb_model.constants import HOUR
from ssb_model.writing import remove_unfinished, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.compiled.kernel.source import ModelSource

LOG = logging.getLogger(__name__)
NOT_KEPT = "ssb_model: compiled models cannot be kept (%s): each process compiles its own."
DAMAGED = "ssb_model: the compiled library %s was damaged or is another's: it is made again."
ROOM = 64 * 1024**2  # bytes that a compiler needs on a disk
#: what tells a text's library from those of other texts, whatever their files are called
STAMP = '\nextern const char ssb_text[];\nconst char ssb_text[] = "the text %s";\n'
LONGEST = HOUR  # s that a compiler takes: what is older was left by a process that was killed
ALONE = 2  # members that are solved one by one: a block of them would stand half empty


def width_of(batch: int) -> int:
    """How many members a block of a batch should have on this machine."""
    return 1 if batch <= ALONE else widest()


class CompilerError(Exception):
    """What a C compiler had to say."""


#: A library and its name, which is that of its text.
Built = tuple[str, ctypes.CDLL]


def build(source: ModelSource, width: int) -> Built | None:
    """A model's loaded library, linked to the core, and its name; or None where no C compiler can
    make them.

    The library takes members in blocks of ``width``. Where one of :func:`compilers` fails, the
    next is tried; ``SSB_MODEL_KERNEL=off`` does without.
    """
    commands = [*compilers()]
    for command in commands:
        try:
            return _built(command, width, source)
        except CompilerError as error:
            if command is commands[-1]:
                say_refused(command, error)
            else:
                LOG.info("ssb_model: %s could not compile the model: %s", command[0], error)
    if not commands and not is_off():
        say_none()
    return None


def _built(command: Sequence[str], width: int, source: ModelSource) -> Built:
    asked = [_core(command, width), _asked_for(command, width, source.text)]
    wait(asked)  # for both: nothing is to be left behind by one that goes on after an error
    core, (name, library) = (future.result() for future in asked)
    if library not in _linked:
        arrays = source.whole, source.real
        pointers = [ctypes.c_void_p(array.ctypes.data) for array in arrays]
        library.ssb_take(*pointers)
        _link(library, core)
        _linked[library] = source
        better = _asked_for(command, width, core_source())
        if better is not asked[0]:
            better.add_done_callback(partial(_link_better, library))
    return name, library


def _link(library: ctypes.CDLL, core: Built) -> None:
    core[1].ssb_core.restype = ctypes.c_void_p
    library.ssb_link(ctypes.c_void_p(core[1].ssb_core()))


def _link_better(library: ctypes.CDLL, core: Future[Built]) -> None:
    """The numbers stay the same to the last bit; solves that have begun go on as they did."""
    if core.exception() is None:
        _link(library, core.result())


def expect(width: int) -> None:
    """Begin to make the core while there is other work, if there is a compiler."""
    command = compiler()
    if command is not None and jax.default_backend() == "cpu":
        _core(command, width)


def _core(compiler: Sequence[str], width: int) -> Future[Built]:
    """The core, or where none has been kept one that serves until it is made."""
    name = _name(_command(compiler, width), core_source())
    if name in _asked or any((cache_folder() / "kernels").glob(f"{name}-*.so")):
        return _asked_for(compiler, width, core_source())
    return _asked_for(compiler, width, core_source(), SOON)


def _command(compiler: Sequence[str], width: int, *more: str) -> list[str]:
    return [*compiler, *FLAGS, *more, f"-DWIDTH={width}"]


def _name(command: Sequence[str], source: str) -> str:
    key = "\n".join([source, STAMP, *command, platform.machine(), processor(), jaxlib_version])
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _asked_for(compiler: Sequence[str], width: int, source: str, *more: str) -> Future[Built]:
    """The name and the library of C text; compiled, in a thread, where it is not known yet."""
    command = _command(compiler, width, *more)
    name = _name(command, source)
    known = _asked.get(name)
    if known is None or (known.done() and known.exception()):
        _asked[name] = known = _pool().submit(library_of, command, source, name)
    return known


def library_of(command: Sequence[str], source: str, name: str) -> Built:
    """The library that a command makes of the text: the one that is kept, or a new one."""
    folder, text = cache_folder() / "kernels", source + STAMP % name
    try:
        make_private(folder)
        return name, _kept(folder, name) or _compile(command, text, folder, name)
    except OSError as error:
        _say_not_kept(str(error))
    except CompilerError:
        if shutil.disk_usage(folder).free > ROOM:
            raise
        _say_not_kept(f"there is no room in {folder}")
    try:
        return name, _compile(command, text, _own_folder(), name)
    except OSError as error:
        raise CompilerError(f"there is no place for it: {error}") from error


@cache
def _say_not_kept(cause: str) -> None:
    LOG.warning(NOT_KEPT, cause)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


def _kept(folder: Path, name: str) -> ctypes.CDLL | None:
    """A library on disk. It is loaded only if it is a file that this user has written, and it is
    whole: its name ends with a checksum of what is in it, and it is that text's. Any other goes."""
    for path in folder.glob(f"{name}-*.so"):
        if _is_good(path, name):
            with suppress(OSError):  # it is made again
                return ctypes.cdll.LoadLibrary(str(path))
        LOG.warning(DAMAGED, path.name)
        with suppress(OSError):
            path.unlink()
    return None


def _is_good(path: Path, name: str) -> bool:
    try:
        if not _is_ours(path.lstat()):
            return False
        content = path.read_bytes()
    except OSError:
        return False
    return path.stem.endswith(_checksum(content)) and f"the text {name}".encode() in content


def _is_ours(known: os.stat_result) -> bool:
    """Whether it is a file, and nobody else may have written it (where files have owners)."""
    mine = not hasattr(os, "getuid") or known.st_uid == os.getuid()
    return stat.S_ISREG(known.st_mode) and mine and (os.name == "nt" or not known.st_mode & 0o022)


def _checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


@cache
def _own_folder() -> Path:
    """A folder of this process alone, where the usual one will not do."""
    folder = tempfile.TemporaryDirectory(prefix="ssb_model-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _compile(command: Sequence[str], source: str, folder: Path, name: str) -> ctypes.CDLL:
    """Make a library, which appears in ``folder`` whole, and stays there if it can be loaded."""
    include = Path(jaxlib.__file__).parent / "include"
    remove_unfinished(folder, older=LONGEST)
    with temporary_folder(folder) as place:
        text, made = place / "kernel.c", place / "kernel.so"
        text.write_text(source, "utf-8")
        for step in steps([*command, f"-I{include}"], text, made):
            _run(step, folder, str(place))
        if not made.exists():
            raise CompilerError("it made nothing")
        made.chmod(0o755)
        kept = folder / f"{name}-{_checksum(made.read_bytes())}.so"
        if not _is_good(kept, name):  # Windows replaces no file that is in use
            os.replace(made, kept)
    try:
        return ctypes.cdll.LoadLibrary(str(kept))
    except OSError as error:
        if not kept.exists():  # another process has taken it away
            raise
        kept.unlink(missing_ok=True)
        raise CompilerError(f"it made what cannot be loaded: {error}") from error


def _run(command: Sequence[str], folder: Path, place: str) -> None:
    try:
        ran = subprocess.run(
            command,
            env=environment(folder, place),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise CompilerError(f"it does not start: {error}") from error
    if ran.returncode != 0:
        raise CompilerError(_first_error(ran.stderr))


def _first_error(text: str) -> str:
    lines = [line for line in text.splitlines() if "error" in line] or text.splitlines()
    return lines[0].rpartition("error: ")[2] if lines else "it says nothing"


def register(name: str, library: ctypes.CDLL, symbol: str, platform: str = "cpu") -> str:
    """Make a function of the library callable from XLA; returns its target name."""
    target = f"ssb_{symbol}_{name}"
    if target not in _registered:
        handler = jax.ffi.pycapsule(getattr(library, f"ssb_{symbol}"))
        jax.ffi.register_ffi_target(target, handler, platform=platform)
        _registered.add(target)
    return target


_registered: set[str] = set()
_asked: dict[str, Future[Built]] = {}  # by the name of their text
_linked: dict[ctypes.CDLL, ModelSource] = {}  # whose numbers a library reads in place
