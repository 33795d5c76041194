"""Many spectra of one cell at one temperature: a series along what their names count.

``bare_cycle001_25C`` to ``bare_cycle200_25C``, ``bare_0h_25C`` to ``bare_48h_25C``: more than
:data:`MANY` files whose names differ only in a count, a time or a pressure are of one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.constants import HOUR
from ssb_model.data import TIMES

if TYPE_CHECKING:
    from ssb_model.bench.folder.read import BenchFile
    from ssb_model.data import ImpedanceData

MANY = 12  # spectra of a cell at a temperature: beyond, they are a series
_KINDS = {
    r"cycles?|cyc": "Cycle",
    r"steps?": "Step",
    r"runs?|tests?|scans?|meas": "Measurement",
    r"days?|d": "Time [d]",
    r"h|hrs?": "Time [h]",
    r"min": "Time [min]",
    r"sec|s": "Time [s]",
    r"mpa": "Pressure [MPa]",
    r"gpa": "Pressure [GPa]",
    r"kpa": "Pressure [kPa]",
    r"bar": "Pressure [bar]",
}
_WORD = re.compile(r"([a-z]*)(\d+(?:[.,p]\d+)?)([a-z]*)")


@dataclass(frozen=True)
class Along:
    """What a name counts: "Cycle" and 10."""

    label: str
    number: float


@dataclass(frozen=True)
class Series:
    """Spectra of one cell at one temperature.

    Attributes
    ----------
    cell
        Its name.
    temperature
        K.
    spectra
        In order.
    at
        What changes along them.
    label
        Of it, with its unit.
    """

    cell: str
    temperature: float
    spectra: tuple[ImpedanceData, ...]
    at: Float[np.ndarray, " spectra"]
    label: str


def counted(words: Sequence[str]) -> tuple[tuple[str, ...], Along | None]:
    """The words of a name without the one that counts, and what that counts."""
    for k, word in enumerate(words):
        found = _WORD.fullmatch(word)
        unit = found and (found[1] or found[3])
        for pattern, label in _KINDS.items():
            if found and unit and re.fullmatch(pattern, unit):
                number = float(re.sub("[,p]", ".", found[2]))
                return (*words[:k], *words[k + 1 :]), Along(label, number)
    return tuple(words), None


def joined(files: Sequence[BenchFile]) -> list[BenchFile]:
    """Files with the counting word taken off their names where they are a series."""
    groups: dict[tuple, list[BenchFile]] = {}
    for file in files:
        rest, along = counted(file.name.words)
        if along and file.spectra:
            groups.setdefault((rest, along.label, _kelvin(file)), []).append(file)
    of_series = {file.path for group in groups.values() if len(group) > MANY for file in group}
    found = []
    for file in files:
        rest, along = counted(file.name.words)
        name = replace(file.name, words=rest)
        found.append(replace(file, name=name, along=along) if file.path in of_series else file)
    return found


Measurements = list[tuple["BenchFile", "ImpedanceData"]]


def series_of(files: Sequence[BenchFile]) -> tuple[list[Series], Measurements]:
    """The series of a cell, a temperature each, and its other spectra with their files."""
    groups: dict[float | None, Measurements] = {}
    for file in files:
        for data in file.spectra:
            groups.setdefault(_kelvin(file), []).append((file, data))
    many = [group for group in groups.values() if len(group) > MANY]
    others = [pair for group in groups.values() if len(group) <= MANY for pair in group]
    return [_series(group) for group in many], others


def _series(group: Measurements) -> Series:
    label, at = _along(group)
    order = np.argsort(at, kind="stable")
    first = group[0][0]
    spectra = tuple(group[k][1] for k in order)
    return Series(first.cell, first.temperature or np.nan, spectra, at[order], label)


def _along(group: Measurements) -> tuple[str, Float[np.ndarray, " spectra"]]:
    """What changes: as names count it, else the time that the files have, else the number."""
    counts = [file.along for file, _ in group if file.along]
    if len({one.number for one in counts}) == len(group):
        return counts[0].label, np.array([one.number for one in counts])
    times = [data.metadata[TIMES][0] for _, data in group if TIMES in data.metadata]
    if len(set(times)) == len(group):
        return "Time [h]", np.array(times) / HOUR
    return "Spectrum", np.arange(1.0, len(group) + 1)


def _kelvin(file: BenchFile) -> float | None:
    return None if file.temperature is None else round(file.temperature, 1)
