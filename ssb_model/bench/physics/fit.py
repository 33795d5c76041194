"""The physics of one cell, fitted and put beside its circuits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ssb_model.bench.physics.beside import beside
from ssb_model.bench.physics.tables import CellTables, cell_tables, study_of
from ssb_model.study import ByProducts

if TYPE_CHECKING:
    from ssb_model.bench.findings import Findings
    from ssb_model.bench.folder import Facts
    from ssb_model.bench.spectra import Measured
    from ssb_model.bench.table import Row

STARTS = 2  # of the search: the circuits' values, and another


def add_physics(
    cell: str,
    found: Findings,
    spectra: Sequence[Measured],
    facts: Facts,
    tell: Callable[[str], None],
) -> dict[str, CellTables]:
    """Put the physics of a cell into its findings.

    Parameters
    ----------
    cell
        Its name.
    found
        Of its circuits; changed.
    spectra
        With their circuits.
    facts
        Of the bench.
    tell
        Called with what begins.

    Returns
    -------
    The cell's part of a study by its name; nothing where circuits give the search no start.
    """
    ordered = sorted(spectra, key=lambda one: one.temperature)
    tables = cell_tables(cell, ordered, facts)
    if tables is None:
        return {}
    tell(f"physics of {cell}")
    made = ByProducts()

    def physics() -> tuple[list[Row], list[str]]:
        return beside(cell, found.rows, study_of(cell, {cell: tables}).fit(STARTS), ordered, facts)

    found.rows, said = made.of(f"{cell}: the physics beside the circuit", physics, (found.rows, []))
    found.warnings += said + made.warnings
    return {cell: tables}
