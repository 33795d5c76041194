"""First estimates for the physics, from the circuits of a cell's spectra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE

if TYPE_CHECKING:
    from ssb_model.bench.folder import Facts
    from ssb_model.bench.spectra import Measured

TYPICAL = 30e3  # J/mol, where one temperature says nothing
APART = 1.0  # K between temperatures that differ


@dataclass(frozen=True)
class Start:
    """Values at 25 degC, or at the only temperature, in SI.

    Attributes
    ----------
    by_temperature
        Whether there is more than one temperature.
    conductivity, electrolyte_energy
        Of the electrolyte.
    electrolyte_arcs
        That at least one spectrum shows, and one more where temperatures may part two that overlap.
    faces
        Resistance and capacity of a face, of each of its arcs; none of a cell that blocks.
    double_layer
        Capacity of a face of a cell that blocks; None of one that does not.
    interface_energy
        Slope of ln(1/R).
    """

    by_temperature: bool
    conductivity: float
    electrolyte_energy: float
    electrolyte_arcs: int
    faces: tuple[tuple[float, float], ...]
    interface_energy: float
    double_layer: float | None = None


def starts_of(spectra: Sequence[Measured], facts: Facts) -> Start | None:
    """First estimates of a cell.

    None where no spectrum has an interface arc, or some block and others do not.
    """
    if facts.area is None:
        return None
    area, thickness = facts.area, facts.thickness or 1.0
    T = np.array([one.temperature for one in spectra])
    R, energy = _line(T, np.array([one.separated.electrolyte for one in spectra]))
    by_temperature = bool(np.ptp(T) > APART)
    arcs = max(one.separated.inner_arcs for one in spectra)
    electrolyte = Start(
        by_temperature=by_temperature,
        conductivity=thickness / (R * area),
        electrolyte_energy=energy,
        electrolyte_arcs=arcs + (by_temperature and arcs > 0),
        faces=(),
        interface_energy=TYPICAL,
    )
    spikes = [one.separated.spike for one in spectra if one.separated.spike]
    if len(spikes) == len(spectra):
        return replace(electrolyte, double_layer=float(2 * np.median(spikes) / area))
    with_arc = [one for one in spectra if one.separated.interface]
    if spikes or not with_arc:
        return None
    T_arc = np.array([one.temperature for one in with_arc])
    R_face, face_energy = _line(T_arc, np.array([one.separated.interface for one in with_arc]))
    C = float(np.median([one.separated.capacitance or 0.0 for one in with_arc]))
    faces = _two(with_arc, area) or ((R_face * area / 2, 2 * C / area),)
    return replace(electrolyte, faces=faces, interface_energy=face_energy)


def _line(
    T: Float[np.ndarray, " temperatures"], R: Float[np.ndarray, " temperatures"]
) -> tuple[float, float]:
    """R at 25 degC and activation energy; at a single temperature R there."""
    R = np.maximum(R, 1e-3 * R.max())
    if np.ptp(T) <= APART:
        return float(np.exp(np.log(R).mean())), TYPICAL
    slope, ln_R = np.polyfit((1 / T - 1 / ROOM_TEMPERATURE) / GAS_CONSTANT, np.log(R), 1)
    return float(np.exp(ln_R)), float(slope)


def _two(spectra: Sequence[Measured], area: float) -> tuple[tuple[float, float], ...]:
    """Resistances and capacities of a face's two arcs, if most spectra show two."""
    seen = [one.separated.faces for one in spectra if len(one.separated.faces) > 1]
    if 2 * len(seen) <= len(spectra):
        return ()
    (R, C), (R_slow, C_slow) = np.exp(np.mean(np.log(seen), axis=0)).tolist()
    return (R * area / 2, 2 * C / area), (R_slow * area / 2, 2 * C_slow / area)
