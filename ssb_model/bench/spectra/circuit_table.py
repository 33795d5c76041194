"""The equivalent circuit of every spectrum: its name, its elements, both capacitances per area."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from ssb_model.constants import TO_UF, TO_UH
from ssb_model.library import written

if TYPE_CHECKING:
    from ssb_model.circuits import CircuitFit

#: the field's unit of one in SI, and the factor
SHOWN = {
    "Ohm": ("ohm", 1.0),
    "H": ("uH", TO_UH),
    "F": ("uF", TO_UF),
    "F/cm2": ("uF/cm2", TO_UF),
}
PER_AREA = " per area"
HEAD = ("cell", "condition", "circuit", "elements with 95 % intervals")


@dataclass(frozen=True)
class ElementRow:
    """One element of the circuit of a spectrum, and per area where that is known.

    Attributes
    ----------
    cell, condition, spectrum
        Whose it is.
    circuit
        Such as "L-R-(RQ)-(RQ)".
    element
        "R1", "C1 (Brug)"; arcs are numbered from the fastest.
    value, lower95, upper95, unit
        None where it is not determined.
    note
    """

    cell: str
    condition: str
    spectrum: str
    circuit: str
    element: str
    value: float | None
    lower95: float | None
    upper95: float | None
    unit: str
    note: str = ""


def circuit_rows(
    cell: str, circuits: Sequence[CircuitFit], conditions: Sequence[str]
) -> list[ElementRow]:
    """Rows of the circuits of a cell's spectra."""
    rows = []
    for one, condition in zip(circuits, conditions, strict=True):
        about = (cell, condition, one.name, one.circuit.text)
        for element in (*one.elements, *one.derived):
            unit, factor = SHOWN.get(element.unit, (element.unit or "1", 1.0))
            numbers = element.value, element.lower95, element.upper95
            value, low, high = (factor * n if element.determined else None for n in numbers)
            own = (element.name, value, low, high, unit, element.remark)
            rows.append(ElementRow(*about, *own))
    return rows


def circuits_csv(rows: Sequence[ElementRow]) -> str:
    """The rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(ElementRow))
    for row in rows:
        writer.writerow(
            "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else cell
            for cell in astuple(row)
        )
    return text.getvalue()


def circuit_lines(rows: Sequence[ElementRow]) -> list[tuple[str, ...]]:
    """A line a spectrum for the page, with the elements that it determines."""
    known = {(*_whose(row), row.element): row for row in rows}
    lines: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        own = lines.setdefault(_whose(row), [])
        if row.value is not None and not row.element.endswith(PER_AREA):
            own.append(_shown(known.get((*_whose(row), row.element + PER_AREA), row)))
    return [
        (cell, condition, circuit, "; ".join(own))
        for (cell, condition, _, circuit), own in lines.items()
    ]


def _whose(row: ElementRow) -> tuple[str, str, str, str]:
    return row.cell, row.condition, row.spectrum, row.circuit


def _shown(row: ElementRow) -> str:
    value, low, high = (written(n or 0.0) for n in (row.value, row.lower95, row.upper95))
    unit = "" if row.unit == "1" else f" {row.unit}"
    return f"{row.element.removesuffix(PER_AREA)} {value} ({low} to {high}){unit}"
