"""A record as half cycles: stretches of one direction of the current, rests left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssb_model.data.records.charge import charge_of, energy_of, mean_voltage

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData

Direction = Literal["charge", "discharge"]

FLOWS = 1e-3  # of the largest current: below it the cell rests
BEGUN = 5  # samples: their median is the current at the beginning
LEAVES = 0.05  # of that current: a sample so far off is no longer at it
LEAST = 3  # samples: fewer are the averages that an instrument stores while it switches
HELD = 3e-3  # V: a voltage that stays so near its last value is held
FALLS = 0.97  # of the constant current: below it, at a held voltage, the current is not set
FAST = 10.0  # s: samples so near a switch tell its resistance
SWITCHED = 0.05  # of the current: a change that is a switch


@dataclass(frozen=True)
class HalfCycle:
    """One direction of the current, from its first sample to its last.

    Attributes
    ----------
    rows
        Of the record, at which current flows.
    direction
        "charge" or "discharge".
    current
        Size of the constant current [A].
    charge
        That flowed [A.h].
    energy
        Of that charge [W.h].
    mean_voltage
        Averaged over the charge [V].
    end_voltage
        Last one under current [V].
    late_voltage
        Median of the second half of the samples [V]: a symmetric cell's polarisation.
    resistance
        dV/dI at the switch to this current [ohm]; None where no sample is near enough.
    held
        Whether it ends at a held voltage.
    complete
        False for one that stops short of what ends the others, or follows one that does.
    begin, end
        Time [s].
    """

    rows: np.ndarray
    direction: Direction
    current: float
    charge: float
    energy: float
    mean_voltage: float
    end_voltage: float
    late_voltage: float
    resistance: float | None
    held: bool
    complete: bool
    begin: float
    end: float


def halves_of(record: CyclingData) -> list[HalfCycle]:
    """Half cycles of a record, in order; stretches of too few samples belong to none."""
    parts = [part for part in stretches_of(record) if len(part) >= LEAST]
    return [_half(record, rows) for rows in _joined(record, parts)]


def stretches_of(record: CyclingData) -> list[np.ndarray]:
    """Rows of the stretches in which current flows in one direction, rests left out."""
    sizes = np.abs(record.current)
    flowing = np.flatnonzero(sizes > FLOWS * sizes.max(initial=0.0))
    turns = np.flatnonzero(np.diff(np.sign(record.current[flowing])) != 0) + 1
    return np.split(flowing, turns)


def _joined(record: CyclingData, parts: list[np.ndarray]) -> list[np.ndarray]:
    """Parts of one direction that follow one another, as one: what parted them was too short."""
    joined: list[np.ndarray] = []
    for part in parts:
        if joined and record.current[joined[-1][0]] * record.current[part[0]] > 0:
            joined[-1] = np.append(joined[-1], part)
        else:
            joined.append(part)
    return joined


def _half(record: CyclingData, rows: np.ndarray) -> HalfCycle:
    current, V = np.abs(record.current[rows]), record.voltage[rows]
    constant = _constant(current)
    charge = charge_of(record, rows)
    return HalfCycle(
        rows=rows,
        direction="discharge" if record.current[rows[0]] > 0 else "charge",
        current=constant,
        charge=charge,
        energy=energy_of(record, rows, charge),
        mean_voltage=mean_voltage(record, rows),
        end_voltage=float(V[-1]),
        late_voltage=float(np.median(V[len(V) // 2 :])),
        resistance=_resistance(record, int(rows[0])),
        held=_held(current, V, constant),
        complete=True,
        begin=float(record.time[rows[0]]),
        end=float(record.time[rows[-1]]),
    )


def _constant(current: np.ndarray) -> float:
    """The current before it leaves its first value, as at a voltage that is held."""
    begun = float(np.median(current[:BEGUN]))
    away = np.flatnonzero(np.abs(current / begun - 1) > LEAVES)
    left = away[away >= BEGUN]
    return float(np.median(current[: int(left[0]) if left.size else len(current)]))


def _held(current: np.ndarray, V: np.ndarray, constant: float) -> bool:
    away = np.flatnonzero(np.abs(V - V[-1]) > HELD)
    tail = current[int(away[-1]) + 1 if away.size else 0 :]
    return len(tail) >= LEAST and bool(tail[-1] < FALLS * constant)


def _resistance(record: CyclingData, row: int) -> float | None:
    if row == 0 or record.time[row] - record.time[row - 1] > FAST:
        return None
    dI = float(record.current[row] - record.current[row - 1])
    if abs(dI) < SWITCHED * abs(record.current[row]):
        return None
    return abs(float(record.voltage[row] - record.voltage[row - 1]) / dI)
