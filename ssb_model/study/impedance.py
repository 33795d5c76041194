"""Measured spectra as data of a fit, and the simulator that answers them."""

from dataclasses import dataclass

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled.control import CURRENT
from ssb_model.errors import InputError
from ssb_model.fitting import Datum, Simulator
from ssb_model.fitting.members import by_member, member_inputs
from ssb_model.study.cells import TEMPERATURE

PARTS = ("Re", "Im")
FIRST_ESTIMATE = 0.01  # of the modulus, where the noise is to be estimated


@dataclass(frozen=True, eq=False)
class Spectrum:
    """A measured spectrum of one cell.

    frequency [Hz] (F,), impedance [Ohm] complex (F,), temperature [K]; noise is one standard
    deviation of real and imaginary part over the modulus, None to estimate it.
    """

    name: str
    cell: str
    frequency: np.ndarray
    impedance: np.ndarray
    temperature: float
    noise: float | None

    @property
    def observables(self):
        """Names of real parts, then of imaginary parts."""
        return tuple(f"{self.name}: {p} Z at {f:.6g} Hz" for p in PARTS for f in self.frequency)

    def data(self, noise=None):
        """One :class:`Datum` a real and imaginary part; ``noise`` overrides the own."""
        relative = noise or self.noise or FIRST_ESTIMATE
        values = np.concatenate([self.impedance.real, self.impedance.imag])
        noises = np.tile(relative * np.abs(self.impedance), 2)
        return [
            Datum(name, name, float(value), float(sd))
            for name, value, sd in zip(self.observables, values, noises, strict=True)
        ]


def spectrum_simulator(cell, spectra, mapping):
    """Simulator of all spectra of one cell; those on the same frequencies in one batch.

    Parameters
    ----------
    cell : StudyCell
    spectra : sequence of Spectrum
    mapping : dict of str to tuple of str
        Inputs that each fitted parameter sets.
    """
    groups = {}
    for spectrum in spectra:
        groups.setdefault(tuple(spectrum.frequency), []).append(spectrum)

    def simulate(theta):
        return jnp.concatenate(
            [_group(cell.compiled, mapping, theta, f, of) for f, of in groups.items()]
        )

    names = [name for of in groups.values() for spectrum in of for name in spectrum.observables]
    return Simulator(f"{cell.name}: impedance", tuple(mapping), tuple(names), simulate)


def _group(compiled, mapping, theta, frequencies, spectra):
    """Real and imaginary parts (spectra * 2 * F, batch) of spectra on the same frequencies."""
    members = len(spectra)
    fixed = {TEMPERATURE: [s.temperature for s in spectra], CURRENT: np.zeros(members)}
    inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
    z = by_member(compiled.spectrum(inputs, jnp.asarray(frequencies)), members)  # (F, m, batch)
    parts = jnp.stack([z.real, z.imag])  # (2, F, m, batch)
    return jnp.moveaxis(parts, 2, 0).reshape(-1, parts.shape[-1])


def in_range(frequency, impedance, limits, where):
    """The points whose frequency [Hz] lies within ``limits``; all without limits."""
    if limits is None:
        return frequency, impedance
    low, high = sorted(limits)
    kept = (frequency >= low) & (frequency <= high)
    if not kept.any():
        raise InputError(
            f"{where}: no frequency lies between {low:g} and {high:g} Hz; the file has "
            f"{frequency.min():g} to {frequency.max():g} Hz."
        )
    return frequency[kept], impedance[kept]
