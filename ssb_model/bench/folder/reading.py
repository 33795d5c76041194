"""A folder as it was understood: as rows to read, and as the ``bench.toml`` that says the same."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from ssb_model.bench.folder.facts import FILE
from ssb_model.bench.folder.read import Bench
from ssb_model.constants import ZERO_CELSIUS
from ssb_model.data import ImpedanceData
from ssb_model.library import write_whole

READING = ("file", "holds", "cell", "temperature", "known from")


def reading_rows(bench: Bench) -> list[tuple[str, ...]]:
    """File, what it holds, cell, temperature, and who says so."""
    return [
        (
            file.path.name,
            " and ".join(sorted({_kind(one) for one in file.data})),
            file.cell,
            "" if file.temperature is None else _degC(file.temperature),
            file.said,
        )
        for file in bench.files
    ]


def groups_said(bench: Bench) -> list[str]:
    """A sentence on each group of several cells."""
    return [
        f"{group}: {len(cells)} cells of one kind, {', '.join(cells)}."
        for group, cells in bench.groups.items()
        if len(cells) > 1
    ]


def write_reading(bench: Bench, folder: Path) -> Path:
    """Write ``bench.toml`` as it would state the whole reading; gives its path.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    import tomli_w

    path = folder / FILE
    write_whole(path, tomli_w.dumps(_table(bench)))
    return path


def _table(bench: Bench) -> dict[str, Any]:
    facts = bench.facts
    sizes = {
        "thickness": (facts.thickness, 1e3, "mm"),
        "area": (facts.area, 1e4, "cm2"),
        "active_mass": (facts.active_mass, 1e6, "mg"),
        "nominal_capacity": (facts.nominal_capacity, 1e3, "mA.h"),
    }
    table: dict[str, Any] = {
        key: f"{_digits(factor * value)} {unit}"
        for key, (value, factor, unit) in sizes.items()
        if value is not None
    }
    if facts.temperature is not None:
        table["temperature"] = _degC(facts.temperature)
    table["electrolyte"] = facts.electrolyte
    if facts.reference is not None:
        table["reference"] = facts.reference
    table["cells"] = {
        cell: [file.path.name for file in bench.files if file.cell == cell] for cell in bench.cells
    }
    table["groups"] = {group: list(cells) for group, cells in bench.groups.items()}
    table["files"] = {
        file.path.name: {"temperature": _degC(file.temperature)}
        for file in bench.files
        if file.temperature is not None
    }
    for name, said in (facts.files or {}).items():
        kept = said.model_dump(exclude_defaults=True)
        table["files"][name] = kept | table["files"].get(name, {})
    return table


def _digits(value: float) -> str:
    """A size with all digits that a double has, without a tail of nines."""
    return f"{value:.{max(1, 12 - math.floor(math.log10(value)))}g}"


def _degC(temperature: float) -> str:
    return f"{temperature - ZERO_CELSIUS:.6g} degC"


def _kind(data: object) -> str:
    return "spectrum" if isinstance(data, ImpedanceData) else "record"
