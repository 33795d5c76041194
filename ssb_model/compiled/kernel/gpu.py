"""The same C text for NVIDIA's GPUs, compiled by nvcc: a thread a member, 32 of them a tile.

See ``core/gpu/tile.h`` for the memory's layout, ``core/gpu/queue.h`` for who does what.
"""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import jax
from jaxlib.version import __version__ as jaxlib_version

from ssb_model.compiled.kernel.build import CompilerError, library_of
from ssb_model.compiled.kernel.source import (
    ARGUMENTS,
    CORE,
    DIRECTION,
    constants_of_core,
    text_of,
)

if TYPE_CHECKING:
    from ssb_model.compiled.kernel.build import Built
    from ssb_model.compiled.kernel.source import ModelSource

LOG = logging.getLogger(__name__)
# No contraction, as on a CPU. What a model has no use for is declared all the same (177).
FLAGS = ("-x", "cu", "-std=c++20", "--fmad=false", "-diag-suppress", "177")
SHARED = ("-Xcompiler", "-fPIC", "-shared")
WITHOUT = (
    "ssb_model: no nvcc was found ($NVCC, $PATH), so JAX's own operations solve on this GPU. "
    "SSB_MODEL_KERNEL=off silences this."
)
REFUSED = (
    "ssb_model: %s could not compile the model for this GPU (%s): JAX does. SSB_MODEL_KERNEL=off "
    "silences this."
)
MAY_MOVE = ("initial", "rhs", "jacobian", "rhs_time")  # parts that may lack their derivatives


def gpu_source(source: ModelSource, emulated: bool = False) -> str:
    """The text of a whole solve of one model: the core's and the model's own.

    One that is ``emulated`` is C++ for a CPU with the GPU's layout of memory, lane after lane.
    """
    device = "gpu/emulate.h" if emulated else "gpu/device.h"
    return "\n".join(
        [
            *map(text_of, ("gpu/tile.h", "vectors.h")),
            source.functions,
            *_without_derivatives(source),
            *map(text_of, ("gpu/parts.h", "model.h")),
            constants_of_core(source.moves),
            *map(text_of, CORE[: CORE.index("threads.h")]),
            *map(text_of, ("gpu/queue.h", "work.h", "gpu/launch.h", "frames.h")),
            source.table,
            *map(text_of, (device, "gpu/entries.h")),
        ]
    )


def _without_derivatives(source: ModelSource) -> list[str]:
    """Functions that nobody calls, for those that the model does not have."""
    absent = [name for name in MAY_MOVE if f"void {name}_once(" not in source.functions]
    once = [f"static void {name}_once({ARGUMENTS}, v *w) {{}}" for name in absent]
    return once + [f"static void {n}_moved({ARGUMENTS}, {DIRECTION}, v *w) {{}}" for n in absent]


def nvcc() -> list[str] | None:
    """The command of the CUDA compiler, None where there is none or the kernel is turned off."""
    if os.environ.get("SSB_MODEL_KERNEL") == "off":
        return None
    for name in (os.environ.get("NVCC"), "nvcc"):
        if name and shutil.which(name.split()[0]):
            return name.split()
    return None


def architecture() -> str | None:
    """What nvcc calls the GPU that JAX computes on, None if it is not NVIDIA's."""
    if jax.default_backend() != "gpu":
        return None
    capability = str(getattr(jax.devices()[0], "compute_capability", ""))
    known = re.fullmatch(r"(\d+)\.(\d+)", capability)
    return f"sm_{known[1]}{known[2]}" if known else None


def build_for_gpu(source: ModelSource) -> Built | None:
    """A model's loaded library and its name; or None, with a sentence, where JAX has to do."""
    command, target = nvcc(), architecture()
    if target is None:
        return None
    if command is None:
        if os.environ.get("SSB_MODEL_KERNEL") != "off":
            _say_once(WITHOUT)
        return None
    try:
        return linked([*command, *FLAGS, *SHARED, f"-arch={target}"], gpu_source(source), source)
    except CompilerError as error:
        LOG.warning(REFUSED, command[0], error)
        return None


@cache
def _say_once(sentence: str) -> None:
    LOG.warning(sentence)


def linked(command: list[str], text: str, source: ModelSource) -> Built:
    """The library that a command makes of the text, with the model's numbers, and its name."""
    key = "\n".join([text, *command, jaxlib_version])
    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    if name not in _linked:
        built = library_of(command, text, name)
        arrays = source.whole, source.real
        given = [(ctypes.c_void_p(a.ctypes.data), ctypes.c_int64(a.size)) for a in arrays]
        built[1].ssb_link.restype = ctypes.c_char_p
        why = built[1].ssb_link(*given[0], *given[1])
        if why:
            raise CompilerError(f"its library does not run here: {why.decode()}")
        _linked[name] = built, source
    return _linked[name][0]


_linked: dict[str, tuple[Built, ModelSource]] = {}  # a library copies its numbers to each GPU
