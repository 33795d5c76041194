"""What a record of cycling says cycle by cycle, without a model."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.data.records.halves import HalfCycle, halves_of
from ssb_model.data.records.pairs import cycles_of
from ssb_model.data.records.remarks import remarks
from ssb_model.data.records.symmetry import is_symmetric
from ssb_model.data.records.tables import growth_of, table_of
from ssb_model.data.records.whole import marked
from ssb_model.errors import InputError
from ssb_model.library import parse_positive

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ssb_model.data.datasets import CyclingData

SHOWN = 20  # rows of a table as it is printed
WIDTH = 110  # characters: wider tables go on below


@dataclass(frozen=True)
class Cycle:
    """A charge and a discharge that belong together; one may be missing.

    Attributes
    ----------
    number
        The file's own, or counted from 1.
    charge, discharge
        The half cycles.
    """

    number: int
    charge: HalfCycle | None
    discharge: HalfCycle | None

    @property
    def complete(self) -> bool:
        """Whether both directions are there, as a whole."""
        halves = (self.charge, self.discharge)
        return all(half is not None and half.complete for half in halves)

    @property
    def efficiency(self) -> float | None:
        """Coulombic efficiency: the charge of the second half cycle over that of the first.

        Discharge over charge where the charge is first, as of a cathode.
        """
        if self.charge is None or self.discharge is None or not self.complete:
            return None
        ratio = self.discharge.charge / self.charge.charge
        return ratio if self.charge.begin < self.discharge.begin else 1 / ratio

    @property
    def hysteresis(self) -> float | None:
        """Mean voltage of the charge less that of the discharge [V]."""
        if self.charge is None or self.discharge is None:
            return None
        return self.charge.mean_voltage - self.discharge.mean_voltage


@dataclass(frozen=True, repr=False)
class CyclesReading:
    """What a record of cycling says.

    Attributes
    ----------
    name
        Of the record.
    cycles
        In order.
    symmetric
        Whether the cell's voltage lies about zero: then polarisations are told, no capacities.
    mass
        Of active material [kg], None if it was not given.
    area
        Of the cell [m2], None if it was not given.
    notes
        Sentences that a reader of the numbers has to know.
    """

    name: str
    cycles: tuple[Cycle, ...]
    symmetric: bool
    mass: float | None = None
    area: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def growth(self) -> float | None:
        """Rise of a symmetric cell's polarisation [V/s], a straight line over the whole cycles."""
        return growth_of(self.cycles) if self.symmetric else None

    @property
    def title(self) -> str:
        """Name, kind and number of cycles, in one line."""
        kind = "symmetric cell" if self.symmetric else "cell"
        whole = sum(cycle.complete for cycle in self.cycles)
        return f"{self.name}: {kind}, {len(self.cycles)} cycles, {whole} of them whole"

    def to_dataframe(self) -> pd.DataFrame:
        """A pandas DataFrame with a row a cycle; each column's name says its unit."""
        return table_of(self)

    def __repr__(self) -> str:
        table = self.to_dataframe().to_string(
            max_rows=SHOWN, index=False, float_format="{:.5g}".format, na_rep="-", line_width=WIDTH
        )
        return "\n".join([self.title, table, *self.notes])

    def _repr_html_(self) -> str:
        table = self.to_dataframe().to_html(
            max_rows=SHOWN, index=False, border=0, float_format="{:.5g}".format, na_rep="-"
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p>{escape(self.title)}</p>{table}{notes}"

    def plot(self) -> Figure:
        """Capacity and efficiency, or polarisation, against the cycle."""
        from ssb_model.data.plot import draw_cycles

        return draw_cycles(self)


def read_cycles(
    record: CyclingData, *, mass: str | float | None = None, area: str | float | None = None
) -> CyclesReading:
    """Read capacities, efficiencies, voltages and resistances of every cycle off a record.

    Parameters
    ----------
    record
        Of a cell under current.
    mass
        Of active material, as "2.356 mg", or a number in kg: capacities are told per gram too.
    area
        Of the cell, as "0.785 cm2", or a number in m2: capacities are told per area too.

    Raises
    ------
    InputError
        If no current flows for long enough to make a half cycle, or a number is not finite.
    """
    mass, area = _si(mass, "kg", "mass"), _si(area, "m2", "area")
    _refuse_nonsense(record)
    halves = halves_of(record)
    if not halves:
        raise InputError(
            f"{record.name} has no cycles: no current flows in it for three samples in a row."
        )
    symmetric = is_symmetric(record, halves)
    halves = marked(record, halves, symmetric)
    pairs, said = cycles_of(record, halves)
    cycles = tuple(Cycle(*pair) for pair in pairs)
    notes = (*said, *remarks(record, halves, symmetric))
    return CyclesReading(record.name, cycles, symmetric, mass, area, notes)


def _si(value: str | float | None, unit: str, key: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, str):
        return parse_positive(value, unit, key)
    if not (np.isfinite(value) and value > 0):
        raise InputError(f"{key} must be a positive number of {unit}, not {value}.")
    return float(value)


def _refuse_nonsense(record: CyclingData) -> None:
    for name in ("time", "current", "voltage"):
        bad = np.flatnonzero(~np.isfinite(getattr(record, name)))
        if bad.size:
            raise InputError(
                f"{record.name}: the {name} of row {bad[0] + 1} is not a number: "
                "leave such rows out."
            )
    if (np.diff(record.time) < 0).any():
        raise InputError(f"{record.name}: time runs back: split the record there.")
