"""What a reader of a record's cycles has to know beside the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import HOUR, TO_MA
from ssb_model.data.records.charge import AGREES, between_samples, counted
from ssb_model.data.records.halves import LEAST, stretches_of

if TYPE_CHECKING:
    from ssb_model.data.datasets import CyclingData
    from ssb_model.data.records.halves import HalfCycle

SHOWN = 4  # half cycles named


def remarks(record: CyclingData, halves: list[HalfCycle], symmetric: bool) -> list[str]:
    """Sentences, the gravest first."""
    found = [] if symmetric else [_disagreement(record, halves), _discharge_first(halves)]
    found += [_partial(halves), _few(record), _unknown(record, halves)]
    found += [_held(halves), _slow(halves)]
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
    words = {0: "the first {}", len(halves) - 1: "the last {}"}
    which = [
        words.get(k, f"the {{}} at {half.begin:.6g} s").format(half.direction)
        for k, half in enumerate(halves)
        if not half.complete
    ]
    if not which:
        return ""
    more = f" and {len(which) - SHOWN} more" if len(which) > SHOWN else ""
    return (
        f"Not whole, and in no mean: {', '.join(which[:SHOWN])}{more} "
        "(stopped before the others' end, begun before the record, or after a stopped one)."
    )


def _few(record: CyclingData) -> str:
    few = sum(0 < len(rows) < LEAST for rows in stretches_of(record))
    return f"Current flows for fewer than {LEAST} samples {few} times: left out." if few else ""


def _unknown(record: CyclingData, halves: list[HalfCycle]) -> str:
    """Where no counter tells when the current was switched: between which samples it was."""
    worst = max(halves, key=lambda half: _share(record, half))
    share = _share(record, worst)
    if share < AGREES:
        return ""
    return (
        f"Nothing in the file tells when between two samples the current was switched: charges and "
        f"efficiencies are known to {100 * share:.2g} % in the {worst.direction} at "
        f"{worst.begin:.6g} s."
    )


def _share(record: CyclingData, half: HalfCycle) -> float:
    """The charge of the longer interval at a half cycle's ends, over its charge."""
    if counted(record, half.rows) is not None:
        return 0.0
    ends = np.array([half.rows[0], half.rows[-1] + 1])
    ends = ends[(ends > 0) & (ends < len(record.time))]
    gaps = record.time[ends] - record.time[ends - 1]
    return float(gaps.max(initial=0.0) * half.current / HOUR / half.charge)


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
