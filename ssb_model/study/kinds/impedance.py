"""Measured spectra of cells at rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Complex, Float

from ssb_model.compiled import CURRENT
from ssb_model.fitting import Simulator
from ssb_model.measurements import (
    TEMPERATURE,
    InputsByLabel,
    ValuesByLabel,
    by_member,
    member_inputs,
    spectrum,
)
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


class ImpedanceTable(SpectraTable):
    """A file of measured spectra, one temperature for each that is used."""

    kind: Literal["impedance"] = "impedance"

    def read(self, source: Source) -> list[Spectrum]:
        """One spectrum for each temperature."""
        return [Spectrum(**numbers) for numbers in self.numbers(source)]


@dataclass(frozen=True, eq=False, kw_only=True)
class Spectrum(Spectral):
    """A spectrum of one cell at rest.

    ``deviations`` are labels of parameters that differ from spectrum to spectrum, to those of their
    factors here; ``drifts`` those of parameters that change during the sweep, to those of the ratio
    of end to beginning.
    """

    deviations: Mapping[str, str] = field(default_factory=dict)
    drifts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Self], mapping: InputsByLabel
    ) -> list[Simulator]:
        """One for all: spectra on the same frequencies are one batch."""
        groups = by_frequencies(experiments)

        def simulate(theta: ValuesByLabel) -> Float[Array, "numbers batch"]:
            return jnp.concatenate(
                [_group(cell, mapping, theta, f, of) for f, of in groups.items()]
            )

        names = [name for of in groups.values() for e in of for name in e.observables]
        own = [by for e in experiments for of in (e.deviations, e.drifts) for by in of.values()]
        labels = (*mapping, *own)
        return [Simulator(f"{cell.name}: impedance", labels, tuple(names), simulate)]


def _group(
    cell: StudyCell,
    mapping: InputsByLabel,
    theta: ValuesByLabel,
    frequencies: Sequence[float],
    spectra: Sequence[Spectrum],
) -> Float[Array, "spectra*2*frequencies batch"]:
    """Real and imaginary parts of spectra on the same frequencies."""
    f = jnp.asarray(frequencies)
    if any(s.drifts for s in spectra):
        # the cell as it was when the sweep began and when it ended, and a straight line between
        passed = jnp.linspace(0, 1, len(f))[:, None, None]
        begun, ended = (_at(cell, mapping, theta, f, spectra, place) for place in (-0.5, 0.5))
        z = (1 - passed) * begun + passed * ended
    else:
        z = _at(cell, mapping, theta, f, spectra, 0.0)
    return as_numbers(z)


def _at(
    cell: StudyCell,
    mapping: InputsByLabel,
    theta: ValuesByLabel,
    f: Float[Array, " frequencies"],
    spectra: Sequence[Spectrum],
    place: float,
) -> Complex[Array, "frequencies spectra batch"]:
    """Impedance [Ohm] of the cell as it was at a place in each sweep, -1/2 to 1/2."""
    members = len(spectra)
    fixed = {TEMPERATURE: [s.temperature for s in spectra], CURRENT: np.zeros(members)}
    factors = [_factors(one, theta, place) for one in spectra]
    defaults = cell.compiled.system.defaults
    inputs = member_inputs(defaults, mapping, theta, fixed, members, factors)
    z = spectrum(cell.compiled, inputs, f)  # (F, members * batch)
    return by_member(with_leads(cell, z, f, inputs), members)


def _factors(
    one: Spectrum, theta: ValuesByLabel, place: float
) -> dict[str, Float[Array, " batch"]]:
    """What each parameter is multiplied by at a place in the sweep."""
    found = {label: theta[by] for label, by in one.deviations.items()}
    for label, by in one.drifts.items():
        found[label] = found.get(label, 1.0) * theta[by] ** place
    return found
