"""The sign of the current, settled once: PyBaMM's, positive on discharge.

A format or the caller says which way positive current runs; where neither does, all that the file
shows is heard: the voltage, the counters of charge and discharge, the names of the steps
(:mod:`ssb_model.data.evidence`). One that speaks against the others, or against the format, is
enough to ask.
"""

from collections.abc import Mapping
from typing import NoReturn

import numpy as np

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.evidence import Points, vote_for_charge, votes_of_counters
from ssb_model.data.text import Table

CERTAIN = 0.6  # of a vote: less leaves the sign open
NOISE = 0.05  # of the largest value
BOTH = 0.05  # of all rows: so many of each sign are no damage

_EITHER = Declaration(current_positive_on="charge"), Declaration(current_positive_on="discharge")


def settle(
    table: Table, values: Mapping[str, Points], words: float, spoken: str, by_format: str
) -> tuple[Points, str]:
    """The current, positive on discharge, and the sentence that says how its sign was known.

    `values` are the columns in SI; `words` is the vote of the names of the steps.

    Raises InputError if no one states it and what the file shows leaves it open, or if the format's
    own convention contradicts that.
    """
    current, voltage = values["current"], values["voltage"]
    if not current.any():
        return current, "no current flows, so its sign needs no convention"
    votes = {"the voltage": vote_for_charge(current, voltage), "the kind of step": words}
    votes |= votes_of_counters(values)
    clear = {who: vote for who, vote in votes.items() if abs(vote) >= CERTAIN}
    if spoken:
        against = [who for who, vote in clear.items() if _side(vote) != spoken]
        doubt = f", though {against[0]} speaks for {_other(spoken)}" if against else ""
        return _signed(current, spoken), f"positive current was declared to {spoken}{doubt}"
    if by_format:
        _refuse_exchanged(table, current, voltage)
        _refuse_contradiction(table, clear, by_format)
        return _signed(current, by_format), f"positive current means {by_format} in this format"
    _refuse_open(table, current, voltage, votes["the voltage"], clear)
    who = next(iter(clear))
    seen = _side(clear[who])
    why = "the voltage moves so" if who == "the voltage" else f"{who} says so"
    return _signed(current, seen), f"positive current was taken to {seen}, because {why}"


def _refuse_contradiction(table: Table, clear: Mapping[str, float], by_format: str) -> None:
    for who, vote in clear.items():
        if _side(vote) != by_format:
            speaks = "moves as if it meant" if who == "the voltage" else "speaks for"
            _ask(
                f"{table.path}: this format's positive current means {by_format}, but {who} "
                f"{speaks} {_side(vote)} (leads exchanged?): declare "
            )


def _refuse_open(
    table: Table, current: Points, voltage: Points, vote: float, clear: Mapping[str, float]
) -> None:
    sides = {_side(one): who for who, one in clear.items()}
    if len(sides) > 1:
        heard = " and ".join(f"{who} for {side}" for side, who in sides.items())
        _ask(f"{table.path}: which way positive current runs is open, {heard}: declare ")
    _refuse_exchanged(table, current, voltage)
    if not clear:
        _ask(f"{table.path}: {_why_open(current, vote)} declare ")


def _refuse_exchanged(table: Table, current: Points, voltage: Points) -> None:
    if _one_sided(current) and not _one_sided(voltage):
        _ask(
            f"{table.path}: the voltage changes its sign and the current does not: if the two "
            "columns are exchanged, correct the header, or declare "
        )


def _one_sided(values: Points) -> bool:
    """Whether nearly all values that are no noise about zero have one sign."""
    noise = NOISE * np.abs(values).max()
    return bool(min(np.mean(values > noise), np.mean(values < -noise)) < BOTH)


def _ask(sentence: str) -> NoReturn:
    raise Undeclared(sentence, _EITHER[0], " or ", _EITHER[1], ".")


def _side(vote: float) -> str:
    return "charge" if vote > 0 else "discharge"


def _other(side: str) -> str:
    return "discharge" if side == "charge" else "charge"


def _signed(current: Points, positive_on: str) -> Points:
    return current if positive_on == "discharge" else 0.0 - current


def _why_open(current: Points, vote: float) -> str:
    if vote and (current >= 0).all():
        return (
            "the current never changes sign while the voltage both rises and falls: export the "
            "current with its sign, or"
        )
    return "the header does not tell whether positive current charges, nor does the voltage:"
