"""What cells did that followed a protocol: capacities of those that live, and how many live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from jaxtyping import Bool, Complex, Float

from ssb_model.citations import Use, works_content
from ssb_model.library import CELL, MISFIT, spread_of, versions
from ssb_model.prediction.draws import even_normals
from ssb_model.prediction.result import PERCENTILES
from ssb_model.prediction.simulation.protocol_file import StatedProtocol

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CAPACITY = "capacity"
OF_CURRENT = ("discharge", "charge", "potential")
MANY = 5.0  # %: of living cells that pass no charge, from which on that is said
ENDS = ("median", "lower95", "upper95")

Numbers = Float[np.ndarray, "cycles n"]
#: when it was measured, frequencies [Hz], impedances [ohm cm2], NaN of cells that had shorted
Spectrum = tuple[str, tuple[float, ...], Complex[np.ndarray, "frequencies n"]]


@dataclass(frozen=True, eq=False)
class Simulated:
    """Result of :func:`ssb_model.prediction.simulate`: a row a cycle, a column a cell.

    Attributes
    ----------
    coating, cell
        Names.
    protocol
        That was followed.
    discharge, charge
        Charge passed either way in each cycle: of a full cell [mAh/g], else [mAh/cm2]. A cell that
        shorts in it has what it passed before.
    potential
        Largest voltage of a full cell, or polarisation of a symmetric one, at the end of a step
        under current [V].
    resistance
        Of the face, or of both faces of a symmetric cell, at the end [ohm cm2].
    contact
        Share of its contact that the face, or the worse of two, retains at the end.
    hours
        Since the beginning; of a cell that has shorted until then.
    alive
        Whether it has not shorted by the end.
    spectra
        Impedances that the protocol asks for.
    warnings
        Sentences that a reader must see before the numbers.
    works
        Behind it.
    of_the_mean
        Whether cells differ by the parameters alone.
    """

    coating: str
    cell: str
    protocol: StatedProtocol
    discharge: Numbers
    charge: Numbers
    potential: Numbers
    resistance: Numbers
    contact: Numbers
    hours: Numbers
    alive: Bool[np.ndarray, "cycles n"]
    spectra: tuple[Spectrum, ...] = ()
    warnings: tuple[str, ...] = ()
    works: tuple[Use, ...] = ()
    of_the_mean: bool = False
    versions: dict[str, str] = field(default_factory=lambda: dict(versions()))

    @property
    def cells(self) -> int:
        """How many followed it."""
        return self.alive.shape[1]

    @property
    def unit(self) -> str:
        """Of the charges."""
        return "mAh/g" if self.protocol.cell == "full" else "mAh/cm2"

    @cached_property
    def survival(self) -> Float[np.ndarray, " cycles"]:
        """Share of cells without a short by the end of each cycle [%]."""
        return 100 * self.alive.mean(axis=1)

    @cached_property
    def short_hours(self) -> Float[np.ndarray, " shorted"]:
        """When each cell shorted that did."""
        return self.hours[-1, ~self.alive[-1]]

    def of_living(self, name: str) -> Float[np.ndarray, "cycles 3"]:
        """Median and 95 % interval of a quantity in each cycle, of the cells that live to its end;
        NaN where none does, and of what flows where no current is asked for."""
        counted = self.alive & self._driven if name in OF_CURRENT else self.alive
        return _ends(np.where(counted, getattr(self, name), np.nan))

    @property
    def overall(self) -> Float[np.ndarray, "cycles 3"]:
        """The same of the discharge of all cells, of which a shorted one gives nothing."""
        given = np.where(self.alive, self.discharge, 0.0)
        return _ends(np.where(self._driven, given, np.nan))

    @property
    def _driven(self) -> Bool[np.ndarray, "cycles 1"]:
        return np.array(self.protocol.driven)[:, None]

    @cached_property
    def idle(self) -> Float[np.ndarray, " cycles"]:
        """Share of the living cells that pass no charge in a cycle [%]; NaN where none lives, or
        no current is asked for."""
        counted = self.alive & self._driven
        none = np.sum(counted & (self.discharge == 0) & (self.charge == 0), axis=1)
        with np.errstate(invalid="ignore"):
            return 100 * none / counted.sum(axis=1)

    @property
    def all_warnings(self) -> tuple[str, ...]:
        """The warnings, and one of living cells that pass no charge."""
        if not np.any(self.idle >= MANY):
            return self.warnings
        where = np.flatnonzero(self.idle >= MANY)
        cycles = f"cycle {where[0] + 1}" + (f" and {len(where) - 1} more" if len(where) > 1 else "")
        said = (
            f"In {cycles} at least {MANY:g} % of the living cells pass no charge: their voltage "
            "meets a cut-off as soon as the current flows. Their capacity is 0, not a prediction "
            "of a small one."
        )
        return said, *self.warnings

    @property
    def told(self) -> list[int]:
        """Cycles worth a row: the first, the middle and the last of each block."""
        block = np.array(self.protocol.block_of)
        ends = [np.flatnonzero(block == k)[[0, -1]] for k in np.unique(block)]
        return sorted({int(k) for a, b in ends for k in (a, (a + b) // 2, b)})

    def typical(self, spectrum: Spectrum) -> Complex[np.ndarray, " frequencies"] | None:
        """Of the cells that live through all impedances, else through this one, that whose
        resistance at the lowest frequency is the median; None where none lives."""
        lowest = np.real([z[-1] for _, _, z in self.spectra])
        through = np.isfinite(lowest).all(axis=0)
        _, _, z = spectrum
        candidates = np.flatnonzero(through if through.any() else np.isfinite(np.real(z[-1])))
        if not len(candidates):
            return None
        ranked = lowest[0] if through.any() else np.real(z[-1])
        order = candidates[np.argsort(ranked[candidates])]
        return z[:, order[len(order) // 2]]

    def nyquist(self, spectrum: Spectrum) -> dict[str, Any]:
        """Median and 95 % interval of the parts of an impedance, of the cells that lived."""
        when, frequency, z = spectrum
        parts = {"real": np.real(z), "minus_imaginary": -np.imag(z)}
        columns = {name: _named(_ends(part)) for name, part in parts.items()}
        return {"when": when, "frequency_Hz": list(frequency), **columns}

    def as_content(self) -> dict[str, Any]:
        """The result without its cells as plain data, for JSON; null where no cell lives."""
        columns = {
            f"discharge_{self._key}": _named(self.of_living("discharge")),
            f"discharge_{self._key}_overall": _named(self.overall),
            f"charge_{self._key}": _named(self.of_living("charge")),
            "largest_voltage_V": _named(self.of_living("potential")),
            "interface_resistance_ohm_cm2": _named(self.of_living("resistance")),
            "retained_contact": _named(self.of_living("contact")),
            "hours": _named(self.of_living("hours")),
        }
        return {
            "coating": self.coating,
            "cell": self.cell,
            "protocol": {
                "file": self.protocol.name,
                "cell": self.protocol.cell,
                "temperature_K": self.protocol.temperature,
                "cycles": [
                    {"steps": [step.text for step in steps], "repeat": repeat}
                    for steps, repeat in self.protocol.blocks
                ],
            },
            "cells": self.cells,
            "simulated": True,
            "intervals": "of the mean cell" if self.of_the_mean else "of a further cell",
            "cycles": list(range(1, len(self.alive) + 1)),
            "without_a_short_percent": self.survival.tolist(),
            "that_pass_no_charge_percent": [None if np.isnan(x) else float(x) for x in self.idle],
            "short_hours": sorted(self.short_hours.tolist()),
            **columns,
            "spectra": [self.nyquist(spectrum) for spectrum in self.spectra],
            "warnings": list(self.all_warnings),
            "versions": self.versions,
            "works": works_content(self.works),
        }

    @property
    def _key(self) -> str:
        return self.unit.replace("/", "_")

    def plot(self) -> Figure:
        """Charge of each cycle, cells without a short, resistance, and impedances."""
        from ssb_model.prediction.simulation.figure import simulation_figure

        return simulation_figure(self)


def as_measured(found: Simulated, seed: int) -> Simulated:
    """Capacities of full cells as they would be measured: with what differs between cells, with the
    model's misfit, one number for each kind of cycle, and with the measurement of each."""
    if found.protocol.cell != "full":
        return found
    block, passed = found.protocol.block_of, {}
    for name in ("discharge", "charge"):
        rows = []
        for k, row in enumerate(getattr(found, name)):
            for what, part in spread_of(CAPACITY).items():
                shared = {CELL: "", MISFIT: f" {name} {block[k]}"}
                own = what + shared.get(what, f" {name} {k}")
                row = part.added(row, even_normals(found.cells, seed + crc32(own.encode())))
            rows.append(np.where(getattr(found, name)[k] > 0, np.maximum(row, 0.0), 0.0))
        passed[name] = np.array(rows)
    return replace(found, **passed)


def _ends(values: Float[np.ndarray, "rows n"]) -> Float[np.ndarray, "rows 3"]:
    """Median and ends of the 95 % interval of what is known; NaN where nothing is."""
    found = np.full((len(values), len(PERCENTILES)), np.nan)
    for k, row in enumerate(values):
        known = row[np.isfinite(row)]
        if len(known):
            found[k] = np.percentile(known, PERCENTILES)
    return found


def _named(ends: Float[np.ndarray, "rows 3"]) -> dict[str, Sequence[float | None]]:
    columns = [[None if np.isnan(x) else float(x) for x in column] for column in ends.T]
    return dict(zip(ENDS, columns, strict=True))
