"""How cells are charged where they do not say: as their rate tests were, else nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ssb_model.measurements import COMPLETENESS
from ssb_model.study.completeness import LABEL
from ssb_model.study.file.names import bare_name
from ssb_model.study.file.tables import FreeTable
from ssb_model.study.kinds import RateTable

if TYPE_CHECKING:
    from ssb_model.study.file.cells import StudyCell
    from ssb_model.study.file.free import FreeSet
    from ssb_model.study.kinds import Experiment, ExperimentTable


def charged_as_tested(cell: StudyCell, measured: Iterable[ExperimentTable]) -> StudyCell:
    """The cell, charged as all of its rate tests say that they were, where it says nothing.

    So a prediction or a further measurement of the cell need not say it again.
    """
    tests = [one for one in measured if isinstance(one, RateTable) and one.cell == cell.name]
    said = {test.charge for test in tests}
    if cell.charge is not None or len(said) != 1:
        return cell
    return replace(cell, charge=said.pop())


def states_completeness(values: Iterable[str]) -> bool:
    """Whether how complete a charge is is among the names that a file gives values to."""
    return any(bare_name(name).lower() == COMPLETENESS.lower() for name in values)


def unknown_charge(
    free: FreeSet, cells: Mapping[str, StudyCell], experiments: Iterable[Experiment]
) -> list[FreeTable]:
    """One completeness of charge for all cells whose rate tests are charged in an unknown way.

    None for a cell whose own completeness the study frees or states.
    """
    asked = {e.cell for e in experiments if COMPLETENESS in e.own_inputs}
    known = {
        name
        for name, cell in cells.items()
        if COMPLETENESS in free.names(name) or states_completeness(cell.table["values"])
    }
    unknown = [name for name in cells if name in asked - known]
    return [FreeTable(name=COMPLETENESS, label=LABEL, cells=unknown)] if unknown else []
