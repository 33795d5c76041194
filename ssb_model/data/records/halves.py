"""A record as half cycles: stretches of one direction of the current, rests left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from ssb_model.data.records.charge import charge_of, energy_of, mean_voltage

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData

Direction = Literal["charge", "discharge"]

FLOWS = 1e-3  # of the largest current: below it the cell rests
LEAST = 3  # samples: fewer are the averages that an instrument stores while it switches
HELD = 3e-3  # V: a voltage that stays so near its last value is held
FALLS = 0.97  # of the constant current: below it, at a held voltage, the current is not set
FAST = 10.0  # s: samples so near a switch tell its resistance
SWITCHED = 0.05  # of the current: a change that is a switch
EDGE = 0.05  # of the window of voltage, or of the charge: a half cycle so much short is partial


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
        False for a first or last one that the record shows in part.
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
    """Half cycles of a record, in order; too short ones belong to no one."""
    sizes = np.abs(record.current)
    flowing = np.flatnonzero(sizes > FLOWS * sizes.max(initial=0.0))
    if not flowing.size:
        return []
    turns = np.flatnonzero(np.diff(np.sign(record.current[flowing])) != 0) + 1
    parts = [part for part in np.split(flowing, turns) if len(part) >= LEAST]
    halves = [_half(record, part) for part in parts]
    return [_marked(record, halves, k) for k in range(len(halves))]


def _half(record: CyclingData, rows: np.ndarray) -> HalfCycle:
    current, V = np.abs(record.current[rows]), record.voltage[rows]
    constant = float(np.median(current[: max(LEAST, len(rows) // 5)]))
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


def _marked(record: CyclingData, halves: list[HalfCycle], k: int) -> HalfCycle:
    """The half cycle with its mark: the first and the last may be shown in part."""
    half = halves[k]
    alike = [h for n, h in enumerate(halves) if n != k and h.direction == half.direction]
    if not alike or k not in (0, len(halves) - 1):
        return half
    short = half.charge < (1 - EDGE) * np.median([h.charge for h in alike])
    first, last = half.rows[0] == 0, half.rows[-1] == len(record.time) - 1
    if _timed(alike):
        return replace(half, complete=not (short and (first or last)))
    window = float(np.ptp([h.end_voltage for h in halves])) or 1.0
    starts = np.median([record.voltage[h.rows[0]] for h in alike])
    ends = np.median([h.end_voltage for h in alike])
    begun = first and abs(record.voltage[half.rows[0]] - starts) > 2 * EDGE * window
    cut = last and abs(half.end_voltage - ends) > EDGE * window
    return replace(half, complete=not (begun or cut))


def _timed(alike: list[HalfCycle]) -> bool:
    """Whether half cycles end by the clock: all last as long."""
    durations = np.array([h.end - h.begin for h in alike])
    return len(durations) > 1 and bool(np.ptp(durations) < EDGE * np.median(durations))
