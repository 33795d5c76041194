"""What a solve needs of a GPU, found out without one: ``python -m benchmarks.device report``.

nvcc says how many registers, spills and bytes of stack a thread has; the same text on a CPU, lane
after lane, how large a member's workspace is, and what a step reads, writes and computes.
"""

import ctypes
import shutil
from dataclasses import replace

import numpy as np

from benchmarks.gpu_report import usages
from ssb_model.compiled.integration.system import System
from ssb_model.compiled.kernel import gpu
from ssb_model.compiled.kernel.calls import Kernel
from ssb_model.compiled.model import CompiledModel

HOST = ("-x", "c++", "-std=c++20", "-O1", "-march=native", "-ffp-contract=off", "-fPIC", "-shared")
TILE = 32  # lanes, of which those without a member repeat the last one
FAR = 1 << 20  # bytes: what is further from a function's frame is in the workspace
COUNTERS = """
#include <stdint.h>
static int64_t counted[3];
static inline void count(int which, const void *place) {
  int64_t apart = (const char *)place - (const char *)__builtin_frame_address(0);
  counted[which] += apart > FAR || apart < -FAR;
}
#define READS(place) count(0, place);
#define WRITES(place) count(1, place);
extern "C" int64_t ssb_counted(int which) { return counted[which]; }
"""
ONE = """
static inline v operator SIGN(LEFT a, RIGHT b) {
  counted[2]++;
  return v((double)a SIGN (double)b);
}
"""
PAIRS = (("const v &", "const v &"), ("const v &", "double"), ("double", "const v &"))
PAIRS += (("const v &", "int"), ("int", "const v &"))


def counting(text):
    """The emulated text with counters of reads, writes and operations of numbers of type ``v``."""
    operators = [
        ONE.replace("SIGN", sign).replace("LEFT", left).replace("RIGHT", right)
        for sign in "+-*/"
        for left, right in PAIRS
    ]
    end = "typedef int64_t m;"
    assert text.count(end) == 1
    for sign in "+-*":
        text = text.replace(f"WRITES(this) x {sign}=", f"WRITES(this) counted[2]++; x {sign}=")
    return COUNTERS.replace("FAR", str(FAR)) + text.replace(end, end + "".join(operators))


def emulated(source):
    text = counting(gpu.gpu_source(source, emulated=True))
    return gpu.linked([shutil.which("g++"), *HOST], text, source)


def counts(compiled, times):
    """Of a member and a step that is tried, all included: reads, writes, operations; and the bytes
    of its workspace without and with one direction of derivatives."""
    system = replace(compiled.system)
    name, library = emulated(system.source(moves=False))
    library.ssb_counted.restype = library.ssb_room.restype = ctypes.c_int64
    kernel = Kernel(system, emulated, "cpu", (name, library))
    own, System.kernel = System.kernel, lambda *_, **__: kernel
    try:
        solution = CompiledModel(system).solve({}, times)
    finally:
        System.kernel = own
    moving = emulated(system.source(moves=True))[1]
    moving.ssb_room.restype = ctypes.c_int64
    steps = TILE * np.max(solution.statistics["tried"])
    found = [library.ssb_counted(which) / steps for which in range(3)]
    return *found, library.ssb_room(0), moving.ssb_room(ctypes.c_int64(1))


def models():
    """Name, compiled model and times of a discharge."""
    import pybamm

    import ssb_model
    from ssb_model import FullCell, cell_parameters

    cell = ssb_model.compile(FullCell(), cell_parameters("full"))
    yield "full cell", cell, np.linspace(0, 3900, 40)
    for name in ("SPM", "DFN"):
        values = pybamm.ParameterValues("Marquis2019")
        model = getattr(pybamm.lithium_ion, name)()
        yield name, ssb_model.compile(model, values), np.linspace(0, 3000, 40)


def report(architectures):
    """Print the tables of the documentation."""
    columns = "states", "workspace [kB]", "with a direction [kB]", "reads", "writes", "operations"
    print(f"| model | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    made = list(models())
    for name, compiled, times in made:
        reads, writes, operations, room, moved = counts(compiled, times)
        row = [compiled.system.states, room / 1e3, moved / 1e3, reads, writes, operations]
        print(f"| {name} | " + " | ".join(f"{value:.0f}" for value in row) + " |", flush=True)
    print(
        "\n| model | architecture | program | registers | stack [B] | spills stored, loaded [B] |"
    )
    print("|---|---|---|---:|---:|---:|")
    for name, compiled, _ in made:
        for target in architectures:
            for use in usages(compiled.system.source(moves=False), target):
                spilt = f"{use.spill_stores}, {use.spill_loads}"
                row = [name, target, use.program, use.registers, use.stack, spilt]
                print(f"| {' | '.join(map(str, row))} |", flush=True)
