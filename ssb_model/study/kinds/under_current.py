"""Measured spectra of symmetric cells that carry a direct current (galvanostatic impedance)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from ssb_model.compiled import CURRENT
from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    member_inputs,
    spectrum_under_current,
)
from ssb_model.study.kinds.experiment import Text
from ssb_model.study.kinds.source import Source
from ssb_model.study.kinds.spectral import (
    Spectral,
    SpectraTable,
    as_numbers,
    by_frequencies,
    with_leads,
)

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell


class ImpedanceUnderCurrentTable(SpectraTable):
    """A file of spectra measured at ``current_density``, after it has flowed for ``duration``.

    The model's spectrum is that of small signals about the state it has reached by then. Where it
    still changes in the time that the spectrum takes, there is none.
    """

    kind: Literal["impedance under current"] = "impedance under current"
    current_density: Text
    duration: Text

    def read(self, source: Source) -> list[ImpedanceUnderCurrent]:
        """One spectrum for each temperature."""
        source.needs("impedance-under-current", "symmetric")
        J = source.positive(self.current_density, "A.m-2", "current_density")
        duration = source.positive(self.duration, "s", "duration")
        return [
            ImpedanceUnderCurrent(current_density=J, duration=duration, **numbers)
            for numbers in self.numbers(source)
        ]

    def _title(self, source: Source) -> str:
        what = self.file_name or f"impedance under current {source.number + 1}"
        return f"{source.cell.name}, {what}"


@dataclass(frozen=True, eq=False, kw_only=True)
class ImpedanceUnderCurrent(Spectral):
    """A spectrum at a current density [A.m-2] that has flowed for ``duration`` [s] before."""

    current_density: float
    duration: float

    without_number: ClassVar[str] = "within its interval the cell has no steady state then"

    @property
    def bias(self) -> str:
        J, hours = self.current_density / FROM_MA_CM2, self.duration / HOUR
        return f"Under {J:.4g} mA/cm², {hours:.3g} h before."

    @property
    def hours(self) -> float:
        return super().hours + self.duration / HOUR

    @property
    def sweep(self) -> float:
        """Time that the spectrum takes [s]."""
        return super().hours * HOUR

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """Spectra on the same frequencies are one batch."""
        return [
            _simulator(cell, spectra, mapping) for spectra in by_frequencies(experiments).values()
        ]


def _simulator(
    cell: StudyCell, spectra: Sequence[ImpedanceUnderCurrent], mapping: InputsByLabel
) -> Simulator:
    f, members = jnp.asarray(spectra[0].frequency), len(spectra)
    fixed = {
        TEMPERATURE: [one.temperature for one in spectra],
        CURRENT: [one.current_density * cell.area for one in spectra],
    }
    times = np.array([[one.duration for one in spectra], [one.sweep for one in spectra]])

    def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
        compiled = cell.compiled
        inputs = member_inputs(compiled.system.defaults, mapping, theta, fixed, members)
        batch = len(inputs[CURRENT]) // members
        duration, sweep = jnp.repeat(jnp.asarray(times), batch, axis=1)
        z = spectrum_under_current(compiled, inputs, f, duration, sweep).impedance
        return as_numbers(by_member(with_leads(cell, z, f, inputs), members))

    names = tuple(name for one in spectra for name in one.observables)
    return Simulator(f"{spectra[0].name}: under current", tuple(mapping), names, simulate)
