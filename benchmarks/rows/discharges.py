"""A batch of full discharges to the cut-off, and the same with five gradients."""

from functools import partial

from benchmarks.accuracy import fastest
from benchmarks.cell import DIFFUSIVITY, FIVE, batch
from benchmarks.ours import Compiled
from benchmarks.peers import diffsol, idaklu
from benchmarks.report import Row
from benchmarks.timing import NotMeasured, interleaved


def measure(sizes):
    """Voltage only."""
    return _compare(f"discharge, each of {sizes.batch}", sizes.batch, (DIFFUSIVITY,), sizes)


def measure_gradients(sizes):
    """Voltage and its derivatives by five parameters."""
    name = f"discharge and five gradients, each of {sizes.gradient_batch}"
    return _compare(name, sizes.gradient_batch, FIVE, sizes)


def _compare(name, size, inputs, sizes):
    gradients = len(inputs) > 1
    sets = batch(size, inputs)
    exact = idaklu.reference(sets, gradients)
    settings = {
        "ours": {"compiled": partial(Compiled, inputs=inputs, gradients=gradients)},
        "IDAKLU": idaklu.settings(inputs, gradients),
        "pydiffsol": diffsol.settings(inputs, gradients),
    }
    chosen, missing = {}, {}
    for side, choices in settings.items():
        try:
            found = fastest(choices, sets, exact)
        except NotMeasured as reason:
            missing[side] = str(reason)
            continue
        if found.solver is None:
            missing[side] = found.label
        else:
            chosen[side] = found
    runs = {side: partial(found.solver.run, sets) for side, found in chosen.items()}
    times = interleaved(runs, sizes.repeats)
    return [_row(name, size, side, chosen, missing, times) for side in ("IDAKLU", "pydiffsol")]


def _row(name, size, side, chosen, missing, times):
    ours, peer = chosen.get("ours"), chosen.get(side)
    return Row(
        name=name,
        ours=times["ours"] / size if ours else None,
        peer=times[side] / size if peer else None,
        ours_name=ours.label if ours else "compiled",
        peer_name=peer.label if peer else side,
        ours_error=ours.errors if ours else {},
        peer_error=peer.errors if peer else {},
        note="; ".join(missing[s] for s in ("ours", side) if s in missing),
    )
