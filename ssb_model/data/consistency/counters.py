"""Counters: a record's number rises by one from row to row, a cycle's by one now and then."""

from dataclasses import replace

import numpy as np

from ssb_model.data.consistency.columns import Columns, Points, and_more
from ssb_model.data.text import Table, si_values
from ssb_model.errors import InputError

MOSTLY = 0.9  # of all rows: a number that rises by one in so many counts the rows


def odd_counters(columns: Columns) -> list[str]:
    """Sentences about a cycle that falls or leaves one out, and a step of a single row."""
    found = []
    if "cycle" in columns.values:
        found += _steps(columns, np.diff(columns.values["cycle"]))
    if "step" in columns.values:
        found += _single(columns, columns.values["step"])
    return found


def _steps(columns: Columns, change: Points) -> list[str]:
    odd = np.flatnonzero((change < 0) | (change > 1)) + 1
    if not odd.size:
        return []
    cycle, row = columns.values["cycle"], int(odd[0])
    says = f"{columns.holds(row, 'cycle')}, after {cycle[row - 1]:.10g} in the row before"
    return [f"{says}{and_more(odd)}: cycles count by one"]


def _single(columns: Columns, step: Points) -> list[str]:
    """A step of one row within another, at one current."""
    I = columns.values["current"]
    alone = (step[1:-1] != step[:-2]) & (step[:-2] == step[2:])
    alone &= (I[1:-1] == I[:-2]) & (I[1:-1] == I[2:])
    found = np.flatnonzero(alone) + 1
    if not found.size:
        return []
    row = int(found[0])
    says = f"{columns.holds(row, 'step')}, between two rows of {step[row - 1]:.10g} at one current"
    return [f"{says}{and_more(found)}: is it damaged?"]


def missing_rows(table: Table) -> tuple[str, ...]:
    """A sentence where the file numbers its rows and a number is left out or comes again."""
    column = table.column("record")
    if column is None or len(table.rows) < 2:
        return ()
    try:
        numbers = si_values(table, replace(column, unit=""))
    except InputError as error:
        said = str(error).removeprefix(f"{table.path}, ")
        return (said.removesuffix(": correct or delete that line."),)
    change = np.diff(numbers)
    if np.mean(change == 1) < MOSTLY and (len(change) > 9 or not (change == 1).any()):
        return ()
    odd = np.flatnonzero(change != 1) + 1
    if odd.size:
        row = int(odd[0])
        return (
            f"line {table.lines[row]}, column '{column.header}' holds '{numbers[row]:.10g}', after "
            f"{numbers[row - 1]:.10g} in the row before{and_more(odd)}: rows are missing, or it is "
            "damaged",
        )
    if numbers[0] > 1:
        return (f"the first row is number {numbers[0]:.10g}: the rows before it are not here",)
    return ()
