"""The command ``python -m benchmarks.ageing``: 2000 h of plating and stripping, batched."""

from time import perf_counter

import numpy as np

from benchmarks.command import without_options
from ssb_model.critical_current import Cycling, ShortingCell, run_cycling
from ssb_model.measurements.shorting_cell import LOSS

HOURS, HALF_CYCLE, CURRENT = 2000.0, 3600.0, 1.0  # h, s, A/m2
BATCHES = (1, 16, 64)
REPEATS = 3


def seconds(cell, batch):
    """Median wall time of a batch, compiled."""
    cycling = Cycling(CURRENT, HALF_CYCLE, HOURS)
    inputs = {LOSS: np.geomspace(1e-7, 1e-5, batch)}
    run_cycling(cell, cycling, inputs)
    times = []
    for _ in range(REPEATS):
        start = perf_counter()
        run_cycling(cell, cycling, inputs)
        times.append(perf_counter() - start)
    return float(np.median(times))


def main():
    without_options("ageing", __doc__)
    coated = ShortingCell()
    for batch in BATCHES:
        wall = seconds(coated, batch)
        print(f"{batch:4d} cells, {HOURS:g} h each: {wall:.2f} s, {wall / batch:.3f} s a cell")


if __name__ == "__main__":
    main()
