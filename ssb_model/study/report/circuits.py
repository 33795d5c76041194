"""The circuit of every measured spectrum beside the fitted model, on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.constants import TO_OHM_CM2
from ssb_model.study.analysis import Beside, beside_circuit, circuit_of, spectra_of
from ssb_model.study.report.rows import Rows, interval, rows_of

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

HEAD = ("resistance [Ω cm²]", "circuit", "95 %", "model", "95 %")


def circuits(fit: StudyFit) -> list[tuple[str, str, Rows, list[str]]]:
    """Of each spectrum its name, its circuit, both resistances, and why they do not meet."""
    found = []
    for spectrum in spectra_of(fit):
        circuit = circuit_of(fit, spectrum)
        if circuit is not None:
            both = beside_circuit(fit, spectrum)
            area = fit.study.cells[spectrum.cell].area
            rows = rows_of(HEAD, [_row(one, TO_OHM_CM2 * area) for one in both])
            why = [one.why for one in both if one.why]
            found.append((spectrum.name, circuit.circuit.text, rows, why))
    return found


def _row(one: Beside, factor: float) -> tuple[str, ...]:
    cells = [one.quantity]
    for value in (one.circuit, one.model):
        if value is None:
            cells += ["none", ""]
        else:
            best, (low, high) = value
            cells += [f"{factor * best:.4g}", interval(factor * low, factor * high)]
    return tuple(cells)
