"""One kind of cell beside another: the rows and the sentence that say what a coating did."""

from __future__ import annotations

from collections.abc import Iterable

from ssb_model.bench.findings import Findings
from ssb_model.bench.folder import FILE, Bench, reference_of
from ssb_model.bench.table import Row
from ssb_model.populations import Comparison, percent


def pairs(bench: Bench, groups: Iterable[str], result: Findings) -> list[tuple[str, str]]:
    """Each group with the one that all are compared with."""
    known = list(groups)
    reference = reference_of(bench.groups, bench.facts)
    if reference is None and len(known) > 1:
        result.of_kinds.append(
            f"No ratio between groups: write in {FILE} which one the others are compared with, "
            f'reference = "{known[0]}".'
        )
    return [(name, reference) for name in known if reference in known and name != reference]


def ratio_rows(
    quantity: str, condition: str, one: Comparison, counts: tuple[int, int]
) -> list[Row]:
    note = f"of medians, {counts[0]} and {counts[1]} cells; below 1 with {percent(one.below)}"
    if 1 in counts:
        note += "; a single cell: its kind's scatter is assumed"
    numbers = {
        f"ratio to {one.b}": (one.ratio, ""),
        f"difference from {one.b}": (one.difference, one.unit),
    }
    return [
        Row.of(one.a, f"{quantity}, {what}", condition, interval, unit, note=note)
        for what, (interval, unit) in numbers.items()
    ]


def ratio_sentence(quantity: str, condition: str, one: Comparison, counts: tuple[int, int]) -> str:
    r, d = one.ratio, one.difference
    at = f" at {condition}" if condition else ""
    single = " One is a single cell, whose kind's scatter is assumed." if 1 in counts else ""
    return (
        f"The {quantity}{at} of {one.a} is {r.value:.3g} times that of {one.b} ({r.lower:.3g} to "
        f"{r.upper:.3g}, 95 %), a difference of {d.value:.3g} {one.unit} ({d.lower:.3g} to "
        f"{d.upper:.3g}); it is smaller with a probability of {percent(one.below)}.{single}"
    )
