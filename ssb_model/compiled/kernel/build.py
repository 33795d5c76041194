"""Compiling a kernel with the machine's C compiler; compiled kernels are kept on disk."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import platform
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jax
import jaxlib
from jaxlib.version import __version__ as jaxlib_version

from ssb_model.compiled.runtime import cache_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from jaxtyping import Int

# No contraction to fused multiply-adds: what PyBaMM subtracts to exactly zero must stay zero.
FLAGS = (
    *("-O2", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off"),
    *("-shared", "-fPIC"),
)
LOG = logging.getLogger(__name__)
REFUSED = (
    "ssb_model: %s could not compile the time step (%s): JAX does, which takes many times as long. "
    "SSB_MODEL_KERNEL=off silences this."
)
WIDTHS = {"avx512f": 8, "avx2": 4, "": 2}
NARROW = 2  # members a block of few members has: one alone would fill an eighth of a wide block


def width_of(batch: int) -> int:
    """How many members a block of a batch should have on this machine."""
    widest = next(width for flag, width in WIDTHS.items() if flag in _cpu())
    return min(widest, NARROW) if batch <= NARROW else widest


def build(source: str, width: int) -> tuple[str, ctypes.CDLL] | None:
    """The loaded library of C text ``source``, which takes members in blocks of ``width``, or None
    where there is no C compiler.

    The compiler is ``$CC``, else cc, gcc or clang; ``SSB_MODEL_KERNEL=off`` does without.
    """
    compiler = _compiler()
    if compiler is None:
        return None
    flags = (*FLAGS, f"-DWIDTH={width}")
    key = "\n".join([source, *compiler, *flags, platform.machine(), _cpu(), jaxlib_version])
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    library = cache_folder() / "kernels" / f"{name}.so"
    loaded = _load(library)
    if loaded is None and _compile([*compiler, *flags], source, library):
        loaded = _load(library)
    return (name, loaded) if loaded else None


def hand_over(name: str, library: ctypes.CDLL, numbers: Int[np.ndarray, " numbers"]) -> None:
    """Give the library ``name`` the numbers (int32) that it reads, and keep them for it."""
    if name not in _numbers:
        library.ssb_tables(ctypes.c_void_p(numbers.ctypes.data))
        _numbers[name] = numbers


def _load(library: Path) -> ctypes.CDLL | None:
    """The library, or None where the file is missing or damaged."""
    try:
        return ctypes.cdll.LoadLibrary(str(library))
    except OSError:
        return None


def _compiler() -> list[str] | None:
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


def _compile(compiler: Sequence[str], source: str, library: Path) -> bool:
    """Whether the library now exists; it appears whole or not at all."""
    include = Path(jaxlib.__file__).parent / "include"
    try:
        library.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=library.parent) as folder:
            text, made = Path(folder, "kernel.c"), Path(folder, "kernel.so")
            text.write_text(source, "utf-8")
            base = [*compiler, f"-I{include}", str(text)]
            for more in (["-DVECTOR_MATH=1", "-lmvec"], ["-DVECTOR_MATH=0"]):
                command = [*base, *more[:1], "-o", str(made), *more[1:], "-lm"]
                ran = subprocess.run(command, capture_output=True, text=True, errors="replace")
                if ran.returncode == 0:
                    ctypes.cdll.LoadLibrary(str(made))
                    os.replace(made, library)
                    return True
            LOG.warning(REFUSED, compiler[0], _first_error(ran.stderr))
    except OSError:
        pass
    return False


def _first_error(text: str) -> str:
    lines = [line for line in text.splitlines() if "error" in line] or text.splitlines()
    return lines[0].rpartition("error: ")[2] if lines else "it says nothing"


def register(name: str, library: ctypes.CDLL, symbol: str) -> str:
    """Make a function of the library callable from XLA; returns its target name."""
    target = f"ssb_{symbol}_{name}"
    if target not in _registered:
        handler = jax.ffi.pycapsule(getattr(library, f"ssb_{symbol}"))
        jax.ffi.register_ffi_target(target, handler, platform="cpu")
        _registered.add(target)
    return target


_registered: set[str] = set()
_numbers: dict[str, Int[np.ndarray, " numbers"]] = {}  # by library, which reads them in place
