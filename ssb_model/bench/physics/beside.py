"""Circuit and physics side by side: the table has the physics where it meets the spectra.

The physics takes all spectra of a cell together, so that its intervals are narrower: one
inductance and one resistance of the leads, arcs of one shape, contacts that scatter about one
Arrhenius law and drift a little during a sweep. Where it misses a spectrum, and where there is no
interface arc to start from, the circuit's numbers stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ssb_model.bench.physics.numbers import Physical
from ssb_model.bench.spectra import INTERFACE, SCATTER, condition
from ssb_model.bench.table import Row
from ssb_model.constants import FARADAY, TO_KJ, TO_MS_CM, TO_OHM_CM2, TO_UF_CM2, TO_UH

if TYPE_CHECKING:
    from ssb_model.bench.arrhenius import Interval
    from ssb_model.bench.folder import Facts
    from ssb_model.bench.spectra import Measured
    from ssb_model.study import StudyFit

ACCURATE = 0.01  # of |Z|: a misfit below this moves no resistance by more than its own size
#: quantity, condition and unit of a row, which name it within its cell
Key = tuple[str, str, str]
LEADS = "leads: a circuit of one spectrum cannot tell their resistance from the electrolyte's"
SHAPE = "arcs that overlap: the physics holds their shape alike at all temperatures"


def beside(
    cell: str, rows: Sequence[Row], fit: StudyFit, spectra: Sequence[Measured], facts: Facts
) -> tuple[list[Row], list[str]]:
    """The rows of a cell with the physics beside the circuits, and what is to be said of both.

    Parameters
    ----------
    cell
        Its name.
    rows
        Of its circuits.
    fit
        Of its study.
    spectra
        In the order of the study's.
    facts
        Names the electrolyte.
    """
    missed = set(fit.missed)
    used = [e.name not in missed or fit.noise[e.name] < ACCURATE for e in fit.study.fitted]
    warnings = [
        f"{one.name}: the physics misses this spectrum, its circuit stands alone."
        for one, met in zip(spectra, used, strict=True)
        if not met
    ]
    if sum(used) * 2 <= len(used):
        return list(rows), warnings
    found = dict(_physical(Physical(fit), spectra, used, facts))
    merged = [_merged(row, found.get(_key(row))) for row in rows]
    warnings += [sentence for row in merged if (sentence := apart(cell, row, facts))]
    return merged, warnings


def _key(row: Row) -> Key:
    """Of what holds for all temperatures the condition does not count."""
    over_all = "energy" in row.quantity or "scatter" in row.quantity
    return row.quantity, "" if over_all else row.condition, row.unit


def _physical(
    of: Physical, spectra: Sequence[Measured], used: Sequence[bool], facts: Facts
) -> Iterator[tuple[Key, tuple[Interval, float]]]:
    """Intervals in SI with the factor to the row's unit, by the row's key."""
    sigma = f"{facts.electrolyte} conductivity"
    for e, one, met in zip(of.spectra, spectra, used, strict=True):
        if not met:
            continue
        where = condition(one, spectra)
        yield (sigma, where, "mS/cm"), (of.conductivity(e), TO_MS_CM)
        if not of.blocks:
            R, C = of.interface(e), of.capacitance(e)
            yield (INTERFACE, where, "ohm cm2"), (R, TO_OHM_CM2)
            yield ("interface resistance, both faces", where, "ohm cm2"), (R, 2 * TO_OHM_CM2)
            yield ("interface capacitance per face", where, "uF/cm2"), (C, TO_UF_CM2)
    if of.by_temperature:
        yield from _in_both_units(f"{facts.electrolyte} activation energy", of.electrolyte_energy())
        if not of.blocks:
            yield from _in_both_units("interface activation energy", of.interface_energy())
            yield (SCATTER, "", "%"), (of.scatter(), 1.0)
    for name, unit, factor in (("resistance [Ohm]", "ohm", 1.0), ("inductance [H]", "uH", TO_UH)):
        interval = of.leads(name)
        if interval is not None:
            yield (f"lead {name.partition(' ')[0]}", "", unit), (interval, factor)


def _in_both_units(quantity: str, energy: Interval) -> Iterator[tuple[Key, tuple[Interval, float]]]:
    for unit, factor in (("eV", 1 / FARADAY), ("kJ/mol", TO_KJ)):
        yield (quantity, "", unit), (energy, factor)


def _merged(row: Row, found: tuple[Interval, float] | None) -> Row:
    """A row with the physics as its value and the circuit beside it."""
    if found is None:
        return row
    interval, factor = found
    open_before = row.value is None
    return replace(
        Row.of(row.cell, row.quantity, row.condition, interval, row.unit, factor),
        note="not determined by the circuit of this spectrum" if open_before else row.note,
        circuit=row.value,
        circuit_lower95=row.lower95,
        circuit_upper95=row.upper95,
    )


def apart(cell: str, row: Row, facts: Facts) -> str:
    """A sentence where the two intervals do not overlap."""
    numbers = (row.lower95, row.upper95, row.circuit_lower95, row.circuit_upper95)
    if row.unit == "eV" or any(number is None for number in numbers):
        return ""
    low, high, circuit_low, circuit_high = (float(number or 0.0) for number in numbers)
    if low <= circuit_high and circuit_low <= high:
        return ""
    why = LEADS if row.quantity.startswith(facts.electrolyte) else SHAPE
    where = f" at {row.condition}" if row.condition else ""
    return (
        f"{cell}: {row.quantity}{where} is {low:.4g} to {high:.4g} {row.unit} by the physics and "
        f"{circuit_low:.4g} to {circuit_high:.4g} by the circuit. Look at {why}."
    )
