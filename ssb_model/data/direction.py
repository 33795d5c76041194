"""The sign of a current that is written without one, by a column that says what a step does."""

import re
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from ssb_model.data.sign import REST
from ssb_model.data.text import Table

#: "D", "CC DChg", "CC_DChg", "Discharge"; then "C", "CCCV Chg", "Charge", and what else charges
_DISCHARGES = re.compile(r"D|.*(?:D_?Chg|Dis).*", re.IGNORECASE)
_CHARGES = re.compile(r"C|.*(?:Chg|Charge).*", re.IGNORECASE)


def signed_by_direction(
    tables: Sequence[Table], current: Float[np.ndarray, " points"]
) -> Float[np.ndarray, " points"] | None:
    """The current, positive on charge; None where it has a sign, or no column tells every row's."""
    columns = [table.column("direction") for table in tables]
    if not current.any() or (current < 0).any() or not all(columns):
        return None
    signs = [
        table.told(column, lambda word: _sign(str(word)))
        for table, column in zip(tables, columns, strict=True)
        if column is not None
    ]
    sign = np.concatenate(signs)
    if (sign == 0)[current > REST * current.max()].any():
        return None
    return np.where(sign < 0, 0.0 - current, current)


def _sign(word: str) -> int:
    if _DISCHARGES.fullmatch(word):
        return -1
    return 1 if _CHARGES.fullmatch(word) else 0
