"""What a study takes from parameter files: neither measured by its user nor fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from ssb_model.library import in_handy_unit
from ssb_model.study.file import bare_name

if TYPE_CHECKING:
    from ssb_model.study.study import Study


class Assumed(TypedDict):
    """One value: of which cell, its name, value and unit, how it is known and from where."""

    cell: str
    parameter: str
    value: float
    unit: str
    tag: str
    source: str


def assumed(study: Study) -> list[Assumed]:
    """Every value that the equations of a cell read and that the study neither states nor frees."""
    rows: list[Assumed] = []
    for cell in study.cells.values():
        free = set(study.free.names(cell.name))
        stated = {bare_name(name).lower() for name in cell.table["values"]}
        for name in cell.read_quantities:
            if name in free or bare_name(name).lower() in stated:
                continue
            quantity = cell.quantities[name]
            shown = in_handy_unit({"value": quantity.value, "unit": quantity.unit})
            rows.append(
                {
                    "cell": cell.name,
                    "parameter": bare_name(name),
                    **shown,
                    "tag": quantity.tag,
                    "source": quantity.source,
                }  # pyright: ignore[reportArgumentType]
            )
    return rows


def assumed_sentence(study: Study) -> str:
    """All of them in one sentence; empty if there are none."""
    named: dict[str, None] = {}
    for row in assumed(study):
        unit = "" if row["unit"] in ("-", "1") else f" {row['unit']}"
        named[f"{row['parameter']} {row['value']:.4g}{unit}"] = None
    return f"From parameter files, not measured by you: {', '.join(named)}." if named else ""
