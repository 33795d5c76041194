"""What a model's programs need of a GPU: registers, spills and stack by ptxas, and workspace.

No GPU is needed to ask: nvcc compiles for any that it knows.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jaxlib

from ssb_model.compiled.kernel.build import CompilerError
from ssb_model.compiled.kernel.gpu import FLAGS, gpu_source, nvcc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssb_model.compiled.kernel.source import ModelSource

ENTRY = re.compile(r"Compiling entry function '\w*?(solve|consistent|observe|last_pivot)_program")
STACK = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")
USED = re.compile(
    r"Used (\d+) registers(?:.*?(\d+) bytes cumulative stack size)?(?:.*?(\d+) bytes smem)?"
)


class Usage(NamedTuple):
    """Of a thread: registers, bytes of stack, and bytes that are stored and loaded because there
    are too few registers, those of the functions that it calls included; shared bytes of a warp."""

    program: str
    registers: int
    stack: int
    spill_stores: int
    spill_loads: int
    shared: int


def usages(source: ModelSource, architecture: str) -> list[Usage]:
    """Of each of a model's programs, compiled for an ``architecture`` such as "sm_90"."""
    command = nvcc()
    if command is None:
        raise CompilerError("no nvcc was found")
    include = Path(jaxlib.__file__).parent / "include"
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "kernel.cu")
        text.write_text(gpu_source(source), "utf-8")
        kind = [f"-arch={architecture}", "-cubin", "-Xptxas", "-v", f"-I{include}"]
        ran = subprocess.run(
            [*command, *FLAGS, *kind, str(text), "-o", str(Path(folder, "kernel.cubin"))],
            capture_output=True,
            text=True,
            errors="replace",
        )
    if ran.returncode:
        raise CompilerError(ran.stderr)
    return list(_read(ran.stderr))


def _read(said: str) -> Iterator[Usage]:
    """A program begins with its name; what follows are its own lines and its functions'."""
    starts = [*ENTRY.finditer(said)]
    for start, end in zip(starts, [*(s.start() for s in starts[1:]), len(said)], strict=True):
        part = said[start.end() : end]
        used = USED.search(part)
        if used is None:
            raise CompilerError(f"ptxas says nothing of {start[1]}")
        frames = [[int(n) for n in found.groups()] for found in STACK.finditer(part)]
        stores, loads = (sum(frame[n] for frame in frames) for n in (1, 2))
        yield Usage(start[1], int(used[1]), int(used[2] or 0), stores, loads, int(used[3] or 0))
