"""What all files of a bench say: spectra by circuits, then the records, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ssb_model.bench.figures import Curve
from ssb_model.bench.findings import Findings, gathered, named
from ssb_model.bench.folder import Bench, BenchFile, Facts, Measurements, questions, series_of
from ssb_model.bench.kinds import Lines, critical_currents, interfaces
from ssb_model.bench.physics import CellTables, add_physics, study_of
from ssb_model.bench.records import record_result
from ssb_model.bench.result import BenchFit
from ssb_model.bench.spectra import (
    INTERFACE,
    CellFindings,
    ElementRow,
    Measured,
    arrhenius_figures,
    cell_result,
    fit_spectra,
    series_result,
)
from ssb_model.bench.table import Row
from ssb_model.circuits import fit_circuits
from ssb_model.errors import InputError
from ssb_model.study import ByProducts


def fit_bench(
    bench: Bench, progress: Callable[[str], None] | None = None, *, physics: bool = True
) -> BenchFit:
    """Fit everything in a folder.

    Parameters
    ----------
    bench
        From :func:`read_bench`.
    progress
        Called with the name of each file.
    physics
        Whether all spectra of a cell are fitted together by the physics, beside the circuits; some
        seconds a cell.

    Raises
    ------
    InputError
        What is not known, in one sentence, and how to state it.
    """
    open_ones = questions(bench)
    if open_ones:
        raise InputError(" ".join(str(one) for one in open_ones))
    tell = progress or (lambda _: None)
    found = Findings(warnings=[f"{name} was not read: {reason}" for name, reason in bench.unread])
    found.warnings += _synthetic(bench)
    cells: dict[str, CellFindings] = {}
    series: list[ElementRow] = []
    studies: dict[str, CellTables] = {}
    for cell in bench.cells:
        files = [file for file in bench.files if file.cell == cell]
        many, single = series_of(files)
        for one in many:
            tell(f"{len(one.spectra)} spectra of {cell}")
            own = series_result(one, bench.facts)
            found.add(own)
            series += own.circuits
        tell(f"circuits of {cell}")
        spectra, said = _spectra(single, bench.facts)
        found.warnings += said
        if spectra:
            cells[cell] = own = cell_result(cell, spectra, bench.facts)
            if physics:
                studies |= add_physics(cell, own, spectra, bench.facts, tell)
            found.add(own)
        _add_records(files, bench, found, tell)
    found.add(arrhenius_figures(cells))
    lines = {cell: one.lines[INTERFACE] for cell, one in cells.items() if INTERFACE in one.lines}
    _add_kinds(bench, lines, found)
    return BenchFit(
        bench,
        tuple(found.rows),
        tuple(gathered(found.warnings)),
        tuple(_assumed(bench, found.rows)),
        tuple(found.figures),
        tuple(dict.fromkeys(found.of_kinds)),
        tuple(row for one in cells.values() for row in one.circuits),
        tuple(series),
        study_of(bench.name, studies) if studies else None,
    )


def _add_kinds(bench: Bench, lines: Lines, found: Findings) -> None:
    """What cells of one kind have in common, beside the numbers of each."""
    made = ByProducts()
    for name, kinds in (
        ("the interfaces of cells of one kind", lambda: interfaces(bench, lines)),
        (
            "the critical currents of cells of one kind",
            lambda: critical_currents(bench, found.rows),
        ),
    ):
        found.add(made.of(name, kinds, Findings()))
    found.warnings += made.warnings


def _add_records(
    files: list[BenchFile], bench: Bench, found: Findings, tell: Callable[[str], None]
) -> None:
    """What the records of a cell say, and a sentence on each that says nothing."""
    for file in files:
        for record in file.records:
            tell(file.path.name)
            try:
                found.add(record_result(file, record, bench.facts))
            except InputError as error:
                found.warnings.append(str(error))


def _spectra(measured: Measurements, facts: Facts) -> tuple[list[Measured], list[str]]:
    """Spectra of a cell with their circuits, and a sentence on each that has none."""
    area = facts.area or np.nan
    spectra = [data for _, data in measured]
    fitted, said = fit_spectra(spectra, lambda some: fit_circuits(some, area=facts.area), area)
    found = []
    for place, circuit, parted in fitted:
        file, data = measured[place]
        curve = Curve(data.name, circuit.frequency, area * circuit.measured, area * circuit.fitted)
        T = file.temperature or np.nan
        found.append(Measured(data.name, T, parted, curve, data, circuit))
    return found, said


def _synthetic(bench: Bench) -> list[str]:
    made_up = [file.path.name for file in bench.files if any(one.synthetic for one in file.data)]
    return [f"Synthetic, not measured: {named(made_up)}."] if made_up else []


def _assumed(bench: Bench, rows: list[Row]) -> list[str]:
    """What nobody stated and was taken."""
    taken = [f"{file.path.name}: {file.taken}." for file in bench.files if file.taken]
    room = [
        f"{file.path.name}: temperature of {file.said}."
        for file in bench.files
        if file.said.startswith("'RT'")
    ]
    if any(row.quantity.startswith("interface") for row in rows):
        taken.append("Both faces of a symmetric cell are alike: each has half of the resistance.")
    return [*taken, *room]
