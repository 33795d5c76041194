"""Your own measured files on the page's axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.constants import HOUR, TO_OHM_CM2
from ssb_model.data import CyclingData, ImpedanceData, Undeclared, on_command_line, read
from ssb_model.errors import InputError
from ssb_model.library import parse

MOST_DISCHARGES = 12
LEAST_POINTS = 5
LEAST_SHARE = 0.05  # of the largest discharge: what is shorter is a pulse
SYMMETRIC = 0.1  # V: a cell whose voltage goes below minus this is symmetric
#: frequency [Hz] and impedance [ohm cm2]
MeasuredSpectrum: TypeAlias = tuple[
    Float[np.ndarray, " frequencies"], Complex[np.ndarray, " frequencies"]
]
#: capacity [mAh/g] and voltage [V]
MeasuredDischarge: TypeAlias = tuple[Float[np.ndarray, " points"], Float[np.ndarray, " points"]]


@dataclass(frozen=True, eq=False)
class Overlay:
    """What a file holds, in the units of the page.

    Attributes
    ----------
    name
        Of the file.
    synthetic
        Whether the file says that it was not measured.
    spectra
        Each as frequency [Hz] and impedance [ohm cm2].
    discharges
        Each as capacity [mAh/g] and voltage [V].
    note
        What was left out.
    """

    name: str
    synthetic: bool
    spectra: tuple[MeasuredSpectrum, ...] = ()
    discharges: tuple[MeasuredDischarge, ...] = ()
    note: str = ""

    @property
    def label(self) -> str:
        """For a legend."""
        return f"{'synthetic' if self.synthetic else 'measured'}: {self.name}"


def joined(curves: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Both columns of all curves, one after another; two empty ones of none."""
    first, second = (np.concatenate([*(curve[k] for curve in curves), []]) for k in (0, 1))
    return first, second


class _Discharges(NamedTuple):
    drawn: tuple[MeasuredDischarge, ...] = ()
    note: str = ""


def read_overlay(
    path: str | Path, area: str | None = None, mass: str | None = None, name: str | None = None
) -> Overlay:
    """An :class:`Overlay` of a file of spectra, or of a full cell's record.

    Parameters
    ----------
    path
        Of the file.
    area
        Of a face, "1.13 cm2": files of spectra need it.
    mass
        Of the active material, "2.4 mg": records need it.
    name
        What to call it, if not as the file.

    Raises
    ------
    InputError
        One sentence: what cannot be read, or what must be given.
    """
    path = Path(path)
    name = name or path.name
    try:
        datasets = read(path)
    except Undeclared as error:
        asked = error.worded(on_command_line).removesuffix(".")
        raise InputError(
            f"{asked}: do so in ssb data with --save, and give the page the file that it writes."
        ) from None
    records = [data for data in datasets if isinstance(data, CyclingData)]
    spectra = [data for data in datasets if not isinstance(data, CyclingData)]
    of_spectra = _spectra(spectra, area, name) if spectra else ()
    of_records = _of_records(records, mass, name) if records else _Discharges()
    return Overlay(
        name=name,
        synthetic=any(data.synthetic for data in datasets),
        spectra=of_spectra,
        discharges=of_records.drawn,
        note=of_records.note,
    )


def _spectra(
    spectra: Sequence[ImpedanceData], area: str | None, name: str
) -> tuple[MeasuredSpectrum, ...]:
    size = _needed(
        area, "m2", f"{name} holds impedance in ohm: give the area of a face, such as 1.13 cm2"
    )
    return tuple((s.frequency, s.impedance * size * TO_OHM_CM2) for s in spectra)


def _of_records(records: Sequence[CyclingData], mass: str | None, name: str) -> _Discharges:
    if any(record.voltage.min() < -SYMMETRIC for record in records):
        raise InputError(
            f"{name} is the record of a symmetric cell: the page overlays spectra, and discharges "
            "of full cells; fit it with ssb fit."
        )
    size = _needed(
        mass, "kg", f"{name} holds capacity in Ah: give the mass of active material, such as 2.4 mg"
    )
    every = [curve for record in records for curve in _discharges(record, size)]
    if not every:
        raise InputError(f"{name} has no discharge: nothing of it can be drawn.")
    note = ""
    if len(every) > MOST_DISCHARGES:
        note = f"{name}: the first {MOST_DISCHARGES} of {len(every)} discharges are drawn."
    return _Discharges(tuple(every[:MOST_DISCHARGES]), note)


def _discharges(record: CyclingData, mass: float) -> list[MeasuredDischarge]:
    """Capacity [mAh/g] and voltage of each stretch of positive current."""
    flowing = np.concatenate([[False], record.current > 0, [False]])
    edges = np.flatnonzero(np.diff(flowing.astype(int)))
    curves = []
    for start, end in edges.reshape(-1, 2):
        if end - start < LEAST_POINTS:
            continue
        t, I = record.time[start:end], record.current[start:end]
        steps = np.diff(t) * (I[1:] + I[:-1]) / 2
        Q = np.concatenate([[0.0], np.cumsum(steps)]) / HOUR / mass  # A.h.kg-1 is mAh/g
        curves.append((Q, record.voltage[start:end]))
    largest = max((Q[-1] for Q, _ in curves), default=0)
    return [curve for curve in curves if curve[0][-1] > LEAST_SHARE * largest]


def _needed(text: str | None, unit: str, request: str) -> float:
    if not text:
        raise InputError(f"{request}.")
    value = parse(text, unit)
    if not value > 0:
        raise InputError(f"{text} is not positive: {request}.")
    return value
