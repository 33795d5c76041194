"""A group of nominally equal cells: its median, a new cell of it, how far its cells scatter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from ssb_model.constants import ROOM_TEMPERATURE
from ssb_model.errors import InputError, suggestion
from ssb_model.populations.measurement import (
    SAME,
    CellMeasurement,
    cell_data,
    degC,
    slope_at,
    temperatures,
)
from ssb_model.populations.mixture import Interval, Mixture, scatter_of
from ssb_model.populations.posterior import Posterior, posterior
from ssb_model.populations.scatter import BETWEEN, WITHIN


@dataclass(frozen=True, eq=False, repr=False)
class Group:
    """Cells of one kind, as one distribution.

    Attributes
    ----------
    name
        Of the kind.
    cells
        Names of its cells.
    measurements
        Of all its cells.
    temperature
        At which numbers are given unless another is asked for [K]: 25 degC of a group measured at
        several temperatures, else the one there is; None where nobody gave one.
    sloped
        Whether there are several temperatures, and so an activation energy.
    """

    name: str
    cells: tuple[str, ...]
    measurements: tuple[CellMeasurement, ...]
    temperature: float | None
    sloped: bool
    _posterior: Posterior

    def logarithm(self, temperature: float | None = None) -> Mixture:
        """The distribution of the logarithm of the group's median, at a temperature [K]."""
        return self._posterior.group(self._at(temperature))

    def median(self, temperature: float | None = None) -> Interval:
        """The value that half of all such cells lie below.

        Raises
        ------
        InputError
            Here as below: for a temperature [K] that the group tells nothing of.
        """
        return self.logarithm(temperature).interval(np.exp)

    def new_cell(self, temperature: float | None = None) -> Interval:
        """What one more cell of this kind would have, without the noise of measuring it."""
        return self._posterior.new_cell(self._at(temperature)).interval(np.exp)

    def cell(self, name: str, temperature: float | None = None) -> Interval:
        """A cell's own value, drawn to the group's median by as much as its data leave open."""
        if name not in self.cells:
            known = suggestion(name, self.cells)
            raise InputError(f"The group '{self.name}' has no cell '{name}'. {known}")
        k = self.cells.index(name)
        return self._posterior.cell(k, self._at(temperature)).interval(np.exp)

    @property
    def between(self) -> Interval:
        """Scatter between cells: standard deviation of the logarithm [%]."""
        return scatter_of(self._posterior.weight, self._posterior.between).times(100)

    @property
    def within(self) -> Interval:
        """Scatter between the measurements of one cell beyond their errors [%]."""
        return scatter_of(self._posterior.weight, self._posterior.within).times(100)

    @property
    def energy(self) -> Interval | None:
        """Activation energy [kJ/mol]: the slope of ln(value) along 1/RT; None without one."""
        if not self.sloped:
            return None
        return self._posterior.group(np.array([0.0, 1.0])).interval()

    @property
    def temperatures(self) -> tuple[float, ...]:
        """That it was measured at [K], those within 1 K as their mean; none where nobody said."""
        known = np.sort([one.temperature for one in self.measurements if one.temperature])
        breaks = np.flatnonzero(np.diff(known) > SAME) + 1
        return tuple(float(part.mean()) for part in np.split(known, breaks) if len(part))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the numbers rest on besides the data, a sentence each."""
        said = []
        if len(self.cells) == 1:
            said.append(
                f"{self.name} has one cell: how far such cells scatter is assumed (half of a "
                f"Student distribution of scale {100 * BETWEEN.scale:g} %), not measured."
            )
        if len(self.measurements) == len(self.cells):
            said.append(
                f"No cell of {self.name} was measured twice: its scatter within cells is assumed "
                f"(scale {100 * WITHIN.scale:g} %), not measured."
            )
        return tuple(said)

    def moved(self, temperature: float | None = None) -> Float[np.ndarray, " measurements"]:
        """The measured values, along the group's activation energy to one temperature [K]."""
        values = np.array([one.value for one in self.measurements])
        target, energy = self._at(temperature), self.energy
        if energy is None:
            return values
        x = [slope_at(one.temperature or np.nan, self._reference) for one in self.measurements]
        return values * np.exp(energy.value * (target[1] - np.array(x)))

    @property
    def _reference(self) -> float:
        return np.nan if self.temperature is None else self.temperature

    def _at(self, temperature: float | None) -> Float[np.ndarray, " terms"]:
        """The row of the design at a temperature."""
        if self.sloped:
            x = 0.0 if temperature is None else slope_at(temperature, self._reference)
            return np.array([1.0, x])
        known = self.temperature
        if temperature is not None and (known is None or abs(known - temperature) > SAME):
            where = f"at {degC(known)} alone" if known else "without a temperature"
            raise InputError(
                f"The group '{self.name}' was measured {where}, which tells nothing of "
                f"{degC(temperature)}."
            )
        return np.array([1.0])


def fit_group(name: str, measurements: Sequence[CellMeasurement]) -> Group:
    """Fit the measurements of one group."""
    T = temperatures(name, measurements)
    sloped = T is not None and bool(np.ptp(T) > SAME)
    mean = None if T is None else float(T.mean())
    reference = ROOM_TEMPERATURE if sloped else mean
    cells = tuple(dict.fromkeys(one.cell for one in measurements))
    data = [
        cell_data((one for one in measurements if one.cell == cell), reference, sloped)
        for cell in cells
    ]
    return Group(name, cells, tuple(measurements), reference, sloped, posterior(data))
