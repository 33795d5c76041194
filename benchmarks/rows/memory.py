"""Peak memory of a large batch, each side in a fresh process.

``python -m benchmarks.rows.memory SIDE SIZE`` is that process.
"""

import json
import resource
import sys

from benchmarks.cell import DIFFUSIVITY, batch
from benchmarks.report import Row
from benchmarks.timing import fresh

MODULE = "benchmarks.rows.memory"
TOLERANCE = 1e-5


def measure(sizes):
    """Peak resident memory [byte], imports and compilation included."""
    size = sizes.memory_batch
    ours, peer = (fresh(MODULE, side, size)["byte"] for side in ("ours", "idaklu"))
    name = f"IDAKLU, rtol = atol = {TOLERANCE:.0e} on both sides"
    return [Row(f"peak memory, batch of {size}", ours, peer, name, unit="byte")]


def main(side, size):
    """Solve the batch in this process and print its peak memory."""
    from benchmarks.ours import Compiled
    from benchmarks.peers.idaklu import Idaklu

    solver = {"ours": Compiled, "idaklu": Idaklu}[side](TOLERANCE, (DIFFUSIVITY,))
    kept = solver.run(batch(size))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"byte": peak * (1 if sys.platform == "darwin" else 1024)}))
    return kept


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
