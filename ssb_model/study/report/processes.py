"""The fitted model's processes on the page and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssb_model.constants import TO_OHM_CM2
from ssb_model.errors import InputError
from ssb_model.study.analysis import Process, comparison, processes, spectra_of
from ssb_model.study.kinds import Spectrum
from ssb_model.study.report.rows import Rows, interval, rows_of

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


HEAD = ("process", "R [Ω]", "95 %", "R·A [Ω cm²]", "C [F]", "95 %", "time constant τ [s]")


def process_lines(fit: StudyFit) -> list[str]:
    """A line for each process of every spectrum."""
    return [
        f"{e.name}: {_line(p, _ohm_cm2(fit, e, p))}"
        for e in spectra_of(fit)
        for p in processes(fit, e)
    ]


def _line(process: Process, ohm_cm2: float) -> str:
    name, resistance, ends, per_area, capacitance, its_ends, tau = _row(process, ohm_cm2)
    line = f"{name} {resistance} Ohm ({ends}), {per_area} ohm cm2"
    return f"{line}, {capacitance} F ({its_ends}), {tau} s" if tau else line


def relaxations(fit: StudyFit) -> list[tuple[str, Rows, Figure | str]]:
    """Of each spectrum its name, its processes, and their place among its relaxation times, or why
    that cannot be shown."""
    return [_relaxation(fit, spectrum) for spectrum in spectra_of(fit)]


def _relaxation(fit: StudyFit, spectrum: Spectrum) -> tuple[str, Rows, Figure | str]:
    rows = [_row(p, _ohm_cm2(fit, spectrum, p)) for p in processes(fit, spectrum)]
    return spectrum.name, rows_of(HEAD, rows), _place(fit, spectrum)


def _place(fit: StudyFit, spectrum: Spectrum) -> Figure | str:
    try:
        marked = comparison(fit, spectrum)
    except InputError as error:
        return str(error)
    return marked.figure() if marked else "No arc can be told from the spike of the blocking cell."


def _ohm_cm2(fit: StudyFit, spectrum: Spectrum, process: Process) -> float:
    """Resistance for the cell's area: of both faces together where a process is of both."""
    return TO_OHM_CM2 * process.resistance * fit.study.cells[spectrum.cell].area


def _row(process: Process, ohm_cm2: float) -> tuple[str, ...]:
    resistance = interval(*process.resistance_95)
    cells = (process.name, f"{process.resistance:.4g}", resistance, f"{ohm_cm2:.4g}")
    if process.tau is None or process.capacitance is None or process.capacitance_95 is None:
        return (*cells, "", "", "")
    C = f"{process.capacitance:.3g}", interval(*process.capacitance_95)
    return (*cells, *C, f"{process.tau:.3g}")
