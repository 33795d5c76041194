r"""Arcs by name: the bulk relaxes before the grain boundary, and that before the face.

Series arcs can be exchanged without any change of the impedance, so that their names would hang
on priors alone. A cell whose bulk and grain boundary both relax holds the order of their time
constants,

.. math::

    \tau = (R Q)^{1/\alpha}, \qquad \ln(\tau_\mathrm{gb}/\tau_\mathrm{bulk}) \ge 0, \qquad
    \ln(\tau_\mathrm{face}/\tau_\mathrm{gb}) \ge 0,

the second where the face is made of arcs, at the lowest and the highest temperature of the cell's
spectra (the logarithms are straight lines in 1/T). Half a unit below counts one standard deviation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
from jaxtyping import Array, Float

from ssb_model.cells import arc_times
from ssb_model.constants import ZERO_CELSIUS
from ssb_model.fitting import Datum, Simulator
from ssb_model.study.kinds import Experiment, Spectrum

if TYPE_CHECKING:
    from ssb_model.measurements import InputsByLabel
    from ssb_model.study.file import StudyCell

WIDTH = 0.5  # of a logarithm: one standard deviation


@dataclass(frozen=True)
class Order:
    """The order of the arcs of one cell at some temperatures [K]."""

    cell: StudyCell
    mapping: InputsByLabel
    temperatures: tuple[float, ...]

    @property
    def name(self) -> str:
        """Of its simulator."""
        return f"{self.cell.name}: order of arcs"

    @property
    def _observables(self) -> tuple[str, ...]:
        steps = len(self._times({}, self.temperatures[0])) - 1
        return tuple(
            f"{self.name}, step {k + 1} at {T - ZERO_CELSIUS:.4g} degC"
            for T in self.temperatures
            for k in range(steps)
        )

    def _times(self, theta: Mapping[str, Float[Array, " batch"]], T: float) -> list[Any]:
        values = {
            name: theta[label]
            for label, names in self.mapping.items()
            if label in theta
            for name in names
        }
        numbers = {name: self.cell.values[name] for name in self.cell.quantities}
        return arc_times(numbers | values, self.cell.completed_options, T)

    def simulator(self) -> Simulator:
        """ln(tau) of each arc less that of the one before."""

        def steps(theta: Mapping[str, Float[Array, " batch"]]) -> Float[Array, "steps batch"]:
            like = next(iter(theta.values()))
            rows = []
            for T in self.temperatures:
                tau = self._times(theta, T)
                rows += [jnp.log(b / a) + 0 * like for a, b in pairwise(tau)]
            return jnp.stack(rows)

        return Simulator(self.name, tuple(self.mapping), self._observables, steps)

    def data(self, scale: float | None = None) -> list[Datum]:
        """None may be below zero."""
        return [Datum(name, name, 0.0, WIDTH, "at least") for name in self._observables]


def orders_of(
    cells: Iterable[StudyCell], experiments: Sequence[Experiment], mappings: Mapping[str, Any]
) -> tuple[Order, ...]:
    """Of every cell with spectra whose arcs could be exchanged and are free."""
    found = []
    for cell in cells:
        T = {e.temperature for e in experiments if isinstance(e, Spectrum) and e.cell == cell.name}
        one = Order(cell, mappings[cell.name], tuple(sorted({min(T), max(T)})) if T else ())
        if T and one.mapping and len(one._times({}, one.temperatures[0])) > 1:
            found.append(one)
    return tuple(found)
