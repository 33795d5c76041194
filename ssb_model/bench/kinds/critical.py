"""Critical currents of cells of one kind, from the steps of their ramps."""

from __future__ import annotations

from collections.abc import Iterable

from ssb_model.bench.findings import Findings
from ssb_model.bench.folder import Bench
from ssb_model.bench.kinds.comparison import pairs, ratio_rows, ratio_sentence
from ssb_model.bench.records import FIRST_FAILED, LAST_SAFE
from ssb_model.bench.table import Row
from ssb_model.populations import CellSteps, StepGroup, compare, fit_steps

CRITICAL = "critical current density"


def critical_currents(bench: Bench, rows: Iterable[Row]) -> Findings:
    """The critical currents of groups, from the step in which the first ramp of each cell failed.

    Parameters
    ----------
    bench
        With its groups.
    rows
        Of the single cells, the ramps' among them.
    """
    result = Findings()
    for condition, steps in _steps(bench, rows).items():
        groups = fit_steps(steps)
        for name in dict.fromkeys(step.group for step in steps):
            count = sum(step.group == name for step in steps)
            if count > 1:
                result.rows += _critical_rows(name, condition, count, groups.get(name))
        for a, b in pairs(bench, groups, result):
            one = compare((a, b), (groups[a].logarithm, groups[b].logarithm), unit="mA/cm2")
            counts = len(groups[a].steps), len(groups[b].steps)
            result.rows += ratio_rows(CRITICAL, condition, one, counts)
            result.of_kinds.append(ratio_sentence(CRITICAL, condition, one, counts))
    return result


def _steps(bench: Bench, rows: Iterable[Row]) -> dict[str, list[CellSteps]]:
    """The step of each cell's first ramp at each condition."""
    home = {cell: group for group, cells in bench.groups.items() for cell in cells}
    ends: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in rows:
        if row.quantity in (LAST_SAFE, FIRST_FAILED) and row.cell in home:
            ends.setdefault((row.condition, row.cell), {}).setdefault(row.quantity, row.value)
    found: dict[str, list[CellSteps]] = {}
    for (condition, cell), step in ends.items():
        one = CellSteps(home[cell], cell, step.get(LAST_SAFE), step.get(FIRST_FAILED))
        if one.last_safe is not None or one.first_failed is not None:
            found.setdefault(condition, []).append(one)
    return found


def _critical_rows(name: str, condition: str, count: int, group: StepGroup | None) -> list[Row]:
    quantity = f"{CRITICAL}, population median"
    if group is None:
        note = "not determined: every cell lies on one side of its ramp's steps"
        return [Row(name, quantity, condition, None, None, None, "mA/cm2", note)]
    note = f"{count} cells, each between its last safe and its first failed step"
    scatter = f"{CRITICAL}, scatter between cells"
    return [
        Row.of(name, quantity, condition, group.median(), "mA/cm2", note=note),
        Row.of(name, f"{CRITICAL}, a new cell", condition, group.new_cell(), "mA/cm2"),
        Row.of(name, scatter, condition, group.between, "%"),
    ]
