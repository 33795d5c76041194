"""Questions by the names of their answers.

>>> [question] = questions(["capacity at 0.5C", "capacity at 2C"])
>>> question.unit, question.table.c_rate
('mAh/g', [0.5, 2.0])
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssb_model.errors import InputError, suggestion
from ssb_model.prediction.questions.kinds import CRITICAL_CURRENT, EXAMPLES, KINDS
from ssb_model.prediction.questions.question import Kind, Question


def questions(names: Iterable[str]) -> list[Question]:
    """The fewest questions that answer all ``names``.

    Raises
    ------
    InputError
        For a name that is none, with the nearest.
    """
    groups: dict[tuple[Kind, tuple[float | None, ...]], list[tuple[str, float | None]]] = {}
    for name in dict.fromkeys(names):
        kind, (first, *others) = _read(name)
        groups.setdefault((kind, tuple(others)), []).append((name, first))
    return [
        Question(kind, tuple(n for n, _ in asked), tuple(x for _, x in asked), others)
        for (kind, others), asked in groups.items()
    ]


def asked_together(asked: Iterable[Question]) -> list[tuple[Question, ...]]:
    """Questions in their order, those to a full cell together: its discharges run side by side, and
    what several ask for is run once.

    >>> of_full = questions(["capacity at 1C", "capacity at 1C after 9 cycles", "cell resistance"])
    >>> [len(asked) for asked in asked_together(of_full)]
    [2, 1]
    """
    found: list[tuple[Question, ...]] = []
    for question in asked:
        full = [one for one in found if question.cell == one[0].cell == "full"]
        if full:
            found[found.index(full[0])] += (question,)
        else:
            found.append((question,))
    return found


def unit_of_question(name: str) -> str:
    """The unit of the answer to one name.

    >>> unit_of_question("polarisation at 0.3 mA/cm2")
    'mV'
    """
    return _read(name)[0].unit


def spread_kind(name: str) -> str | None:
    """The kind of a number in :mod:`ssb_model.library.spread`; None for a name that has none.

    >>> spread_kind("capacity at 2C"), spread_kind("critical current density")
    ('capacity', 'critical current')
    """
    if name == CRITICAL_CURRENT:
        return "critical current"
    try:
        return _read(name)[0].spread
    except InputError:
        return None


def rate_and_cycles(name: str) -> tuple[float, float] | None:
    """C-rate and number of cycles of a capacity; None for another name.

    >>> rate_and_cycles("capacity at 0.5C after 200 cycles"), rate_and_cycles("capacity at 1C")
    ((0.5, 200.0), (1.0, 1.0))
    """
    try:
        kind, numbers = _read(name)
    except InputError:
        return None
    if kind.spread != "capacity":
        return None
    rate, cycles = (*numbers, 1.0)[:2]
    assert rate is not None and cycles is not None
    return rate, cycles


def _read(name: str) -> tuple[Kind, list[float | None]]:
    """The kind of a name, and the numbers in it."""
    for kind in KINDS:
        found = re.fullmatch(kind.pattern, name)
        if found:
            numbers = [None if text is None else float(text) for text in found.groups()]
            return kind, numbers or [None]
    raise InputError(f'nothing answers "{name}". {suggestion(name, EXAMPLES)}')
