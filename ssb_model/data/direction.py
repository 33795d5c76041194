"""The names of the steps: what they say of the current's sign, which some files leave to them."""

import re
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

from ssb_model.data.evidence import COUNTS, flowing
from ssb_model.data.text import Table
from ssb_model.errors import InputError

#: "D", "CC DChg", "CC_DChg", "Discharge"; then "C", "CCCV Chg", "Charge", and what else charges
_DISCHARGES = re.compile(r"D|.*(?:D_?Chg|Dis).*", re.IGNORECASE)
_CHARGES = re.compile(r"C|.*(?:Chg|Charge).*", re.IGNORECASE)
MOST = 0.9  # of the rows with current: so many told, and the others are damaged
DAMAGED = 0.01  # of the rows with current: so few signs in a current without one are damaged

Points = Float[np.ndarray, " points"]


def directions(tables: Sequence[Table]) -> Int[np.ndarray, " points"] | None:
    """By row +1 where the name of its step charges, -1 where it discharges, 0 where neither.

    None if a table has no column of such names.
    """
    columns = [table.column("direction") for table in tables]
    if not all(columns):
        return None
    signs = [
        table.told(column, lambda word: _sign(str(word)))
        for table, column in zip(tables, columns, strict=True)
        if column is not None
    ]
    return np.concatenate(signs)


def vote_of_words(current: Points, words: Int[np.ndarray, " points"] | None) -> float:
    """How surely positive current charges, by the names of the steps; 0 where they do not tell."""
    if words is None or not current.any():
        return 0.0
    flows = flowing(current)
    heard = (np.sign(current) * words)[flows & (words != 0)]
    enough = len(heard) >= max(COUNTS, MOST * flows.sum())
    return float(np.mean(heard)) if enough else 0.0


def signed_by_direction(
    tables: Sequence[Table], current: Points, words: Int[np.ndarray, " points"] | None
) -> Points | None:
    """The current, positive on charge; None where it has a sign, or no name tells it.

    Raises InputError where a few rows have a sign or a name that the others do not have.
    """
    if words is None or not current.any():
        return None
    flows = flowing(current)
    few = max(1, DAMAGED * flows.sum())
    negative = flows & (current < 0)
    unsigned = (flows & (current > 0) & (words < 0)).sum() > few
    if negative.sum() > few or (negative.any() and not unsigned):
        return None
    unknown = flows & (words == 0)
    if unknown.sum() > (1 - MOST) * flows.sum():
        return None
    if negative.any():
        _refuse(tables, negative, "current", "is negative where the current has no sign elsewhere")
    if unknown.any():
        _refuse(tables, unknown, "direction", "does not tell whether its current charges")
    return np.where(words < 0, 0.0 - current, current)


def _refuse(tables: Sequence[Table], rows: np.ndarray, quantity: str, says: str) -> None:
    place = int(np.flatnonzero(rows)[0])
    for table in tables:
        if place < len(table.rows):
            column = table.column(quantity)
            header = column.header if column else quantity
            raise InputError(
                f"{table.path}, line {table.lines[place]}, column '{header}' {says}: correct or "
                "delete that line."
            )
        place -= len(table.rows)


def _sign(word: str) -> int:
    if _DISCHARGES.fullmatch(word):
        return -1
    return 1 if _CHARGES.fullmatch(word) else 0
