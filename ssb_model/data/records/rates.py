"""C-rates of a record: its currents over a nominal capacity, given or inferred.

The currents' ratios alone leave the scale open. Where the capacity is not given it is inferred: of
the scales that put every current on a customary rate, those are possible whose nominal capacity is
about what the slowest cycles hold. Where more than one is, none is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import TO_MA, TO_MA_CM2
from ssb_model.errors import InputError
from ssb_model.library import parse_positive

if TYPE_CHECKING:
    import pandas as pd

    from ssb_model.data.records.cycles import Cycle, CyclesReading

CUSTOMARY = (0.02, 0.05, 0.1, 0.2, 0.25, 0.3, 0.33, 0.4, 0.5, 0.6, 0.75, 0.8)
CUSTOMARY += (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 50.0)
ALIKE = 0.02  # of a current: cycles of one rate
NEAR = 0.02  # of a rate: a current so near to a customary one has it
HELD = (0.85, 1.3)  # nominal over the slowest cycles' capacity: a cell holds about its nominal one
ROUND = (0.1, 1.0)  # rates that nearly every test has: one of them must occur


@dataclass(frozen=True)
class Rate:
    """The cycles of one current, wherever in the record.

    Attributes
    ----------
    c_rate
        None where the nominal capacity is open.
    current
        On discharge [A].
    capacity
        Mean of the whole discharges [A.h]; nan without one.
    deviation
        Their standard deviation [A.h]; nan of fewer than two.
    cycles
        Numbers of those with a whole discharge.
    """

    c_rate: float | None
    current: float
    capacity: float
    deviation: float
    cycles: tuple[int, ...]


@dataclass(frozen=True, repr=False)
class RatesReading:
    """Rates of a record; ``nominal`` [A.h], and a sentence that says where it is from."""

    name: str
    rates: tuple[Rate, ...]
    nominal: float | None
    said: str
    mass: float | None = None
    area: float | None = None

    def to_dataframe(self) -> pd.DataFrame:
        """A row a rate; each column's name says its unit."""
        import pandas as pd

        units = [("mAh", TO_MA)]
        units += [("mAh/g", 1 / self.mass)] if self.mass else []
        units += [("mAh/cm2", TO_MA_CM2 / self.area)] if self.area else []
        rows = []
        for rate in self.rates:
            c_rate = np.nan if rate.c_rate is None else rate.c_rate
            row: dict[str, float] = {"C-rate": c_rate, "current [mA]": TO_MA * rate.current}
            for unit, factor in units:
                row |= {
                    f"capacity [{unit}]": factor * rate.capacity,
                    f"sd [{unit}]": factor * rate.deviation,
                }
            rows.append(row | {"n": len(rate.cycles)})
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        table = self.to_dataframe().to_string(index=False, float_format="{:.4g}".format, na_rep="-")
        return f"{self.name}: rates\n{table}\n{self.said}"

    def _repr_html_(self) -> str:
        table = self.to_dataframe().to_html(index=False, border=0, float_format="{:.4g}".format)
        return f"<p>{escape(self.name)}: rates</p>{table}<p>{escape(self.said)}</p>"


def rates_of(reading: CyclesReading, capacity: str | float | None = None) -> RatesReading:
    """Group the cycles of a record by their current, and name the C-rates.

    Parameters
    ----------
    reading
        Of :func:`read_cycles`.
    capacity
        Nominal, as "0.4 mAh", or a number in A.h; with a mass as "170 mAh/g" too. None to infer it.

    Raises
    ------
    InputError
        If the cell is symmetric, has no discharge, or the capacity is no positive number.
    """
    if reading.symmetric:
        raise InputError(f"{reading.name} is a symmetric cell's: it has no capacity, so no rates.")
    groups = _groups(reading)
    if not groups:
        raise InputError(f"{reading.name} has no discharge, so no rates.")
    currents = np.array([_current(group) for group in groups])
    if capacity is None:
        slow = int(np.argmin(currents))
        nominal, said = _inferred(currents, _capacities(groups[slow]))
    else:
        nominal = _nominal(reading, capacity)
        said = f"C-rates by the given capacity, {TO_MA * nominal:.4g} mAh."
    rates = tuple(
        _rate(group, None if nominal is None else float(current) / nominal)
        for group, current in zip(groups, currents, strict=True)
    )
    return RatesReading(reading.name, rates, nominal, said, reading.mass, reading.area)


