"""Measured spectra."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import jax.numpy as jnp
import numpy as np

from ssb_model.compiled import CURRENT
from ssb_model.constants import HOUR, ZERO_CELSIUS
from ssb_model.data import Dataset, ImpedanceData, read_impedance
from ssb_model.errors import InputError
from ssb_model.fitting import Simulator
from ssb_model.measurements import TEMPERATURE, by_member, member_inputs, spectrum
from ssb_model.study.kinds.experiment import Experiment, MeasuredTable, Range, Text, Texts

PARTS = ("Re", "Im")
PER_DECADE = 10  # frequencies of a prediction
NOISE = "0.5 %"
PERIODS = 3  # that an instrument spends on a frequency, settling included (an assumption)


class ImpedanceTable(MeasuredTable):
    """A file of measured spectra, one temperature for each that is used."""

    dataset: ClassVar[type[Dataset]] = ImpedanceData
    kind: Literal["impedance"] = "impedance"
    spectra: list[int] | None = None
    temperature: Text | Texts = "25 degC"
    frequencies: Range | None = None
    noise: Text = NOISE

    def read(self, source):
        """One :class:`Spectrum` for each temperature."""
        texts = [self.temperature] if isinstance(self.temperature, str) else self.temperature
        temperatures = [source.temperature(text) for text in texts]
        limits = self.frequencies and [
            source.positive(text, "Hz", "frequencies") for text in self.frequencies
        ]
        measured = self._measured(source, limits, len(temperatures))
        shared = {
            "cell": source.cell.name,
            "noise": source.noise(self, "-"),
            "held_out": self.held_out,
        }
        if len(temperatures) == 1:
            names = [source.named(self, self._title(source))]
        else:
            title = source.named(self, self._title(source))
            names = [f"{title}, {T - ZERO_CELSIUS:.4g} degC" for T in temperatures]
        return [
            Spectrum(name=name, temperature=T, **numbers, **shared)
            for name, T, numbers in zip(names, temperatures, measured, strict=True)
        ]

    def _title(self, source):
        return f"{source.cell.name}, {self.file_name or f'spectrum {source.number + 1}'}"

    def _measured(self, source, limits, count):
        """Frequencies, impedances and where they are from, a spectrum each."""
        if source.predicted:
            return [{"frequency": _asked(self, source, limits), "impedance": None}] * count
        found = source.measured(self, read_impedance)
        chosen = _chosen(self, source, found, count)
        return [self._of(spectrum, limits, source) for spectrum in chosen]

    def _of(self, spectrum, limits, source):
        f, z = in_range(spectrum.frequency, spectrum.impedance, limits, source.where)
        files = {self.file or spectrum.path.name: spectrum.sha256}
        return {"frequency": f, "impedance": z, "files": files, "synthetic": spectrum.synthetic}


@dataclass(frozen=True, eq=False, kw_only=True)
class Spectrum(Experiment):
    """A spectrum of one cell.

    frequency [Hz] (F,), impedance [Ohm] complex (F,), temperature [K]; the noise is one standard
    deviation of real and of imaginary part over the modulus.
    """

    frequency: np.ndarray
    impedance: np.ndarray | None
    temperature: float

    unit: ClassVar[str] = "Ohm"
    first_estimate: ClassVar[float] = 0.01
    numbers: ClassVar[str] = "impedance"

    @property
    def observables(self):
        """Names of real parts, then of imaginary parts."""
        return tuple(f"{self.name}: {p} Z at {f:.6g} Hz" for p in PARTS for f in self.frequency)

    @property
    def measured(self):
        """Real parts, then imaginary parts (2 F,)."""
        if self.impedance is None:
            return None
        return np.concatenate([self.impedance.real, self.impedance.imag])

    @property
    def scale(self):
        """The modulus, for either part."""
        return np.tile(np.abs(self.impedance), 2)

    @property
    def hours(self):
        """Some periods of each frequency: the lowest ones take the time."""
        return float(PERIODS * np.sum(1 / self.frequency) / HOUR)

    def with_measured(self, values):
        return replace(self, impedance=self.as_complex(values))

    def as_complex(self, values):
        """(2 F,) real and imaginary parts as complex (F,)."""
        real, imaginary = np.split(np.asarray(values), 2)
        return real + 1j * imaginary

    @classmethod
    def simulators(cls, cell, experiments, mapping):
        """One for all: spectra on the same frequencies are one batch."""
        groups = {}
        for e in experiments:
            groups.setdefault(tuple(e.frequency), []).append(e)

        def simulate(theta):
            return jnp.concatenate(
                [_group(cell.compiled, mapping, theta, f, of) for f, of in groups.items()]
            )

        names = [name for of in groups.values() for e in of for name in e.observables]
        return [Simulator(f"{cell.name}: impedance", tuple(mapping), tuple(names), simulate)]

    def figure(self, model, noise=None):
        from ssb_model.study.kinds.figures import spectrum_fit

        return spectrum_fit(
            self, self.as_complex(model), noise or self.noise or self.first_estimate
        )


def _group(compiled, mapping, theta, frequencies, spectra):
    """Real and imaginary parts (spectra * 2 * F, batch) of spectra on the same frequencies."""
    members = len(spectra)
    fixed = {TEMPERATURE: [s.temperature for s in spectra], CURRENT: np.zeros(members)}
    inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
    z = spectrum(compiled, inputs, jnp.asarray(frequencies))  # (F, members * batch)
    z = by_member(z, members)
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


def _chosen(table, source, found, count):
    """The file's spectra that the table speaks of, one for each temperature."""
    numbers = table.spectra or range(1, len(found) + 1)
    for number in numbers:
        if not 1 <= number <= len(found):
            raise InputError(
                f"{source.where}.spectra: {table.file_name} has no spectrum {number}, "
                f"it has {len(found)}."
            )
    if len(numbers) != count:
        one = count == 1
        raise InputError(
            f"{source.where}: {table.file_name} has {len(found)} spectra, of which "
            f"{len(numbers)} are used, and there {'is' if one else 'are'} {count} "
            f"temperature{'' if one else 's'}: choose with spectra = [1, ...], or give a "
            "temperature for each."
        )
    return [found[number - 1] for number in numbers]


def _asked(table, source, limits):
    """Frequencies of a prediction: ten a decade over the range that it must give."""
    if limits is None:
        raise InputError(f"{source.where}: a predicted spectrum needs frequencies = [...].")
    low, high = sorted(limits)
    return np.geomspace(high, low, 1 + round(PER_DECADE * np.log10(high / low)))
