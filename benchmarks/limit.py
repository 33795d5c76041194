"""How near a batch comes to what the processor can do: ``python -m benchmarks.limit``.

What a step reads, writes and computes is counted on the emulated kernel, as for a GPU
(:mod:`benchmarks.device_report`); what the machine does in a second is measured in the same run, on
as many threads: sums and products in registers, and a triad a = b + s c in arrays that fit the
first cache, the second, or neither. What the compiler keeps in registers is counted as if it were
read: a share may be more than what memory sees.
"""

import ctypes
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.command import without_options
from benchmarks.device_report import counts, models
from benchmarks.report import circumstances
from benchmarks.timing import interleaved
from ssb_model.compiled.kernel.build import library_of
from ssb_model.compiled.kernel.compilers import FLAGS, compiler, widest

RECORDED = Path(__file__).parent / "results" / "limit.json"
BATCH, REPEATS = 256, 5
KILOBYTES = {"first cache": 24, "second cache": 512, "memory": 65536}  # of a thread's arrays
SECONDS = 0.2  # about, of a machine's loop
CHAINS = 16  # vectors, so that no operation waits for the one before
TEXT = """
#include <stdint.h>
typedef double v __attribute__((vector_size(WIDTH * sizeof(double))));

double ssb_arithmetic(int64_t times) {
  v x[CHAINS];
  for (int i = 0; i < CHAINS; i++) x[i] = (v){0} + i;
  for (int64_t n = 0; n < times; n++)
    for (int i = 0; i < CHAINS; i++) x[i] = x[i] * 0.999 + 0.001;
  double sum = 0;
  for (int i = 0; i < CHAINS; i++) sum += x[i][0];
  return sum;
}

void ssb_triad(v *a, const v *b, const v *c, int64_t vectors, int64_t times) {
  for (int64_t n = 0; n < times; n++) {
    for (int64_t i = 0; i < vectors; i++) a[i] = b[i] + 0.999 * c[i];
    __asm__ volatile("" : : "r"(a) : "memory");
  }
}
"""


def machine_loops():
    """The library of the machine's loops."""
    command = [*compiler(), *FLAGS, "-funroll-loops", f"-DWIDTH={widest()}", f"-DCHAINS={CHAINS}"]
    library = library_of(command, TEXT, f"limit-{widest()}")[1]
    library.ssb_arithmetic.restype = ctypes.c_double
    return library


def rate(runs, each):
    """What the functions ``runs``, each in a thread, do in a second: ``each`` a time."""

    def taken(times):
        start = perf_counter()
        with ThreadPoolExecutor(len(runs)) as pool:
            list(pool.map(lambda run: run(ctypes.c_int64(times)), runs))
        return perf_counter() - start

    times = 1
    while (last := taken(times)) < SECONDS / 8:
        times *= 4
    times = int(np.ceil(times * SECONDS / last))
    return len(runs) * times * each / min(taken(times) for _ in range(REPEATS))


def machine_rates(threads):
    """Operations a second, and bytes a second by where arrays lie."""
    loops, width = machine_loops(), widest()
    found = {"operations": rate([loops.ssb_arithmetic] * threads, 2 * CHAINS * width)}
    for place, kilobytes in KILOBYTES.items():
        vectors = 1024 * kilobytes // (3 * 8 * width)
        runs = [triad(loops, vectors, width) for _ in range(threads)]
        found[place] = rate(runs, 3 * 8 * width * vectors)
    return found


def triad(loops, vectors, width):
    """The triad of arrays of so many vectors, any number of times."""
    size = 8 * width
    whole = np.ones((3 * vectors + 1) * width)
    start = -(-whole.ctypes.data // size) * size
    parts = [ctypes.c_void_p(start + n * vectors * size) for n in range(3)]
    number = ctypes.c_int64(vectors)
    return lambda times, keep=whole: loops.ssb_triad(*parts, number, times)


def measure(compiled, times):
    """Of a member's step operations and bytes; steps a second, and bytes of a workspace."""
    reads, writes, operations, room, _ = counts(compiled, times)
    spread = np.linspace(0.97, 1.03, BATCH)
    name = next(iter(compiled.system.defaults))
    inputs = {name: compiled.system.defaults[name] * spread}
    solution = compiled.solve(inputs, times)
    steps = int(np.sum(solution.statistics["tried"]))
    (taken,) = interleaved({"": lambda: compiled.solve(inputs, times)}, REPEATS).values()
    step = {"operations": operations, "bytes": 8 * (reads + writes)}
    return step | {"steps a second": steps / taken, "workspace": room}


def main():
    """The command."""
    without_options("limit", __doc__)
    threads = os.cpu_count() or 1
    machine = machine_rates(threads)
    print(f"operations {machine['operations'] / 1e9:.1f} a ns", end="")
    print("".join(f", {place} {machine[place] / 1e9:.0f} GB/s" for place in KILOBYTES))
    rows = []
    for name, compiled, times in models():
        row = {"model": name, **measure(compiled, times)}
        rows.append(row)
        operations, moved = (row[k] * row["steps a second"] for k in ("operations", "bytes"))
        shares = [moved / machine[place] for place in KILOBYTES]
        print(
            f"{name:10} {row['steps a second'] / 1e3:8.1f} thousand steps a second, operations "
            f"{operations / machine['operations']:.2f} of the limit, bytes "
            + ", ".join(f"{s:.2f} ({place})" for s, place in zip(shares, KILOBYTES, strict=True)),
            flush=True,
        )
    record = circumstances() | {"threads": threads, "machine's rates": machine, "rows": rows}
    RECORDED.write_text(json.dumps(record, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
