"""C compilers: the machine's own, then that of the package ``ziglang``; and what they are told."""

from __future__ import annotations

import ctypes
import logging
import os
import platform
import shutil
import sys
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = logging.getLogger(__name__)

# No contraction to fused multiply-adds: what PyBaMM subtracts to exactly zero must stay zero.
# Zig's clang would otherwise describe lines for debuggers, and stop where C leaves a result open.
FLAGS = (
    *("-O2", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=off"),
    *("-g0", "-fno-sanitize=undefined", "-shared", "-fPIC", "-D_GNU_SOURCE"),
    *(() if sys.platform == "win32" else ("-pthread",)),
)
# For a core that is wanted soon: made in a third of the time, and 1.5 times slower.
SOON = "-Og"
# Not on Windows, where GCC keeps wide vectors at addresses that are not theirs (its bug 54412).
OWN = () if sys.platform == "win32" else ("cc", "gcc", "clang")
WHEEL = "ziglang"
ALONE = Path(__file__).parent / "core" / "alone.h"
WINDOWS_LIBRARIES = (
    *("-lkernel32", "-lapi-ms-win-crt-heap-l1-1-0", "-lapi-ms-win-crt-math-l1-1-0"),
    *("-lapi-ms-win-crt-private-l1-1-0", "-lapi-ms-win-crt-string-l1-1-0"),
)
INSTALL = f"`pip install {WHEEL}` brings a compiler that needs nothing else. "
SLOWER = "JAX does, which takes many times as long. "
SILENCE = "SSB_MODEL_KERNEL=off silences this."
NONE = f"ssb_model: no C compiler was found to compile the model: {SLOWER}{INSTALL}{SILENCE}"
REFUSED = f"ssb_model: %s could not compile the model (%s): {SLOWER}%s{SILENCE}"
WIDTHS = {"avx512f": 8, "avx2": 4, "": 2}
WINDOWS_FEATURES = {"avx2": 40, "avx512f": 41}


def compilers() -> Iterator[list[str]]:
    """Commands of C compilers, the first to be preferred; none where they are turned off.

    They are ``$CC``, cc, gcc and clang, of which the first that is there is the machine's, and
    the package ``ziglang``.
    """
    if is_off():
        return
    own = (_command(name) for name in (os.environ.get("CC"), *OWN) if name)
    yield from islice((command for command in own if shutil.which(command[0])), 1)
    if known := _wheel():
        yield known


def is_off() -> bool:
    """Whether the user wants none."""
    return os.environ.get("SSB_MODEL_KERNEL") == "off"


def compiler() -> list[str] | None:
    """The command of the C compiler that is tried first, None where there is none."""
    return next(compilers(), None)


def _command(name: str) -> list[str]:
    """With its options, as make reads it; a path may have blanks in it."""
    return [name] if shutil.which(name) else name.split()


def _wheel() -> list[str] | None:
    spec = find_spec(WHEEL)
    known = spec is not None and spec.origin is not None and sys.executable
    return [sys.executable, "-m", WHEEL, "cc"] if known else None


def steps(command: list[str], text: Path, made: Path) -> list[list[str]]:
    """What makes a library of C text, one command after the other."""
    if sys.platform == "win32" and WHEEL in command:
        return windows_steps(command, text, made)
    return [[*command, str(text), "-o", str(made), "-lm"]]


def windows_steps(command: list[str], text: Path, made: Path) -> list[list[str]]:
    """See ``core/alone.h``."""
    compiled = text.with_suffix(".obj")
    return [
        [*command, "-include", str(ALONE), "-c", str(text), "-o", str(compiled)],
        [*command, "-nostdlib", str(compiled), "-o", str(made), *WINDOWS_LIBRARIES],
    ]


def say_refused(command: list[str], error: Exception) -> None:
    """Of the last compiler that was tried; and how to come by one that is known to do."""
    LOG.warning(REFUSED, " ".join(command), error, "" if _wheel() else INSTALL)


@cache
def say_none() -> None:
    """That there is no compiler; once."""
    LOG.warning(NONE)


def environment(folder: Path, place: str) -> dict[str, str]:
    """A compiler's environment: Zig keeps its own libraries in our ``folder``, since the home may
    not be writable, and its passing files in a ``place`` that is emptied."""
    ours = {"ZIG_GLOBAL_CACHE_DIR": str(folder / "zig"), "ZIG_LOCAL_CACHE_DIR": place}
    return {**ours, **os.environ}


@cache
def processor() -> str:
    """The processor's abilities, since code is compiled for this very one."""
    if sys.platform == "win32":
        has = ctypes.windll.kernel32.IsProcessorFeaturePresent
        known = [name for name, number in WINDOWS_FEATURES.items() if has(number)]
        return " ".join([platform.processor(), *known])
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith("flags")), "")


def widest() -> int:
    """Numbers in this processor's widest vectors."""
    return next(width for flag, width in WIDTHS.items() if flag in processor())
