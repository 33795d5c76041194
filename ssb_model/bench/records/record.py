"""Records of cells under current as rows, warnings and figures: ramps, cycling, rate tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student

from ssb_model.bench.figures import Drawn, column_style, new_column
from ssb_model.bench.findings import Findings
from ssb_model.bench.folder import BenchFile, Facts
from ssb_model.bench.records.ramps import ramp_figure, ramp_rows
from ssb_model.bench.table import Row
from ssb_model.constants import HOUR, TO_MA, TO_MA_CM2, TO_MV, TO_OHM_CM2, ZERO_CELSIUS
from ssb_model.data import CyclingData
from ssb_model.data.records import (
    Cycle,
    CyclesReading,
    Rate,
    kind_of,
    rates_of,
    read_cycles,
    read_ramp,
)
from ssb_model.plotting import COATED, PAPER

CAPACITY = "discharge capacity"


def record_result(file: BenchFile, record: CyclingData, facts: Facts) -> Findings:
    """Rows, warnings and figures of one record, by what it is."""
    result = Findings()
    reading = read_cycles(record, mass=facts.active_mass, area=facts.area)
    kind = kind_of(record, reading)
    if kind == "ramp":
        _ramp(file, record, facts, result)
    elif kind == "symmetric cycling":
        _polarisation(file, reading, facts, result)
    elif kind == "rate test":
        _rates(file, reading, facts, result)
    else:
        _capacities(file, reading, facts, result)
    if not reading.symmetric:
        result.warnings += [f"{record.name}: {note}" for note in reading.notes]
    return result


def _at(file: BenchFile) -> str:
    """Temperature of a file, where it is known."""
    known = file.temperature
    return "" if known is None else f"{known - ZERO_CELSIUS:.4g} degC"


def _ramp(file: BenchFile, record: CyclingData, facts: Facts, result: Findings) -> None:
    area, reading = facts.area or np.nan, read_ramp(record)
    result.rows += ramp_rows(file.cell, _at(file), reading, area)
    result.draw(lambda: ramp_figure(file.cell, record, reading, area), record.name)
    if reading.failure == "open circuit":
        result.warnings.append(
            f"{record.name}: the cell failed by an open circuit, not by a short: the voltage ran "
            "away, as it does when voids cut the contact off."
        )


def _polarisation(file: BenchFile, reading: CyclesReading, facts: Facts, result: Findings) -> None:
    """Polarisation of the first and the last whole cycle, and the resistance that it makes."""
    whole = [cycle for cycle in reading.cycles if cycle.complete]
    if not whole:
        return
    area = facts.area or np.nan
    for word, cycle in (("first", whole[0]), ("last", whole[-1])):
        V, current = _voltage(cycle)
        J = TO_MA_CM2 * current / area
        where = ", ".join(filter(None, (_at(file), f"{J:.3g} mA/cm2, {word} cycle")))
        per_area = TO_OHM_CM2 * V * area / current
        rows = (("polarisation", TO_MV * V, "mV"), ("total resistance", per_area, "ohm cm2"))
        for quantity, value, unit in rows:
            result.rows.append(Row(file.cell, quantity, where, value, None, None, unit))
    result.draw(lambda: _polarisation_figure(file, reading, whole), reading.name)


def _polarisation_figure(file: BenchFile, reading: CyclesReading, whole: Sequence[Cycle]) -> Drawn:
    hours = np.array([_begin(cycle) / HOUR for cycle in whole])
    mV = np.array([TO_MV * _voltage(cycle)[0] for cycle in whole])
    with column_style():
        figure, axes = new_column(2.2)
        axes.plot(hours, mV, "o", color=PAPER, ms=2)
        axes.set(
            xlabel="time [h]", ylabel="polarisation [mV]", title=f"{file.cell}: {reading.name}"
        )
        axes.set_ylim(0, 1.15 * mV.max())
    data = {"": {"Time [h]": hours, "Polarisation [mV]": mV}}
    return Drawn(f"cycling {file.cell} {reading.name}", figure, data)


def _voltage(cycle: Cycle) -> tuple[float, float]:
    """Mean size of a cycle's voltage [V], and of its current [A]."""
    halves = [half for half in (cycle.charge, cycle.discharge) if half is not None]
    V = np.mean([abs(half.late_voltage) for half in halves])
    return float(V), float(np.mean([half.current for half in halves]))


