"""Tables to cycling data: time that never runs back, one sign of the current, SI."""

from typing import TypeAlias

import numpy as np
from jaxtyping import Float

from ssb_model.data.consistency import (
    Columns,
    doubts_of_record,
    refuse_exchanged_columns,
    refuse_impossible,
)
from ssb_model.data.datasets import CyclingData
from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.direction import directions, signed_by_direction, vote_of_words
from ssb_model.data.format import Format
from ssb_model.data.quantities import CYCLING, Column
from ssb_model.data.sign import settle
from ssb_model.data.text import (
    Source,
    Table,
    column_of_stamps,
    decimal_marks,
    refuse_without_unit,
    si_values,
)
from ssb_model.errors import InputError

Points: TypeAlias = Float[np.ndarray, " points"]
REQUIRED = ("time", "current", "voltage")


def cycling_data(
    form: Format, source: Source, tables: list[Table], declaration: Declaration
) -> CyclingData:
    """One dataset of the tables of a file, which follow each other in time.

    Raises InputError if a required column is missing or any of its numbers is in doubt.
    """
    parts = [_si_columns(table, declaration) for table in tables]
    notes = [note for table in tables for note in table.notes]
    notes += [note for _, said in parts for note in said]
    shared = set.intersection(*(set(values) for values, _ in parts))
    joined = {name: _joined([values[name] for values, _ in parts]) for name in shared}
    refuse_exchanged_columns(tables[0], declaration)
    _refuse_time_running_back(tables, joined["time"])
    spoken, by_format = declaration.current_positive_on, form.current_positive_on
    words = directions(tables)
    directed = None if spoken else signed_by_direction(tables, joined["current"], words)
    if directed is not None:
        joined["current"], by_format = directed, "charge"
        notes.append("the current has no sign; the kind of step says whether it charges")
    vote = vote_of_words(joined["current"], words)
    joined["current"], said = settle(tables[0], joined, vote, spoken, by_format)
    notes += doubts_of_record(Columns(tables, joined))
    used = [c for c in tables[0].columns if c.quantity in shared]
    return CyclingData(
        name=source.path.stem,
        path=source.path,
        sha256=source.sha256,
        metadata={"format": form.name, "columns": {c.quantity: c.header for c in used}},
        notes=(*notes, said),
        **{name.replace(" ", "_"): values for name, values in joined.items()},
    )


def _joined(parts: list[Points]) -> Points:
    """One column of the tables' columns; of one table its own, which a dataset need not copy."""
    joined = parts[0].view() if len(parts) == 1 else np.concatenate(parts)
    joined.flags.writeable = False
    return joined


def _si_columns(table: Table, declaration: Declaration) -> tuple[dict[str, Points], list[str]]:
    """Every column in SI, and notes on those that could not be read and are not required."""
    _require(table)
    columns = [column for column in table.columns if column.quantity in CYCLING]
    required = [column for column in columns if column.quantity in REQUIRED]
    values: dict[str, Points] = {}
    notes = [*decimal_marks(table, required)]
    refuse_without_unit(table, required, declaration.units)
    for column in columns:
        if (
            column in required
            or column.quantity in declaration.quantities | declaration.units.keys()
        ):
            values[column.quantity] = _possible(table, column, declaration)
        else:
            _add_optional(table, column, declaration, values, notes)
    return values, notes


def _possible(table: Table, column: Column, declaration: Declaration) -> Points:
    values = si_values(table, column, declaration)
    refuse_impossible(table, column, values, declaration)
    return values


def _add_optional(
    table: Table,
    column: Column,
    declaration: Declaration,
    values: dict[str, Points],
    notes: list[str],
) -> None:
    try:
        decimal_marks(table, [column])
        values[column.quantity] = _possible(table, column, declaration)
    except InputError as error:
        reason = str(error).removeprefix(str(table.path)).lstrip(",: ").rstrip(".")
        notes.append(f"the {column.quantity} was left out: {reason}")


def _require(table: Table) -> None:
    missing = [name for name in REQUIRED if table.column(name) is None]
    table.require(" and no ".join(missing), missing[0] if missing else "")


def _refuse_time_running_back(tables: list[Table], time: Points) -> None:
    back = np.flatnonzero(np.diff(time) < 0)
    if back.size:
        row = int(back[0]) + 1
        lines = [line for table in tables for line in table.lines]
        says = f", line {lines[row]}: time runs back from {time[row - 1]:g} s to {time[row]:g} s"
    elif len(time) > 1 and time[0] == time[-1]:
        says = f", line {tables[0].lines[0]}: time does not pass, it is {time[0]:g} s in every row"
    else:
        return
    sentence = f"{tables[0].path}{says}: export the time since the start of the test"
    stamped = column_of_stamps(tables[0])
    if stamped is None or stamped == getattr(tables[0].column("time"), "header", None):
        raise InputError(f"{sentence}, or split the file.")
    raise Undeclared(f"{sentence}, or declare ", Declaration({"time": stamped}), ".")
