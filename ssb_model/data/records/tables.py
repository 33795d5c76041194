"""A reading of cycles as a table in the field's units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.constants import TO_MA, TO_MA_CM2, TO_MV, TO_OHM_CM2

if TYPE_CHECKING:
    import pandas as pd

    from ssb_model.data.records.cycles import Cycle, CyclesReading
    from ssb_model.data.records.halves import HalfCycle


def table_of(reading: CyclesReading) -> pd.DataFrame:
    """A row a cycle."""
    import pandas as pd

    row = _polarisation if reading.symmetric else _capacities
    return pd.DataFrame([row(cycle, reading) for cycle in reading.cycles])


def growth_of(cycles: Sequence[Cycle]) -> float | None:
    """Slope [V/s] of the polarisation of whole cycles; None of fewer than three."""
    whole = [cycle for cycle in cycles if cycle.complete]
    if len(whole) < 3:
        return None
    t = [(half.begin + half.end) / 2 for c in whole for half in (c.charge, c.discharge) if half]
    V = [abs(half.late_voltage) for c in whole for half in (c.charge, c.discharge) if half]
    return float(np.polyfit(t, V, 1)[0])


def _capacities(cycle: Cycle, reading: CyclesReading) -> dict[str, Any]:
    charge, discharge = cycle.charge, cycle.discharge
    row: dict[str, Any] = {"cycle": cycle.number} | _current(cycle, reading)
    units = [("mAh", TO_MA)]
    units += [("mAh/g", 1 / reading.mass)] if reading.mass else []
    units += [("mAh/cm2", TO_MA_CM2 / reading.area)] if reading.area else []
    for unit, factor in units:
        for half, way in ((charge, "charge"), (discharge, "discharge")):
            row[f"{way} [{unit}]"] = _of(half, "charge", factor)
    efficiency = cycle.efficiency
    row |= {
        "Coulombic efficiency [%]": np.nan if efficiency is None else 100 * efficiency,
        "mean charge [V]": _of(charge, "mean_voltage"),
        "mean discharge [V]": _of(discharge, "mean_voltage"),
        "hysteresis [V]": np.nan if cycle.hysteresis is None else cycle.hysteresis,
        "charge [mWh]": _of(charge, "energy", TO_MA),
        "discharge [mWh]": _of(discharge, "energy", TO_MA),
        "end of charge [V]": _of(charge, "end_voltage"),
        "end of discharge [V]": _of(discharge, "end_voltage"),
        "dV/dI charge [ohm]": _of(charge, "resistance"),
        "dV/dI discharge [ohm]": _of(discharge, "resistance"),
    }
    return row | {"whole": cycle.complete}


def _polarisation(cycle: Cycle, reading: CyclesReading) -> dict[str, Any]:
    row: dict[str, Any] = {"cycle": cycle.number} | _current(cycle, reading)
    halves = ((cycle.charge, "charge"), (cycle.discharge, "discharge"))
    for half, way in halves:
        row[f"polarisation, {way} [mV]"] = _of(half, "late_voltage", TO_MV)
        row[f"end, {way} [mV]"] = _of(half, "end_voltage", TO_MV)
    for half, way in halves:
        R = np.nan if half is None else abs(half.late_voltage) / half.current
        row[f"V/I, {way} [ohm]"] = R
        if reading.area:
            row[f"V/I, {way} [ohm cm2]"] = TO_OHM_CM2 * R * reading.area
        row[f"dV/dI, {way} [ohm]"] = _of(half, "resistance")
    return row | {"whole": cycle.complete}


def _current(cycle: Cycle, reading: CyclesReading) -> dict[str, float]:
    current = max(half.current for half in (cycle.charge, cycle.discharge) if half is not None)
    row = {"current [mA]": TO_MA * current}
    return row | ({"current [mA/cm2]": TO_MA_CM2 * current / reading.area} if reading.area else {})


def _of(half: HalfCycle | None, name: str, factor: float = 1.0) -> float:
    value = None if half is None else getattr(half, name)
    return np.nan if value is None else factor * value
