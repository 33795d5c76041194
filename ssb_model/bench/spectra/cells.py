"""Spectra of a cell at its temperatures as rows of the table, warnings and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.bench.arrhenius import Arrhenius
from ssb_model.bench.figures import Curve, arrhenius, nyquist
from ssb_model.bench.findings import Findings
from ssb_model.bench.spectra.circuit_table import ElementRow, circuit_rows
from ssb_model.bench.spectra.separated import Separated
from ssb_model.bench.table import Row
from ssb_model.constants import (
    FARADAY,
    TO_KJ,
    TO_MS_CM,
    TO_OHM_CM2,
    TO_UF_CM2,
    TO_UH,
    ZERO_CELSIUS,
)

if TYPE_CHECKING:
    from ssb_model.bench.folder import Facts
    from ssb_model.circuits import CircuitFit
    from ssb_model.data import ImpedanceData

LEADS = 2.0  # ohm: what leads and current collectors add, the sd of a half normal
DETERMINED = 0.3  # a standard error above this share of the value leaves it open
WIDE = 1.0  # likewise, of a one-sided 95 % width
INTERFACE = "interface resistance per face"
CONDUCTIVITY = "conductivity"
SCATTER = "scatter of the interface between temperatures"


@dataclass(frozen=True)
class Measured:
    """A spectrum of a cell, its temperature and what its circuit says.

    Attributes
    ----------
    name
        Of its dataset.
    temperature
        K.
    separated
        Its resistances.
    curve
        To be drawn.
    data
        As it was read.
    circuit
        Fitted to it.
    """

    name: str
    temperature: float
    separated: Separated
    curve: Curve
    data: ImpedanceData
    circuit: CircuitFit


@dataclass
class CellFindings(Findings):
    """What the spectra of a cell say.

    Attributes
    ----------
    lines
        Resistances over temperature by quantity, with the factor to the table's unit.
    circuits
        Elements of every spectrum's circuit.
    """

    lines: dict[str, tuple[Arrhenius, float]] = field(default_factory=dict)
    circuits: list[ElementRow] = field(default_factory=list)


def cell_result(cell: str, spectra: list[Measured], facts: Facts) -> CellFindings:
    """Rows, warnings and figures of the spectra of one cell."""
    result = CellFindings()
    ordered = sorted(spectra, key=lambda one: one.temperature)
    for one in ordered:
        result.warnings += one.separated.warnings
    curves = [replace(one.curve, label=condition(one, ordered)) for one in ordered]
    result.draw(lambda: nyquist(cell, curves), cell)
    where = [condition(one, ordered) for one in ordered]
    result.circuits += circuit_rows(cell, [one.circuit for one in ordered], where)
    _interface(cell, ordered, facts, result)
    _electrolyte(cell, ordered, facts, result)
    inductance = [one.circuit["L"] for one in ordered]
    known = [TO_UH * one.value for one in inductance if one.determined]
    if known:
        value, note = float(np.median(known)), "median of the spectra"
        result.rows.append(Row(cell, "lead inductance", "", value, None, None, "uH", note))
    return result


def _interface(cell: str, spectra: list[Measured], facts: Facts, result: CellFindings) -> None:
    with_arc = []
    for one in spectra:
        R, error = one.separated.interface, one.separated.interface_error
        if R is None or error is None:
            continue
        if error < DETERMINED * R:
            with_arc.append(one)
        else:
            where = condition(one, spectra)
            result.rows.append(_open_row(cell, INTERFACE, where, "ohm cm2"))
    if not with_arc:
        return
    area = _known(facts.area)
    fit = Arrhenius(
        np.array([one.temperature for one in with_arc]),
        np.array([one.separated.interface for one in with_arc]),
        np.array([one.separated.interface_error for one in with_arc]),
    )
    per_face = area / 2 * TO_OHM_CM2
    for k, one in enumerate(with_arc):
        where = condition(one, spectra)
        interval = fit.own(k).interval()
        result.rows.append(Row.of(cell, INTERFACE, where, interval, "ohm cm2", per_face))
        both = "interface resistance, both faces"
        result.rows.append(Row.of(cell, both, where, interval, "ohm cm2", 2 * per_face))
        if one.separated.capacitance is not None:
            value = 2 * TO_UF_CM2 * one.separated.capacitance / area
            larger = ", of the larger arc" if one.separated.faces[1:] else ""
            note = f"effective, tau/R (Hsu and Mansfeld){larger}"
            capacitance = "interface capacitance per face"
            result.rows.append(Row(cell, capacitance, where, value, None, None, "uF/cm2", note))
    result.lines[INTERFACE] = (fit, per_face)
    _energy(cell, "interface activation energy", fit, "slope of ln(1/R)", result)
    _scatter(cell, fit, result)


def _electrolyte(cell: str, spectra: list[Measured], facts: Facts, result: CellFindings) -> None:
    if facts.thickness is None:
        return
    fit = Arrhenius(
        np.array([one.temperature for one in spectra]),
        np.array([one.separated.electrolyte for one in spectra]),
        np.array([one.separated.electrolyte_error for one in spectra]),
        leads=LEADS,
        power=1,
    )
    factor = TO_MS_CM * facts.thickness / _known(facts.area)
    conductivity = f"{facts.electrolyte} {CONDUCTIVITY}"
    for k, one in enumerate(spectra):
        own = fit.own(k).interval()
        if own.upper - own.value > WIDE * own.value or own.lower <= 0:
            where = condition(one, spectra)
            result.rows.append(_open_row(cell, conductivity, where, "mS/cm"))
            continue
        interval = fit.own(k).interval(lambda R: factor / R)
        note = f"leads of {fit.lead_resistance.value:.2g} ohm taken off"
        where = condition(one, spectra)
        result.rows.append(Row.of(cell, conductivity, where, interval, "mS/cm", note=note))
    result.lines[CONDUCTIVITY] = (fit, -factor)
    _energy(cell, f"{facts.electrolyte} activation energy", fit, "slope of ln(sigma T)", result)
    note = "parted from the garnet by the Arrhenius line; prior: half normal, 2 ohm"
    result.rows.append(Row.of(cell, "lead resistance", "", fit.lead_resistance, "ohm", note=note))


def _open_row(cell: str, quantity: str, condition: str, unit: str) -> Row:
    """A row without a number: what the spectrum does not determine."""
    note = "not determined by this spectrum"
    return Row(cell, quantity, condition, None, None, None, unit, note)


def _energy(cell: str, quantity: str, fit: Arrhenius, note: str, result: CellFindings) -> None:
    """Rows of an activation energy, in both units, if there are two temperatures."""
    T = fit.temperature - ZERO_CELSIUS
    if len(np.unique(np.round(T, 1))) < 2:
        return
    where = f"{T.min():g} to {T.max():g} degC"
    for unit, factor in (("eV", 1 / FARADAY), ("kJ/mol", TO_KJ)):
        result.rows.append(Row.of(cell, quantity, where, fit.energy, unit, factor, note))
    if len(T) < 3:
        result.warnings.append(
            f"{cell}: {quantity} from two temperatures: nothing shows how far they scatter."
        )


def _scatter(cell: str, fit: Arrhenius, result: CellFindings) -> None:
    if len(fit.temperature) > 2:
        T = fit.temperature - ZERO_CELSIUS
        where = f"{T.min():g} to {T.max():g} degC"
        result.rows.append(Row.of(cell, SCATTER, where, fit.scatter, "%", 100.0))


def condition(one: Measured, spectra: Sequence[Measured]) -> str:
    """The temperature, and the file where several have the same."""
    alike = sum(abs(other.temperature - one.temperature) < 0.05 for other in spectra) > 1
    text = f"{one.temperature - ZERO_CELSIUS:.4g} degC"
    return f"{text}, {one.name}" if alike else text


def _known(value: float | None) -> float:
    assert value is not None, "questions are asked before a bench is fitted"
    return value


def arrhenius_figures(results: dict[str, CellFindings]) -> Findings:
    """Interface and garnet of all cells against 1000/T."""
    found = Findings()
    for quantity, unit in ((INTERFACE, "Ω cm²"), (CONDUCTIVITY, "mS/cm")):
        fits = {cell: one.lines[quantity] for cell, one in results.items() if quantity in one.lines}
        if any(np.ptp(fit.temperature) > 0 for fit, _ in fits.values()):
            found.draw(partial(arrhenius, quantity, unit, fits), quantity)
    return found
