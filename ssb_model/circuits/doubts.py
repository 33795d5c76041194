"""Sentences about a fit as a whole: a misfit with structure, another arc called for."""

import numpy as np

from ssb_model.circuits.noise import inflation
from ssb_model.circuits.solve import Solved

STRUCTURE = 2.5  # inflation of variances from which on residuals are no noise
PRECISE = 2e-3  # of |Z|: residuals below that are an instrument's accuracy, whatever their shape
COARSE = 0.05  # of |Z|: no instrument is as noisy
INDUCTIVE = 5.0  # times the accuracy of an instrument


def doubts(solved: Solved, s: int) -> tuple[str, ...]:
    """Of the spectrum in row s."""
    structure = float(inflation(solved.residuals[[s]], solved.data.weight[[s]])[0])
    noise, weight = float(solved.noise[s]), solved.data.weight[s]
    said = []
    if structure > STRUCTURE and noise > PRECISE:
        said.append(
            f"The residuals ({noise:.2%} of |Z|) are no noise, neighbours are alike: "
            f"{solved.circuit.text} lacks something, another arc or tail, or the cell changed "
            "during the sweep."
        )
    elif noise > COARSE:
        said.append(f"The misfit is {noise:.1%} of |Z|, more than an instrument's noise.")
    z, omega = solved.data.z[s], solved.data.omega[s]
    slow = (weight > 0) & (omega < np.sqrt(omega.max() * omega.min()))
    if np.count_nonzero(z.imag[slow] > INDUCTIVE * min(noise, PRECISE) * np.abs(z[slow])) > 4:
        said.append(
            "Z'' is positive at low frequency: an inductive loop, which no circuit of arcs shows."
        )
    return tuple(said)
