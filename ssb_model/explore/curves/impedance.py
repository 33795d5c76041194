"""Spectra of the symmetric cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.constants import TO_OHM_CM2
from ssb_model.explore.explorer import Explorer
from ssb_model.explore.sliders import State
from ssb_model.measurements import measure, spectrum

FREQUENCIES = np.geomspace(1e7, 1e-2, 91)  # Hz


@dataclass(frozen=True, eq=False)
class Impedance:
    """Frequency [Hz]; most probable spectrum and the draws about it [ohm cm2]."""

    frequency: Float[np.ndarray, " frequencies"]
    line: Complex[np.ndarray, " frequencies"]
    draws: Complex[np.ndarray, "draws frequencies"]


def impedance(explorer: Explorer, state: State) -> Impedance:
    """The :class:`Impedance` of a state, at rest and without a current."""
    cell = explorer.cells.cells["symmetric"]
    inputs = explorer.of_cell("symmetric", explorer.columns(state))
    z = measure(spectrum, cell.compiled, inputs, frequencies=FREQUENCIES)
    z = np.asarray(z).T * cell.area * TO_OHM_CM2
    return Impedance(FREQUENCIES, z[0], z[1:])
