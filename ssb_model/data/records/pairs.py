"""Half cycles as cycles: by the file's own index where it holds together, else by the current."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ssb_model.data.records.halves import HalfCycle

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData

#: number, charge, discharge
Pair: TypeAlias = tuple[int, HalfCycle | None, HalfCycle | None]


def cycles_of(record: CyclingData, halves: list[HalfCycle]) -> tuple[list[Pair], list[str]]:
    """Cycles, and what has to be said of how they were counted."""
    if record.cycle is None:
        return _by_sign(halves), []
    own = _by_index(record.cycle, halves)
    if own is not None:
        return own, []
    said = (
        "The file's cycle index does not hold a charge and a discharge each time: "
        "cycles are counted by the sign of the current."
    )
    return _by_sign(halves), [said]


def _by_index(index: np.ndarray, halves: list[HalfCycle]) -> list[Pair] | None:
    """Cycles by the file's index; None where it cuts half cycles or holds several."""
    found: dict[int, list[HalfCycle]] = {}
    for half in halves:
        values = np.unique(index[half.rows])
        if len(values) > 1 or not float(values[0]).is_integer():
            return None
        found.setdefault(int(values[0]), []).append(half)
    directions = [[half.direction for half in group] for group in found.values()]
    if any(len(set(ways)) < len(ways) for ways in directions):
        return None
    both = sum(len(ways) == 2 for ways in directions)
    if list(found) != sorted(found) or (len(halves) > 2 and not both):
        return None
    return [_pair(number, group) for number, group in found.items()]


def _by_sign(halves: list[HalfCycle]) -> list[Pair]:
    """Each cycle begins in the direction in which the record begins."""
    if not halves:
        return []
    groups: list[list[HalfCycle]] = []
    for half in halves:
        if half.direction == halves[0].direction or not groups or len(groups[-1]) == 2:
            groups.append([half])
        else:
            groups[-1].append(half)
    return [_pair(number, group) for number, group in enumerate(groups, 1)]


def _pair(number: int, group: list[HalfCycle]) -> Pair:
    by = {half.direction: half for half in group}
    return number, by.get("charge"), by.get("discharge")
