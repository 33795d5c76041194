"""The sign of the current, settled once: PyBaMM's, positive on discharge.

A format or the caller says which way positive current runs; where neither does, the physics does.
A cell is passive: current that charges it raises its voltage, at once over its resistance and then
as it fills. So over every stretch of one sign of the current, the voltage's change from the point
before it to its last point tells whether that sign charges; the stretches vote with their size.
"""

from typing import NoReturn

import numpy as np

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.text import Table

REST = 1e-3  # of the largest current: below it the cell rests
CERTAIN = 0.6  # share of all voltage changes that must agree

_EITHER = Declaration(current_positive_on="charge"), Declaration(current_positive_on="discharge")


def vote_for_charge(current: np.ndarray, voltage: np.ndarray) -> float:
    """Say by voltage how surely positive current charges: +1 certainly, -1 it discharges.

    `current` and `voltage` are (n,); 0 where no current flows or the voltage does not move.

    >>> vote_for_charge(np.array([0, 1, 1, 0, -1, -1]), np.array([3, 3.2, 3.4, 3.3, 3.1, 3.0]))
    1.0
    """
    sign = np.where(np.abs(current) > REST * np.max(np.abs(current)), np.sign(current), 0)
    starts = np.flatnonzero(np.diff(sign, prepend=np.nan) != 0)
    ends = np.append(starts[1:], len(sign)) - 1
    change = voltage[ends] - voltage[np.maximum(starts - 1, 0)]
    change = np.where(sign[starts] == 0, 0.0, change)
    total = np.sum(np.abs(change))
    return float(np.sum(sign[starts] * change) / total) if total else 0.0


def settle(
    table: Table, current: np.ndarray, voltage: np.ndarray, spoken: str, by_format: str
) -> tuple[np.ndarray, str]:
    """The current, positive on discharge, and the sentence that says how its sign was known.

    Raises InputError if no one states it and the voltage leaves it open, or if the format's own
    convention contradicts the voltage.
    """
    if not current.any():
        return current, "no current flows, so its sign needs no convention"
    vote = vote_for_charge(current, voltage)
    seen = "charge" if vote > 0 else "discharge"
    if spoken:
        doubt = f", though the voltage speaks for {seen}" if _against(vote, spoken) else ""
        return _signed(current, spoken), f"positive current was declared to {spoken}{doubt}"
    if by_format:
        _refuse_contradiction(table, vote, by_format, seen)
        return _signed(current, by_format), f"positive current means {by_format} in this format"
    if abs(vote) < CERTAIN:
        _ask(f"{table.path}: {_why_open(current, vote)} declare ")
    said = f"positive current was taken to {seen}, because the voltage moves so"
    return _signed(current, seen), said


def _refuse_contradiction(table: Table, vote: float, by_format: str, seen: str) -> None:
    if _against(vote, by_format):
        _ask(
            f"{table.path}: this format's positive current means {by_format}, but the voltage "
            f"moves as if it meant {seen} (leads exchanged?): declare "
        )


def _ask(sentence: str) -> NoReturn:
    raise Undeclared(sentence, _EITHER[0], " or ", _EITHER[1], ".")


def _signed(current: np.ndarray, positive_on: str) -> np.ndarray:
    return current if positive_on == "discharge" else 0.0 - current


def _against(vote: float, convention: str) -> bool:
    return vote * (1 if convention == "charge" else -1) < -CERTAIN


def _why_open(current: np.ndarray, vote: float) -> str:
    if vote and (current >= 0).all():
        return (
            "the current never changes sign while the voltage both rises and falls: export the "
            "current with its sign, or"
        )
    return "the header does not tell whether positive current charges, nor does the voltage:"
