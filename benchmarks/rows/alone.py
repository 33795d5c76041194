"""One discharge alone, each solver in its own process.

``python -m benchmarks.rows.alone NAME`` is that process: it finds the tolerance, then prints
the median time of a warm solve and its errors.
"""

import json
import sys
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.accuracy import fastest
from benchmarks.cell import DIFFUSIVITY, batch
from benchmarks.ours import Compiled
from benchmarks.peers import diffsol, idaklu
from benchmarks.peers.jax_bdf import JaxBdf
from benchmarks.peers.kvaerno import Kvaerno
from benchmarks.report import Row
from benchmarks.timing import NotMeasured, fresh, require, seconds

INPUTS = (DIFFUSIVITY,)
SIDES = {
    "ours": lambda: {"compiled": partial(Compiled, inputs=INPUTS)},
    "IDAKLU": lambda: idaklu.settings(INPUTS, threads=1),
    "pydiffsol": lambda: diffsol.settings(INPUTS, processes=1),
    "diffrax": lambda: {"diffrax Kvaerno5": partial(Kvaerno, inputs=INPUTS)},
    "JaxSolver": lambda: {"pybamm.JaxSolver": partial(JaxBdf, inputs=INPUTS)},
}
WARM_RUNS = 3


def measure(sizes):
    """Rounds of fresh processes, one a side; a side over the limit is not tried again."""
    found, missing = {side: [] for side in SIDES}, {}
    for _ in range(sizes.repeats):
        for side in SIDES:
            if side in missing:
                continue
            try:
                if side in ("pydiffsol", "diffrax"):
                    require(side)
                found[side].append(fresh("benchmarks.rows.alone", side, limit=sizes.limit))
            except NotMeasured as reason:
                missing[side] = str(reason)
    ours = _median(found["ours"])
    return [
        _row(side, ours, _median(results), missing.get(side, ""))
        for side, results in found.items()
        if side != "ours"
    ]


def _median(results):
    """Of several processes: the last one's words with the median of their times."""
    return (
        results[-1] | {"seconds": float(np.median([r["seconds"] for r in results]))}
        if results
        else {}
    )


def _row(side, ours, peer, missing):
    row = Row("one discharge alone", ours.get("seconds"), peer.get("seconds"), side, note=missing)
    if peer:
        row = replace(row, peer_name=peer["label"], peer_error=peer["errors"])
    return replace(row, ours_name=ours["label"], ours_error=ours["errors"])


def main(side):
    """Measure one side in this process."""
    sets = batch(1)
    found = fastest(SIDES[side](), sets, idaklu.reference(sets))
    times = [seconds(lambda: found.solver.run(sets)) for _ in range(WARM_RUNS)]
    words = {"label": found.label, "errors": found.errors, "seconds": float(np.median(times))}
    print(json.dumps(words))


if __name__ == "__main__":
    main(sys.argv[1])
