"""What a single spectrum has of a free parameter: its own deviation, its drift during the sweep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95, FreeParameter
from ssb_model.library import parse_relative

if TYPE_CHECKING:
    from ssb_model.study.file.tables import FreeTable

WIDE = 10.0  # expected scatters: a deviation's own prior says nothing, study.terms.scatter holds it
FEWEST = 2  # spectra between which there is scatter
LARGEST = 1.0  # of a scatter


class OfSingleSpectra:
    """Deviations and drifts: parameters that a single spectrum has, where tables ask for them."""

    def __init__(self, spectra: Mapping[str, Sequence[str]]) -> None:
        self.spectra = spectra
        self.parameters: list[FreeParameter] = []
        self.scatter: dict[str, float] = {}
        self.deviations: dict[str, dict[str, str]] = {}
        self.drifts: dict[str, dict[str, str]] = {}

    def add(self, table: FreeTable, of: FreeParameter, own: Iterable[str], where: str) -> None:
        """Those of one free parameter of some cells."""
        if table.scatter is not None:
            self.scatter[of.label] = size = _size(table.scatter, of, f"{where}.scatter")
            labels = self._factors(of.label, "deviation", own, WIDE * size)
            if len(labels) < FEWEST:
                raise InputError(
                    f"{where}.scatter: '{of.label}' is measured by {len(labels)} spectrum: scatter "
                    f"between spectra needs at least {FEWEST}: remove it."
                )
            self.deviations[of.label] = labels
        if table.drift is not None:
            size = _size(table.drift, of, f"{where}.drift")
            self.drifts[of.label] = self._factors(of.label, "drift", own, size)

    def _factors(self, label: str, what: str, own: Iterable[str], size: float) -> dict[str, str]:
        """Factors about 1 whose logarithms have a standard deviation; labels by spectrum."""
        labels = {
            name: f"{label}, {what} in spectrum {k + 1} of {cell}"
            for cell in own
            for k, name in enumerate(self.spectra.get(cell, ()))
        }
        high = float(np.exp(NORMAL_95 * size))
        self.parameters += [
            FreeParameter(one, "-", 1.0, 1 / high, high, "log") for one in labels.values()
        ]
        return labels


def _size(text: str, parameter: FreeParameter, where: str) -> float:
    size = parse_relative(text, where)
    if parameter.scale != "log" or size > LARGEST:
        raise InputError(
            f"{where}: that of a positive quantity with a logarithmic range is meant, at most "
            f"{LARGEST:.0%}: write for example '5 %', or remove it."
        )
    return size
