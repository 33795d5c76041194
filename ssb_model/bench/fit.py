"""What all files of a bench say: spectra by circuits, then the records, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ssb_model.bench.beside import Beside, beside
from ssb_model.bench.cells import INTERFACE, CellResult, Measured, arrhenius_figures, cell_result
from ssb_model.bench.circuit_table import ElementRow
from ssb_model.bench.counted import Measurements, series_of
from ssb_model.bench.critical import critical_currents
from ssb_model.bench.facts import Facts
from ssb_model.bench.figures import Curve, Drawn
from ssb_model.bench.folder import Bench, BenchFile
from ssb_model.bench.physics import CellTables, cell_tables, fit_cell, study_of
from ssb_model.bench.population import interfaces
from ssb_model.bench.questions import questions
from ssb_model.bench.records import record_result
from ssb_model.bench.result import BenchFit
from ssb_model.bench.series import series_result
from ssb_model.bench.spectra import noise_of, refusal, separated, spike_of
from ssb_model.bench.table import Row
from ssb_model.circuits import CircuitFit, fit_circuits
from ssb_model.data import ImpedanceData
from ssb_model.errors import InputError

SHOWN = 12  # files that a sentence names


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
    rows: list[Row] = []
    warnings = [f"{name} was not read: {reason}" for name, reason in bench.unread]
    warnings += _synthetic(bench)
    figures: list[Drawn] = []
    results: dict[str, CellResult] = {}
    studies: dict[str, CellTables] = {}
    series: list[ElementRow] = []
    for cell in bench.cells:
        files = [file for file in bench.files if file.cell == cell]
        many, single = series_of(files)
        for one in many:
            tell(f"{len(one.spectra)} spectra of {cell}")
            found = series_result(one, bench.facts)
            series += found.circuits
            rows += found.rows
            warnings += found.warnings
            figures += found.figures
        spectra, said = _spectra(single, bench, tell)
        warnings += said
        if spectra:
            results[cell] = found = cell_result(cell, spectra, bench.facts)
            both, tables = Beside(found.rows, []), {}
            if physics:
                both, tables = _with_physics(cell, found, spectra, bench.facts, tell)
            studies |= tables
            rows += both.rows
            warnings += [*found.warnings, *both.warnings]
            figures += found.figures
        for file in files:
            for record in file.records:
                tell(file.path.name)
                try:
                    found = record_result(file, record, bench.facts)
                except InputError as error:
                    warnings.append(str(error))
                    continue
                rows += found.rows
                warnings += found.warnings
                figures += found.figures
    figures += arrhenius_figures(results)
    lines = {cell: one.lines[INTERFACE] for cell, one in results.items() if INTERFACE in one.lines}
    said: list[str] = []
    for found in (interfaces(bench, lines), critical_currents(bench, rows)):
        rows += found.rows
        said += found.sentences
        figures += found.figures
    return BenchFit(
        bench,
        tuple(rows),
        tuple(warnings),
        tuple(_assumed(bench, rows)),
        tuple(figures),
        tuple(dict.fromkeys(said)),
        tuple(row for one in results.values() for row in one.circuits),
        tuple(series),
        study_of(bench.folder.name, studies) if studies else None,
    )


def _with_physics(
    cell: str,
    found: CellResult,
    spectra: list[Measured],
    facts: Facts,
    tell: Callable[[str], None],
) -> tuple[Beside, dict[str, CellTables]]:
    """Rows with the physics beside the circuit, and the cell's part of the study."""
    ordered = sorted(spectra, key=lambda one: one.temperature)
    tables = cell_tables(cell, ordered, facts)
    if tables is None:
        return Beside(found.rows, []), {}
    tell(f"physics of {cell}")
    fit = fit_cell(cell, tables)
    if isinstance(fit, str):
        return Beside(found.rows, [fit]), {cell: tables}
    return beside(cell, found.rows, fit, ordered, facts), {cell: tables}


def _spectra(
    measured: Measurements, bench: Bench, tell: Callable[[str], None]
) -> tuple[list[Measured], list[str]]:
    """The circuit of every spectrum of a cell, and a sentence on each that has none."""
    fitted, said = [], []
    for file, data in measured:
        tell(data.name)
        try:
            noise = noise_of(data.frequency, data.impedance)
        except InputError as error:
            said.append(f"{data.name}: {error}")
        else:
            fitted.append((file, data, noise))
    circuits = (
        fit_circuits([data for _, data, _ in fitted], area=bench.facts.area) if fitted else []
    )
    found = []
    for (file, data, noise), circuit in zip(fitted, circuits, strict=True):
        refused = refusal(circuit, noise)
        if refused:
            said.append(refused)
        else:
            found.append(_measured(file, data, circuit, noise, bench.facts.area or np.nan))
    return found, said


def _measured(
    file: BenchFile, data: ImpedanceData, circuit: CircuitFit, noise: float, area: float
) -> Measured:
    curve = Curve(data.name, circuit.frequency, area * circuit.measured, area * circuit.fitted)
    parted = separated(circuit, area, noise, spike_of(data.frequency, data.impedance))
    return Measured(data.name, file.temperature or np.nan, parted, curve, data, circuit)


def _synthetic(bench: Bench) -> list[str]:
    made_up = [file.path.name for file in bench.files if any(one.synthetic for one in file.data)]
    more = f" and {len(made_up) - SHOWN} more" if len(made_up) > SHOWN else ""
    return [f"Synthetic, not measured: {', '.join(made_up[:SHOWN])}{more}."] if made_up else []


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
