"""The physics of one cell, fitted and put beside its circuits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ssb_model.bench.physics.beside import beside
from ssb_model.bench.physics.tables import CellTables, cell_tables, study_of
from ssb_model.errors import InputError, Unfinished

if TYPE_CHECKING:
    from ssb_model.bench.findings import Findings
    from ssb_model.bench.folder import Facts
    from ssb_model.bench.spectra import Measured

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
    try:
        fit = study_of(cell, {cell: tables}).fit(STARTS)
    except (Unfinished, InputError) as error:
        found.warnings.append(f"{cell}: no physics beside the circuit: {error}")
    else:
        found.rows, said = beside(cell, found.rows, fit, ordered, facts)
        found.warnings += said
    return {cell: tables}
