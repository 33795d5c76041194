"""What all files of a bench say: spectra by circuits, then the records, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ssb_model.bench.cells import INTERFACE, CellResult, Measured, arrhenius_figures, cell_result
from ssb_model.bench.critical import critical_currents
from ssb_model.bench.figures import Curve, Drawn
from ssb_model.bench.folder import Bench, BenchFile
from ssb_model.bench.population import interfaces
from ssb_model.bench.questions import questions
from ssb_model.bench.records import record_result
from ssb_model.bench.result import BenchFit
from ssb_model.bench.spectra import refusal, separated
from ssb_model.bench.table import Row
from ssb_model.data import ImpedanceData
from ssb_model.data.validation import ArcCircuit, arc_circuit
from ssb_model.errors import InputError


def fit_bench(bench: Bench, progress: Callable[[str], None] | None = None) -> BenchFit:
    """Fit everything in a folder.

    Parameters
    ----------
    bench
        From :func:`read_bench`.
    progress
        Called with the name of each file.

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
    for cell in bench.cells:
        files = [file for file in bench.files if file.cell == cell]
        spectra, said = _spectra(files, bench, tell)
        warnings += said
        if spectra:
            results[cell] = cell_result(cell, spectra, bench.facts)
            rows += results[cell].rows
            warnings += results[cell].warnings
            figures += results[cell].figures
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
    assumed = tuple(_assumed(bench))
    populations = tuple(dict.fromkeys(said))
    return BenchFit(bench, tuple(rows), tuple(warnings), assumed, tuple(figures), populations)


def _spectra(
    files: list[BenchFile], bench: Bench, tell: Callable[[str], None]
) -> tuple[list[Measured], list[str]]:
    """The circuit of every spectrum of a cell, and a sentence on each that has none."""
    found, said = [], []
    area = bench.facts.area or np.nan
    for file in files:
        for data in file.spectra:
            tell(data.name)
            try:
                circuit = arc_circuit(data.frequency, data.impedance)
            except InputError as error:
                said.append(f"{data.name}: {error}")
                continue
            refused = refusal(circuit, data.name)
            if refused:
                said.append(refused)
            else:
                found.append(_measured(file, data, circuit, area))
    return found, said


def _measured(file: BenchFile, data: ImpedanceData, circuit: ArcCircuit, area: float) -> Measured:
    temperature = file.temperature or np.nan
    curve = Curve(
        data.name,
        data.frequency,
        area * data.impedance,
        area * circuit.impedance(data.frequency),
    )
    return Measured(
        data.name, temperature, separated(circuit, area, data.name), circuit.inductance, curve
    )


def _synthetic(bench: Bench) -> list[str]:
    made_up = [file.path.name for file in bench.files if any(one.synthetic for one in file.data)]
    return [f"Synthetic, not measured: {', '.join(made_up)}."] if made_up else []


def _assumed(bench: Bench) -> list[str]:
    """What nobody stated and was taken."""
    taken = [f"{file.path.name}: {file.taken}." for file in bench.files if file.taken]
    room = [
        f"{file.path.name}: temperature of {file.said}."
        for file in bench.files
        if file.said.startswith("'RT'")
    ]
    if any(file.spectra for file in bench.files):
        taken.append("Both faces of a symmetric cell are alike: each has half of the resistance.")
    return [*taken, *room]
