"""Spectra of a cell by their circuits: electrolyte, interface, series."""

from ssb_model.bench.spectra.cells import (
    INTERFACE as INTERFACE,
    SCATTER as SCATTER,
    CellFindings as CellFindings,
    Measured as Measured,
    arrhenius_figures as arrhenius_figures,
    cell_result as cell_result,
    condition as condition,
)
from ssb_model.bench.spectra.circuit_table import (
    HEAD as HEAD,
    ElementRow as ElementRow,
    circuit_lines as circuit_lines,
    circuits_csv as circuits_csv,
)
from ssb_model.bench.spectra.fitted import fit_spectra as fit_spectra
from ssb_model.bench.spectra.series import series_result as series_result
