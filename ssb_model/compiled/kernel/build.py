"""Compiling C text with the machine's C compiler; compiled libraries are kept on disk."""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import logging
import os
import platform
import shutil
import subprocess
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jax
import jaxlib
from jaxlib.version import __version__ as jaxlib_version

from ssb_model.compiled.kernel.source import core_source
from ssb_model.compiled.runtime import cache_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssb_model.compiled.kernel.source import ModelSource

# No contraction to fused multiply-adds: what PyBaMM subtracts to exactly zero must stay zero.
FLAGS = (
    *("-O2", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off"),
    *("-shared", "-fPIC", "-pthread", "-D_GNU_SOURCE"),
)
LOG = logging.getLogger(__name__)
REFUSED = (
    "ssb_model: %s could not compile the model (%s): JAX does, which takes many times as long. "
    "SSB_MODEL_KERNEL=off silences this."
)
NOT_KEPT = "ssb_model: compiled models cannot be kept (%s): each process compiles its own."
WIDTHS = {"avx512f": 8, "avx2": 4, "": 2}
ALONE = 2  # members that are solved one by one: a block of them would stand half empty


def width_of(batch: int) -> int:
    """How many members a block of a batch should have on this machine."""
    widest = next(width for flag, width in WIDTHS.items() if flag in _cpu())
    return 1 if batch <= ALONE else widest


class CompilerError(Exception):
    """What a C compiler, its first word, had to say."""


#: A library and its name, which is that of its text.
Built = tuple[str, ctypes.CDLL]


def build(source: ModelSource, width: int) -> Built | None:
    """A model's loaded library, linked to the core, and its name; or None where there is no C
    compiler.

    The library takes members in blocks of ``width``. The compiler is ``$CC``, else cc, gcc or
    clang; ``SSB_MODEL_KERNEL=off`` does without.
    """
    command = compiler()
    if command is None:
        return None
    asked = [_asked_for(command, width, text) for text in (core_source(), source.text)]
    wait(asked)  # for both: nothing is to be left behind by one that goes on after an error
    try:
        core, model = (future.result() for future in asked)
    except CompilerError as error:
        LOG.warning(REFUSED, command[0], error)
        return None
    name, library = model
    if name not in _linked:
        core[1].ssb_core.restype = ctypes.c_void_p
        arrays = source.whole, source.real
        pointers = [ctypes.c_void_p(array.ctypes.data) for array in arrays]
        library.ssb_link(ctypes.c_void_p(core[1].ssb_core()), *pointers)
        _linked[name] = source
    return model


def expect(width: int) -> None:
    """Begin to make the core while there is other work, if there is a compiler."""
    command = compiler()
    if command is not None and jax.default_backend() == "cpu":
        _asked_for(command, width, core_source())


def _asked_for(compiler: Sequence[str], width: int, source: str) -> Future[Built]:
    """The name and the library of C text; compiled, in a thread, where it is not known yet."""
    command = [*compiler, *FLAGS, f"-DWIDTH={width}"]
    key = "\n".join([source, *command, platform.machine(), _cpu(), jaxlib_version])
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    known = _asked.get(name)
    if known is None or (known.done() and known.exception()):
        _asked[name] = known = _pool().submit(library_of, command, source, name)
    return known


def library_of(command: Sequence[str], source: str, name: str) -> Built:
    """The library that a command makes of the text: the one that is kept, or a new one."""
    folder = cache_folder() / "kernels"
    try:
        return name, _kept(folder, name) or _compile(command, source, folder, name)
    except OSError as error:
        LOG.warning(NOT_KEPT, error)
        return name, _compile(command, source, _own_folder(), name)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2)


def _kept(folder: Path, name: str) -> ctypes.CDLL | None:
    """A library on disk. It is loaded only if this user has written it, and it is whole: its file's
    name ends with a checksum of what is in it."""
    for path in folder.glob(f"{name}-*.so"):
        if _is_ours(path) and path.stem.endswith(_checksum(path)):
            return ctypes.cdll.LoadLibrary(str(path))
    return None


def _is_ours(path: Path) -> bool:
    """Whether nobody else may have written a file (where files have owners)."""
    if not hasattr(os, "getuid"):
        return True
    known = path.stat()
    return known.st_uid == os.getuid() and not known.st_mode & 0o022


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:24]


@cache
def _own_folder() -> Path:
    """A folder of this process alone, where the usual one will not do."""
    folder = tempfile.TemporaryDirectory(prefix="ssb_model-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def compiler() -> list[str] | None:
    """The command of the machine's C compiler, None where there is none or it is turned off."""
    if os.environ.get("SSB_MODEL_KERNEL") == "off" or platform.system() == "Windows":
        return None
    for name in (os.environ.get("CC"), "cc", "gcc", "clang"):
        if name and shutil.which(name.split()[0]):
            return name.split()
    return None


@cache
def _cpu() -> str:
    """The processor's abilities, since code is compiled for this very one."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith("flags")), "")


def _compile(command: Sequence[str], source: str, folder: Path, name: str) -> ctypes.CDLL:
    """Make a library, which appears in ``folder`` whole or not at all."""
    include = Path(jaxlib.__file__).parent / "include"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        text, made = Path(place, "kernel.c"), Path(place, "kernel.so")
        text.write_text(source, "utf-8")
        whole = [*command, f"-I{include}", str(text), "-o", str(made), "-lm"]
        ran = subprocess.run(whole, capture_output=True, text=True, errors="replace")
        if ran.returncode != 0:
            raise CompilerError(_first_error(ran.stderr))
        try:
            library = ctypes.cdll.LoadLibrary(str(made))
        except OSError as error:
            raise CompilerError(f"it made what cannot be loaded: {error}") from error
        made.chmod(0o755)
        os.replace(made, folder / f"{name}-{_checksum(made)}.so")
        return library


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
_linked: dict[str, ModelSource] = {}  # by library, which reads their numbers in place