def _groups(reading: CyclesReading) -> list[list[Cycle]]:
    """Cycles with a discharge, those of one current together, in the order they first occur."""
    groups: list[list[Cycle]] = []
    for cycle in reading.cycles:
        if cycle.discharge is None:
            continue
        I = cycle.discharge.current
        alike = [group for group in groups if abs(I / _current(group) - 1) <= ALIKE]
        if alike:
            alike[0].append(cycle)
        else:
            groups.append([cycle])
    return groups


def _current(group: list[Cycle]) -> float:
    return float(np.median([c.discharge.current for c in group if c.discharge is not None]))


def _capacities(group: list[Cycle]) -> np.ndarray:
    halves = (cycle.discharge for cycle in group)
    return np.array([half.charge for half in halves if half is not None and half.complete])


def _rate(group: list[Cycle], c_rate: float | None) -> Rate:
    Q = _capacities(group)
    numbers = tuple(c.number for c in group if c.discharge is not None and c.discharge.complete)
    mean = float(Q.mean()) if Q.size else np.nan
    deviation = float(Q.std(ddof=1)) if Q.size > 1 else np.nan
    label = None if c_rate is None else _customary(c_rate)
    return Rate(label, _current(group), mean, deviation, numbers)


def _customary(c_rate: float) -> float:
    """The customary rate that is near, or the rate as it is, to three digits."""
    nearest = min(CUSTOMARY, key=lambda one: abs(np.log(one / c_rate)))
    return nearest if abs(nearest / c_rate - 1) <= NEAR else float(f"{c_rate:.3g}")


def _nominal(reading: CyclesReading, capacity: str | float) -> float:
    if isinstance(capacity, str):
        if "g" in capacity.rpartition("/")[2] and "/" in capacity:
            if reading.mass is None:
                raise InputError("capacity is per mass, and read_cycles was given no mass.")
            return reading.mass * parse_positive(capacity, "A.h.kg-1", "capacity")
        return parse_positive(capacity, "A.h", "capacity")
    if not (np.isfinite(capacity) and capacity > 0):
        raise InputError(f"capacity must be a positive number of A.h, not {capacity}.")
    return float(capacity)


def _inferred(currents: np.ndarray, slowest: np.ndarray) -> tuple[float | None, str]:
    """The nominal capacity [A.h] that the currents' ratios and the slowest cycles leave."""
    if not slowest.size:
        return None, "No whole discharge at the smallest current: give the nominal capacity."
    if np.ptp(currents) <= ALIKE * currents.max():
        return None, "One current only: give the nominal capacity to name the C-rate."
    Q, found = float(np.mean(slowest)), []
    for rate in CUSTOMARY:
        nominal = float(currents.min()) / rate
        rates = currents / nominal
        labels = np.array([min(CUSTOMARY, key=lambda c, r=r: abs(np.log(c / r))) for r in rates])
        fits = (np.abs(labels / rates - 1) <= NEAR).all() and np.isin(ROUND, labels).any()
        if fits and HELD[0] * Q <= nominal <= HELD[1] * Q:
            found.append(float(np.median(currents / labels)))
    if len(found) == 1:
        return found[0], (
            f"C-rates by a capacity of {TO_MA * found[0]:.4g} mAh, inferred from the ratios of the "
            f"currents and the {TO_MA * Q:.4g} mAh of the slowest cycles."
        )
    why = "several capacities" if found else "no capacity"
    return None, (
        f"Of the ratios of the currents and the {TO_MA * Q:.4g} mAh of the slowest cycles, {why} "
        "would make customary C-rates: give the nominal capacity."
    )
