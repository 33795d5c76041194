"""The parameter that stands for a charge that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ssb_model.measurements import COMPLETENESS
from ssb_model.study.completeness import LABEL
from ssb_model.study.file.names import bare_name
from ssb_model.study.file.tables import FreeTable

if TYPE_CHECKING:
    from ssb_model.study.file.cells import StudyCell
    from ssb_model.study.file.free import FreeSet
    from ssb_model.study.kinds import Experiment


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
        if COMPLETENESS in free.names(name)
        or any(bare_name(key).lower() == COMPLETENESS.lower() for key in cell.table["values"])
    }
    unknown = [name for name in cells if name in asked - known]
    return [FreeTable(name=COMPLETENESS, label=LABEL, cells=unknown)] if unknown else []
