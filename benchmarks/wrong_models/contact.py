r"""Spectra of a cell whose faces are a solved field around irregular contacts.

Discs at random places touch the garnet; the gaps between carry displacement current
(:mod:`ssb_model.field.impedance`), and charge transfer beside its double layer is the contacts' own
impedance, :math:`1/(F j_0/RT + \mathrm{j} \omega c)`. The fitted cells have one disc in a circular
cell and one relaxation in its place. The pellet is the fitted cells' own.

Every number of the founding bare cell's parameter files is drawn with 30 %, as interfaces of one
recipe are assumed to differ, activation energies with their measurement's 1.05 kJ/mol; the gaps'
width, which nobody has measured, within a third of its prior. Noise: 0.5 % of the modulus.
"""

import tempfile
from functools import cache
from pathlib import Path
from shutil import copy

import numpy as np

from benchmarks.wrong_models.irregular_face import IrregularCell
from benchmarks.wrong_models.truth import Made, answered, generator
from ssb_model.fitting import NORMAL_95
from ssb_model.library import CELL, INTERFACE, MEASUREMENT, spread_of
from ssb_model.study import load_study, rivals_of

FILE = Path(__file__).parent / "contact.toml"
FREQUENCIES = np.geomspace(1e6, 1.0, 49)  # Hz
NOISE = 0.005  # of the modulus
GAP = "Lithium gap width [m]"


@cache
def contact_models():
    """The default model of a bare cell's spectra and its rivals, compiled once."""
    with tempfile.TemporaryDirectory() as folder:
        rows = "".join(f"{f:.17g},1,-1\n" for f in FREQUENCIES)
        header = "# synthetic\nfrequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n"
        (Path(folder) / "spectrum.csv").write_text(header + rows, "utf-8")
        study = load_study(copy(FILE, folder))
        return (study, *rivals_of(study))


class ContactTruth:
    """Irregular contacts with gaps."""

    name, among_rivals = "dynamic constriction", False

    def __init__(self):
        self.models = contact_models()

    def make(self, number):
        """Spectra of one cell, and resistances at rest of it and of a further one."""
        study, rng = self.models[0], generator(self.name, number)
        cell = IrregularCell(_drawn(study, rng), int(rng.integers(2**31)))
        measured = {
            e.name: _with_noise(cell.impedance(e.temperature, e.frequency), rng)
            for e in study.fitted
        }
        known = {
            name: cell.at_rest(T)[e.quantity]
            for e in study.predictions
            for name, T in zip(e.observables, e.temperature, strict=True)
        }
        return Made(measured, answered(study, known, rng))


def _drawn(study, rng):
    """Values of a cell, of which those that the study frees are drawn."""
    cell = study.cells["bare"]
    values = {name: one.value for name, one in cell.quantities.items()}
    relative = spread_of(INTERFACE)[CELL].size
    energy = spread_of("activation energy")[MEASUREMENT].in_si("J.mol-1").size
    for names in study.free.mapping("bare").values():
        for name in names:
            values[name] = _moved(name, cell.quantities[name], relative, energy, rng.normal())
    return values


def _moved(name, known, relative, energy, normal):
    if name == GAP:
        relative = np.log(known.prior.upper / known.prior.lower) / (2 * NORMAL_95) / 3
    if known.unit == "J.mol-1":
        return known.value + energy * normal
    return known.value * np.exp(relative * normal)


def _with_noise(z, rng):
    """Real parts, then imaginary parts."""
    z = z + NOISE * np.abs(z) * (rng.normal(size=len(z)) + 1j * rng.normal(size=len(z)))
    return np.concatenate([z.real, z.imag])
