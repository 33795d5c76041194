"""Spectra with their circuits and resistances; those that give none, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ssb_model.bench.spectra.separated import Separated, noise_of, refusal, separated, spike_of
from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.circuits import CircuitFit
    from ssb_model.data import ImpedanceData


class Fitted(NamedTuple):
    """A spectrum that gives numbers: its place among all, its circuit, its resistances."""

    place: int
    circuit: CircuitFit
    separated: Separated


def fit_spectra(
    spectra: Sequence[ImpedanceData],
    fit: Callable[[list[ImpedanceData]], Sequence[CircuitFit]],
    area: float | None,
) -> tuple[list[Fitted], list[str]]:
    """Fit many at once; gives those that have numbers, and a sentence on each that has none.

    Parameters
    ----------
    spectra
    fit
        Of all that can be fitted.
    area
        Of a face [m2].
    """
    usable: dict[int, float] = {}
    said = []
    for place, data in enumerate(spectra):
        try:
            usable[place] = noise_of(data.frequency, data.impedance)
        except InputError as error:
            said.append(f"{data.name}: {error}")
    circuits = fit([spectra[place] for place in usable]) if usable else []
    found = []
    for (place, noise), circuit in zip(usable.items(), circuits, strict=True):
        refused = refusal(circuit, noise)
        if refused:
            said.append(refused)
            continue
        data = spectra[place]
        spike = spike_of(data.frequency, data.impedance)
        found.append(Fitted(place, circuit, separated(circuit, area or np.nan, noise, spike)))
    return found, said
