"""Impedance spectra of 60 frequencies from 1 mHz to 10 MHz."""

import numpy as np

from benchmarks.cell import FREQUENCIES, batch, compiled
from benchmarks.peers import eis
from benchmarks.report import Row
from benchmarks.timing import interleaved

DENSE = 3


def measure(sizes):
    """Ours in one call; ``EISSimulation`` one after another, as many as its time allows."""
    many, few = batch(sizes.spectra), batch(sizes.peer_spectra)

    def ours(sets):
        return compiled().impedance(FREQUENCIES, sets)

    ours(many), eis.spectra(few)
    times = interleaved(
        {"ours": lambda: ours(many), "peer": lambda: eis.spectra(few)}, sizes.repeats
    )
    sets = batch(DENSE)
    exact = eis.dense(sets)

    def error(z):
        return {"impedance": float(np.abs(z / exact - 1).max())}

    return [
        Row(
            f"60-point spectrum, each of {sizes.spectra}",
            times["ours"] / sizes.spectra,
            times["peer"] / sizes.peer_spectra,
            f"EISSimulation, one process, {sizes.peer_spectra} spectra",
            ours_error=error(ours(sets)),
            peer_error=error(eis.spectra(sets)),
            note="relative errors against a dense solve with partial pivoting",
        )
    ]
