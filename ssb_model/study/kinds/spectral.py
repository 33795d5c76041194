"""What spectra have in common, at rest and under current: their file, their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Complex, Float

from ssb_model.constants import HOUR, ZERO_CELSIUS
from ssb_model.data import Dataset, ImpedanceData, read_impedance
from ssb_model.errors import InputError
from ssb_model.measurements import LEAD_INDUCTANCE
from ssb_model.study.kinds.experiment import Experiment, MeasuredTable, Range, Text, Texts
from ssb_model.study.kinds.noise import NoiseTable
from ssb_model.study.kinds.source import Source

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.study.file import StudyCell

PARTS = ("Re", "Im")
PER_DECADE = 10  # frequencies of a prediction
NOISE = "0.5 %"
PERIODS = 3  # that an instrument spends on a frequency, settling included (an assumption)


class SpectraTable(MeasuredTable):
    """Keys of a file of measured spectra, one temperature for each that is used."""

    dataset: ClassVar[type[Dataset]] = ImpedanceData
    spectra: list[int] | None = None
    temperature: Text | Texts = "25 degC"
    frequencies: Range | None = None
    noise: Text | NoiseTable | None = NOISE

    def numbers(self, source: Source) -> list[dict[str, Any]]:
        """Fields of one :class:`Spectral` for each temperature."""
        texts = [self.temperature] if isinstance(self.temperature, str) else self.temperature
        temperatures = [source.temperature(text) for text in texts]
        limits = None
        if self.frequencies is not None:
            limits = [source.positive(text, "Hz", "frequencies") for text in self.frequencies]
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
            {"name": name, "temperature": T, **numbers, **shared}
            for name, T, numbers in zip(names, temperatures, measured, strict=True)
        ]

    def _title(self, source: Source) -> str:
        return f"{source.cell.name}, {self.file_name or f'spectrum {source.number + 1}'}"

    def _measured(
        self, source: Source, limits: Sequence[float] | None, count: int
    ) -> Sequence[Mapping[str, Any]]:
        """Frequencies, impedances and where they are from, a spectrum each."""
        if source.predicted:
            return [{"frequency": ten_a_decade(source, limits), "impedance": None}] * count
        spectra = source.measured(self, read_impedance)
        chosen = _chosen(self, source, spectra, count)
        return [self._of(spectrum, limits, source) for spectrum in chosen]

    def _of(
        self, spectrum: ImpedanceData, limits: Sequence[float] | None, source: Source
    ) -> Mapping[str, Any]:
        f, z = in_range(spectrum.frequency, spectrum.impedance, limits, source.where)
        files = {self.file or spectrum.path.name: spectrum.sha256}
        return {"frequency": f, "impedance": z, "files": files, "synthetic": spectrum.synthetic}


@dataclass(frozen=True, eq=False, kw_only=True)
class Spectral(Experiment):
    """A spectrum of one cell: frequency [Hz], impedance [Ohm], temperature [K].

    The noise is one standard deviation of real and of imaginary part over the modulus.
    """

    frequency: Float[np.ndarray, " frequencies"]
    impedance: Complex[np.ndarray, " frequencies"] | None
    temperature: float

    unit: ClassVar[str] = "Ohm"
    first_estimate: ClassVar[float] = 0.01
    numbers: ClassVar[str] = "impedance"

    @property
    def observables(self) -> tuple[str, ...]:
        """Names of real parts, then of imaginary parts."""
        return tuple(f"{self.name}: {p} Z at {f:.6g} Hz" for p in PARTS for f in self.frequency)

    @property
    def measured(self) -> Float[np.ndarray, " 2*frequencies"] | None:
        """Real parts, then imaginary parts."""
        if self.impedance is None:
            return None
        return np.concatenate([np.real(self.impedance), np.imag(self.impedance)])

    @property
    def scale(self) -> Float[np.ndarray, " 2*frequencies"]:
        """The modulus, for either part."""
        return np.tile(np.abs(np.asarray(self.impedance)), 2)

    def noise_text(self, noise: float) -> str:
        return f"{100 * noise:.2g} % of |Z|"

    @property
    def bias(self) -> str:
        """The direct current that flows, as a figure says it; none at rest."""
        return ""

    @property
    def hours(self) -> float:
        """Some periods of each frequency: the lowest ones take the time."""
        return float(PERIODS * np.sum(1 / self.frequency) / HOUR)

    def with_measured(self, values: Float[np.ndarray, " 2*frequencies"]) -> Self:
        return replace(self, impedance=self.as_complex(values))

    def as_complex(
        self, values: Float[np.ndarray, " 2*frequencies"]
    ) -> Complex[np.ndarray, " frequencies"]:
        """Real parts, then imaginary parts, as complex numbers."""
        real, imaginary = np.split(np.asarray(values), 2)
        return real + 1j * imaginary

    def figure(
        self, model: Float[np.ndarray, " 2*frequencies"], noise: float | None = None
    ) -> Figure:
        from ssb_model.study.kinds.figures import spectrum_fit

        return spectrum_fit(self, self.as_complex(model), noise)


Kind = TypeVar("Kind", bound=Spectral)


def by_frequencies(spectra: Sequence[Kind]) -> dict[tuple[float, ...], list[Kind]]:
    """Spectra on the same frequencies, which are one batch."""
    groups: dict[tuple[float, ...], list[Kind]] = {}
    for one in spectra:
        groups.setdefault(tuple(one.frequency), []).append(one)
    return groups


def with_leads(
    cell: StudyCell,
    z: Complex[Array, "frequencies members"],
    f: Float[Array, " frequencies"],
    inputs: Mapping[str, Float[Array, " members"]],
) -> Complex[Array, "frequencies members"]:
    """The impedance [Ohm] with the inductance of the cell's leads."""
    if cell.lead_inductance is None:
        return z
    return z + 2j * jnp.pi * f[:, None] * inputs.get(LEAD_INDUCTANCE, cell.lead_inductance)


