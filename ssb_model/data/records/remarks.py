"""What a reader of a record's cycles has to know beside the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.constants import TO_MA
from ssb_model.data.records.charge import AGREES, between_samples, counted

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData
    from ssb_model.data.records.halves import HalfCycle


def remarks(record: CyclingData, halves: list[HalfCycle], symmetric: bool) -> list[str]:
    """Sentences, the gravest first."""
    found = [] if symmetric else [_disagreement(record, halves), _discharge_first(halves)]
    found += [_partial(halves), _held(halves), _slow(halves)]
    return [sentence for sentence in found if sentence]


def _disagreement(record: CyclingData, halves: list[HalfCycle]) -> str:
    worst, where = AGREES, None
    for half in halves:
        own, integral = counted(record, half.rows), between_samples(record, half.rows)
        if own is not None and abs(own - integral) > worst * max(own, integral):
            worst, where = abs(own - integral) / max(own, integral), (half, own, integral)
    if where is None:
        return ""
    half, own, integral = where
    return (
        f"The file's own capacity disagrees with the integral of its current, by up to "
        f"{100 * worst:.2g} %: {TO_MA * own:.4g} and {TO_MA * integral:.4g} mAh in the "
        f"{half.direction} at {half.begin:.6g} s; the integral is told."
    )


def _discharge_first(halves: list[HalfCycle]) -> str:
    if halves[0].direction == "charge" or len(halves) < 2:
        return ""
    return (
        "The record begins with a discharge: Coulombic efficiencies are charge over discharge, "
        "as of an electrode that takes up lithium first."
    )


def _partial(halves: list[HalfCycle]) -> str:
    ends = [("first", halves[0]), ("last", halves[-1])]
    which = [f"{word} {half.direction}" for word, half in ends if not half.complete]
    return f"The {' and the '.join(which)} is recorded in part." if which else ""


def _held(halves: list[HalfCycle]) -> str:
    count = {
        way: sum(half.held for half in halves if half.direction == way)
        for way in ("charge", "discharge")
    }
    parts = [f"{n} {way}{'s' if n > 1 else ''}" for way, n in count.items() if n]
    return f"Voltage is held at the end of {' and '.join(parts)}, and counted." if parts else ""


def _slow(halves: list[HalfCycle]) -> str:
    if any(half.resistance is not None for half in halves):
        return ""
    return "No sample is near enough to a switch (10 s) to tell the resistance there."
