"""Columns of a record that have changed places: neither is what its header says, each the other.

A counter is whole, never negative and rises by one now and then; a counted charge is the integral
of the current over time; a temperature is no voltage of a cell. Each rule asks both ways, so that
an odd column alone, which has other causes, is not enough [assumed].
"""

from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

import numpy as np

from ssb_model.constants import HOUR
from ssb_model.data.consistency.columns import Points
from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import Column, in_si
from ssb_model.data.text import Cell, Table
from ssb_model.errors import InputError

HEAD = 20_000  # rows that are looked at
LEAST = 8  # rows; of fewer nothing is said
MOSTLY = 0.9  # of all rows
MEASURED, CHARGES = ("time", "current", "voltage"), ("capacity", "charge capacity")
COUNTERS = ("record", "cycle", "step")
AGREES, SCATTER, INTERVALS = (0.5, 2.0), 0.1, 5  # counted over integrated, its scatter, how many
ROOM, CELL = (10.0, 150.0), (-1.0, 6.0)  # degC that cells are measured at, V that they have


def refuse_exchanged_columns(table: Table, declaration: Declaration) -> None:
    """Raise `Undeclared` for two columns of a record of cycling that look exchanged.

    What the caller declares is taken.
    """
    columns = {c.quantity: c for c in table.columns if c.quantity not in declaration.quantities}
    numbers = {name: values for name, c in columns.items() if (values := _head(table, c)).size}
    for one, other, why in (*_counters(numbers), *_charges(columns, numbers), *_degrees(numbers)):
        _refuse(table, columns[one], columns[other], why)


def _head(table: Table, column: Column) -> Points:
    """The first numbers of a column as they stand there; none if they are few, or no numbers."""
    try:
        found = np.array([_number(cell) for cell in islice(table.cells(column), HEAD)])
    except ValueError:
        return np.zeros(0)
    return found if len(found) >= LEAST and np.isfinite(found).all() else np.zeros(0)


def _number(cell: Cell) -> float:
    return float(str(cell).strip(' "').replace(",", "."))


def _counters(numbers: dict[str, Points]) -> Iterator[tuple[str, str, str]]:
    """A measured column that counts beside a counter that does not."""
    for other in COUNTERS:
        if other not in numbers or _counts(other, numbers[other]):
            continue
        for one in MEASURED:
            values = numbers.get(one)
            if values is None or (np.diff(values) < 0).any() or values.max() > len(values):
                continue
            counts = _counts(other, values) or _counts("step", values)
            told = np.ptp(values) > 0 or (numbers[other] < 0).any()  # what is constant may be so
            if counts and told and (one != "time" or _strange(other, values)):
                yield one, other, "the first counts and the second does not"


def _counts(counter: str, values: Points) -> bool:
    """Whether numbers may be those of a counter."""
    if np.mean((values == np.round(values)) & (values >= 0)) < MOSTLY:
        return False
    change = np.diff(values)
    if counter == "record":
        return bool(np.mean(change == 1) >= MOSTLY)
    return bool(np.mean(np.abs(change) > 1) < 1 - MOSTLY)


def _strange(counter: str, time: Points) -> bool:
    """Whether a time is none: it stands still in most rows, or numbers them."""
    return counter == "record" or bool(np.mean(np.diff(time) == 0) > 1 - MOSTLY)


def _charges(
    columns: dict[str, Column], numbers: dict[str, Points]
) -> Iterator[tuple[str, str, str]]:
    """A count of charge that is none of the current's, and is one with the other column."""
    if not {*MEASURED} <= numbers.keys():
        return

    def counted(current: str, count: str) -> bool:
        """Whether the numbers of two columns, in the units of current and charge, agree."""
        I, Q = (
            _in_si(columns[name], numbers[values])
            for name, values in (("current", current), (charge, count))
        )
        time = _in_si(columns["time"], numbers["time"])
        return len(time) == len(I) == len(Q) and _is_integral(time, I, Q)

    for charge in (*CHARGES, "discharge capacity"):
        if charge not in numbers or counted("current", charge):
            continue
        for one, pair in (("current", (charge, "current")), ("voltage", ("current", "voltage"))):
            if counted(*pair):
                yield one, charge, "the first is the integral of the current and the second not"


def _in_si(column: Column, values: Points) -> Points:
    """Values under another column's unit; none where it has none that is known."""
    try:
        return np.asarray(in_si(values, column.unit, column.quantity, None))
    except InputError:
        return np.zeros(0)


def _is_integral(time: Points, current: Points, charge: Points) -> bool:
    """Whether a charge [A.h] counts a current [A], where both flow."""
    passed = np.abs(current[1:] + current[:-1]) / 2 * np.diff(time) / HOUR
    flows = (current[1:] * current[:-1] > 0) & (passed > 0) & (np.diff(charge) != 0)
    if flows.sum() < INTERVALS:
        return False
    ratio = np.abs(np.diff(charge))[flows] / passed[flows]
    middle = float(np.median(ratio))
    steady = np.median(np.abs(ratio - middle)) < SCATTER * middle
    return bool(steady and AGREES[0] < middle < AGREES[1])


def _degrees(numbers: dict[str, Points]) -> Iterator[tuple[str, str, str]]:
    """A temperature that is a cell's voltage or current, beside one that is a temperature."""
    T = numbers.get("temperature")
    if T is None:
        return
    for one in ("voltage", "current"):
        values = numbers.get(one)
        if values is None or not _within(values, ROOM):
            continue
        flows = T != 0
        switched = flows.sum() >= INTERVALS and (~flows).sum() >= 2
        if _within(T, CELL) if one == "voltage" else (switched and np.ptp(values) < ROOM[0]):
            yield one, "temperature", "the first is a temperature and the second none"


def _within(values: Points, limits: tuple[float, float]) -> bool:
    return bool((values > limits[0]).all() and (values < limits[1]).all())


def _refuse(table: Table, one: Column, other: Column, why: str) -> NoReturn:
    raise Undeclared(
        f"{table.path}, line {table.line}: the columns '{one.header}' and '{other.header}' look "
        f"exchanged, {why}: correct the header, or declare ",
        Declaration({one.quantity: one.header, other.quantity: other.header}),
        " if it is right.",
    )
