"""The equivalent circuit of every spectrum: its name, its elements, both capacitances per area."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from ssb_model.constants import TO_F_CM2, TO_OHM_CM2, TO_UH
from ssb_model.data.validation import Element
from ssb_model.library import written

if TYPE_CHECKING:
    from ssb_model.bench.cells import Measured

PER_AREA = {"Ohm": ("ohm cm2", TO_OHM_CM2), "F": ("F/cm2", TO_F_CM2)}
HEAD = ("cell", "condition", "circuit", "elements with 95 % intervals")


@dataclass(frozen=True)
class ElementRow:
    """One element of the circuit of a spectrum, in SI and, where it has one, per area.

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
    value: float
    lower95: float | None
    upper95: float | None
    unit: str
    note: str = ""


def circuit_rows(
    cell: str, spectra: Sequence[Measured], conditions: Sequence[str], area: float | None
) -> list[ElementRow]:
    """Rows of all spectra of a cell."""
    rows = []
    for one, condition in zip(spectra, conditions, strict=True):
        about = (cell, condition, one.name, one.circuit.text)
        for element in one.circuit.elements:
            name, value, lower, upper, unit = _in_microhenry(element)
            note = "" if lower is not None else "not determined by this spectrum"
            rows.append(ElementRow(*about, name, value, lower, upper, unit, note))
            if area is not None and unit in PER_AREA:
                shown, factor = PER_AREA[unit]
                factor = factor * area if unit == "Ohm" else factor / area
                ends = (factor * lower, factor * upper) if lower and upper else (None, None)
                own = f"{name} per area"
                rows.append(ElementRow(*about, own, factor * value, *ends, shown, note))
    return rows


def _in_microhenry(element: Element) -> Element:
    if element.unit != "H":
        return element
    low, high = (None if end is None else TO_UH * end for end in (element.lower, element.upper))
    return Element(element.name, TO_UH * element.value, low, high, "uH")


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
    lines: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows:
        own = lines.setdefault((row.cell, row.condition, row.spectrum, row.circuit), [])
        if row.lower95 is None or row.upper95 is None or row.unit in PER_AREA:
            continue  # open, or given per area
        ends = f"{written(row.lower95)} to {written(row.upper95)}"
        name = row.element.removesuffix(" per area")
        unit = "" if row.unit == "1" else f" {row.unit}"
        own.append(f"{name} {written(row.value)} ({ends}){unit}")
    return [
        (cell, condition, circuit, "; ".join(own))
        for (cell, condition, _, circuit), own in lines.items()
    ]