def as_numbers(
    z: Complex[Array, "frequencies spectra batch"],
) -> Float[Array, "spectra*2*frequencies batch"]:
    """Real parts, then imaginary parts, spectrum by spectrum."""
    parts = jnp.stack([z.real, z.imag])  # (2, F, m, batch)
    return jnp.moveaxis(parts, 2, 0).reshape(-1, parts.shape[-1])


def in_range(
    frequency: Float[np.ndarray, " measured"],
    impedance: Complex[np.ndarray, " measured"],
    limits: Sequence[float] | None,
    where: str,
) -> tuple[Float[np.ndarray, " kept"], Complex[np.ndarray, " kept"]]:
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


def _chosen(
    table: SpectraTable, source: Source, spectra: Sequence[ImpedanceData], count: int
) -> list[ImpedanceData]:
    """The file's spectra that the table speaks of, one for each temperature."""
    numbers = table.spectra or range(1, len(spectra) + 1)
    for number in numbers:
        if not 1 <= number <= len(spectra):
            raise InputError(
                f"{source.where}.spectra: {table.file_name} has no spectrum {number}, "
                f"it has {len(spectra)}."
            )
    if len(numbers) != count:
        one = count == 1
        raise InputError(
            f"{source.where}: {table.file_name} has {len(spectra)} spectra, of which "
            f"{len(numbers)} are used, and there {'is' if one else 'are'} {count} "
            f"temperature{'' if one else 's'}: choose with spectra = [1, ...], or give a "
            "temperature for each."
        )
    return [spectra[number - 1] for number in numbers]


def ten_a_decade(
    source: Source, limits: Sequence[float] | None
) -> Float[np.ndarray, " frequencies"]:
    """Frequencies of a prediction, over the range that it must give."""
    if limits is None:
        raise InputError(f"{source.where}: a predicted spectrum needs frequencies = [...].")
    low, high = sorted(limits)
    return np.geomspace(high, low, 1 + round(PER_DECADE * np.log10(high / low)))