def _begin(cycle: Cycle) -> float:
    return min(half.begin for half in (cycle.charge, cycle.discharge) if half is not None)


def _unit(facts: Facts) -> tuple[str, float]:
    """In which a capacity is written, and the factor from A.h to it."""
    if facts.active_mass:
        return "mAh/g", 1 / facts.active_mass
    return ("mAh/cm2", TO_MA / (TO_OHM_CM2 * facts.area)) if facts.area else ("mAh", TO_MA)


def _rates(file: BenchFile, reading: CyclesReading, facts: Facts, result: Findings) -> None:
    """Capacity at each rate: the mean over its whole cycles, with Student's interval."""
    found = rates_of(reading, facts.nominal_capacity)
    unit, factor = _unit(facts)
    if not facts.active_mass:
        result.warnings.append(
            f"{reading.name}: capacities are in {unit}: no active_mass is stated for mAh/g."
        )
    for rate in found.rates:
        where = _rate_name(rate)
        note = f"mean of {len(rate.cycles)} cycles; {found.said}"
        half = _student(rate)
        ends = (None, None) if half is None else (rate.capacity - half, rate.capacity + half)
        low, high = (None if end is None else factor * end for end in ends)
        value = factor * rate.capacity
        if np.isfinite(value):
            result.rows.append(Row(file.cell, CAPACITY, where, value, low, high, unit, note))
    result.draw(lambda: _capacity_figure(file, reading, unit, factor), reading.name)


def _rate_name(rate: Rate) -> str:
    return f"{TO_MA * rate.current:.4g} mA" if rate.c_rate is None else f"{rate.c_rate:g}C"


def _student(rate: Rate) -> float | None:
    """Half the 95 % interval of a mean [A.h]; None of a single cycle."""
    n = len(rate.cycles)
    return float(student.ppf(0.975, n - 1) * rate.deviation / np.sqrt(n)) if n > 1 else None


def _capacities(file: BenchFile, reading: CyclesReading, facts: Facts, result: Findings) -> None:
    """First and last capacity of long cycling, retention and mean efficiency."""
    whole = [c for c in reading.cycles if c.complete and c.discharge is not None]
    if not whole:
        return
    unit, factor = _unit(facts)
    first, last = (c.discharge.charge for c in (whole[0], whole[-1]) if c.discharge)
    rows = [
        (CAPACITY, f"cycle {whole[0].number}", factor * first, unit),
        (CAPACITY, f"cycle {whole[-1].number}", factor * last, unit),
        ("capacity retention", f"{len(whole)} cycles", 100 * last / first, "%"),
    ]
    efficiency = [c.efficiency for c in whole if c.efficiency is not None]
    if efficiency:
        mean = 100 * float(np.mean(efficiency))
        rows.append(("mean Coulombic efficiency", f"{len(efficiency)} cycles", mean, "%"))
    for quantity, where, value, of in rows:
        result.rows.append(Row(file.cell, quantity, where, value, None, None, of))
    result.draw(lambda: _capacity_figure(file, reading, unit, factor), reading.name)


def _capacity_figure(file: BenchFile, reading: CyclesReading, unit: str, factor: float) -> Drawn:
    pairs = [(c.number, factor * c.discharge.charge) for c in reading.cycles if c.discharge]
    number, capacity = np.array(pairs).reshape(-1, 2).T
    with column_style():
        figure, axes = new_column(2.2)
        axes.plot(number, capacity, "o", color=COATED)
        title = f"{file.cell}: {reading.name}"
        axes.set(xlabel="cycle", ylabel=f"discharge capacity [{unit}]", title=title)
        axes.set_ylim(bottom=0)
    data = {"": {"Cycle": number, f"Discharge capacity [{unit}]": capacity}}
    return Drawn(f"capacity {file.cell} {reading.name}", figure, data)
