"""Measurements that could come next: those of the study file, or the usual ones of its cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssb_model.study.kinds import (
    Experiment,
    ExperimentTable,
    ImpedanceTable,
    Polarisation,
    PolarisationTable,
    RateTable,
    RateTest,
    Source,
    Spectrum,
    Stripping,
    StrippingTable,
    VoltageRecord,
    VoltageTable,
)

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell
    from ssb_model.study.study import Study

TEMPERATURES = (0, 25, 40, 60, 80)  # degC
SAME_TEMPERATURE = 2.0  # K: closer ones count as one
REACH = 3.0  # a measurement of nearly the same range ends within this factor of it
RANGES = {
    Spectrum: "frequency",
    Polarisation: "current_density",
    RateTest: "c_rate",
    Stripping: "current_density",
    VoltageRecord: "currents",
}
Ranged = Spectrum | Polarisation | RateTest | Stripping | VoltageRecord


def candidates(study: Study) -> tuple[Experiment, ...]:
    """The study's own candidates, else the usual ones that it does not have yet."""
    if study.candidates:
        return study.candidates
    return tuple(
        candidate
        for cell in study.cells.values()
        for table in _usual(cell)
        for candidate in table.read(Source("candidates", 0, study.path.parent, cell, True))
        if not any(_alike(candidate, measured) for measured in study.experiments)
    )


def _usual(cell: StudyCell) -> Iterator[ExperimentTable]:
    """Tables of the usual measurements of a cell."""
    yield from (_spectrum(cell.name, T) for T in TEMPERATURES)
    if cell.type == "symmetric":
        yield PolarisationTable(
            kind="polarisation",
            cell=cell.name,
            name=f"polarisation of {cell.name} at 25 °C, 1 h each at 0.1, 0.5 and 1 mA/cm2",
            current_density=["0.1 mA/cm2", "0.5 mA/cm2", "1 mA/cm2"],
            duration="1 h",
            noise="0.5 mV",
        )
        if cell.completed_options["contact loss"] != "none":
            yield _stripping(cell.name)
    elif cell.type == "full":
        yield _pulses(cell)
        yield RateTable(
            kind="rate",
            cell=cell.name,
            name=f"rate test of {cell.name} at 25 °C, 0.1C to 1C, each after a full charge",
            c_rate=[0.1, 0.2, 0.5, 1.0],
            charge="full",
            noise="1 mAh/g",
        )


def _pulses(cell: StudyCell) -> VoltageTable:
    """Discharge pulses from the charged state, each followed by a rest."""
    pulse = 0.3 * float(cell.values["Nominal cell capacity [A.h]"])
    return VoltageTable(
        kind="voltage",
        cell=cell.name,
        name=f"pulses of {cell.name} at 25 °C, three of 20 min at 0.3C with 20 min of rest",
        steps=[[f"{pulse:.9g} A", "20 min"], ["0 A", "20 min"]],
        repeat=3,
        points=120,
        noise="1 mV",
    )


def _stripping(cell: str) -> StrippingTable:
    return StrippingTable(
        kind="one-way stripping",
        cell=cell,
        name=f"one-way stripping of {cell} at 25 °C, 0.2, 0.5 and 1 mA/cm2",
        current_density=["0.2 mA/cm2", "0.5 mA/cm2", "1 mA/cm2"],
        noise="10 %",
    )


def _spectrum(cell: str, temperature: float) -> ImpedanceTable:
    return ImpedanceTable(
        kind="impedance",
        cell=cell,
        name=f"spectrum of {cell} at {temperature} °C, 10 mHz to 7 MHz",
        temperature=f"{temperature} degC",
        frequencies=["10 mHz", "7 MHz"],
        noise="0.5 %",
    )


def _alike(candidate: Experiment, measured: Experiment) -> bool:
    """Whether a measurement is the candidate already: same cell, temperature, range."""
    if not (isinstance(candidate, Ranged) and isinstance(measured, Ranged)):
        return False
    if type(measured) is not type(candidate) or measured.cell != candidate.cell:
        return False
    if abs(measured.temperature - candidate.temperature) > SAME_TEMPERATURE:
        return False
    wanted, had = (getattr(e, RANGES[type(candidate)]) for e in (candidate, measured))
    return had.min() <= REACH * wanted.min() and had.max() >= wanted.max() / REACH
