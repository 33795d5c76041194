"""Spectra of the symmetric cell."""

from dataclasses import dataclass

import numpy as np

from ssb_model.constants import TO_OHM_CM2
from ssb_model.measurements import measure, spectrum

FREQUENCIES = np.geomspace(1e7, 1e-2, 91)  # Hz


@dataclass(frozen=True, eq=False)
class Impedance:
    """frequency [Hz] (F,), line [ohm cm2] complex (F,), draws [ohm cm2] complex (n, F)."""

    frequency: np.ndarray
    line: np.ndarray
    draws: np.ndarray


def impedance(explorer, state):
    """The :class:`Impedance` of a state, at rest and without a current."""
    cell = explorer.cells.cells["symmetric"]
    inputs = explorer.of_cell("symmetric", explorer.columns(state))
    z = measure(spectrum, cell.compiled, inputs, frequencies=FREQUENCIES).T * cell.area * TO_OHM_CM2
    return Impedance(FREQUENCIES, z[0], z[1:])
