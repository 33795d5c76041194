"""The table of a bench, as CSV, as LaTeX and as a DataFrame: a row a quantity of a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

from ssb_model.library import written
from ssb_model.populations import Interval

if TYPE_CHECKING:
    import pandas

DIGITS = 4
#: siunitx's names of the units of the table
UNITS = {
    "ohm cm2": r"\ohm\centi\metre\squared",
    "mS/cm": r"\milli\siemens\per\centi\metre",
    "eV": r"\electronvolt",
    "kJ/mol": r"\kilo\joule\per\mole",
    "uF/cm2": r"\micro\farad\per\centi\metre\squared",
    "mA/cm2": r"\milli\ampere\per\centi\metre\squared",
    "mAh/g": r"\milli\ampere\hour\per\gram",
    "mAh/cm2": r"\milli\ampere\hour\per\centi\metre\squared",
    "mAh": r"\milli\ampere\hour",
    "mV": r"\milli\volt",
    "V": r"\volt",
    "ohm": r"\ohm",
    "uH": r"\micro\henry",
    "%": r"\percent",
}


HEADINGS = ("cell", "quantity", "condition", "value", "95 % interval", "unit", "circuit")


@dataclass(frozen=True)
class Row:
    """A quantity of a cell at a temperature or C-rate, in the unit that the field writes.

    Attributes
    ----------
    cell
        Its name.
    quantity
        The field's term.
    condition
        Temperature or C-rate.
    value, lower95, upper95
        Best value and the ends of its 95 % interval; None where there is none.
    unit
        Of the three.
    note
        What a reader must know of this number.
    circuit, circuit_lower95, circuit_upper95
        The equivalent circuit's, where the physics gives the value.
    """

    cell: str
    quantity: str
    condition: str
    value: float | None
    lower95: float | None
    upper95: float | None
    unit: str
    note: str = ""
    circuit: float | None = None
    circuit_lower95: float | None = None
    circuit_upper95: float | None = None

    @classmethod
    def of(
        cls,
        cell: str,
        quantity: str,
        condition: str,
        interval: Interval,
        unit: str,
        factor: float = 1.0,
        note: str = "",
    ) -> Row:
        """A row of an interval in SI, times the factor to the unit."""
        ends = (factor * interval.lower, factor * interval.upper)
        return cls(cell, quantity, condition, factor * interval.value, *ends, unit, note)


HEADER = tuple(field.name for field in fields(Row))


def csv_of(rows: Iterable[Row]) -> str:
    """The table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow(
            "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else cell
            for cell in astuple(row)
        )
    return text.getvalue()


def tex_of(rows: Sequence[Row], caption: str) -> str:
    """The table as LaTeX for the packages booktabs and siunitx (version 3)."""
    lines = [
        "% needs \\usepackage{booktabs} and \\usepackage{siunitx} (version 3)",
        r"\begin{table}",
        rf"\caption{{{escaped(caption)}}}",
        r"\begin{tabular}{llllll}",
        r"\toprule",
        r"cell & quantity & condition & value & 95\,\% interval & unit \\",
    ]
    before = None
    for row in rows:
        if row.cell != before:
            lines.append(r"\midrule")
        name = escaped(row.cell) if row.cell != before else ""
        before = row.cell
        interval = (
            ""
            if row.lower95 is None or row.upper95 is None
            else f"{_num(row.lower95)} to {_num(row.upper95)}"
        )
        cells = [
            name,
            escaped(row.quantity),
            escaped(row.condition).replace("degC", r"\unit{\degreeCelsius}"),
            "" if row.value is None else _num(row.value),
            interval,
            rf"\unit{{{UNITS[row.unit]}}}" if row.unit in UNITS else escaped(row.unit),
        ]
        lines.append(" & ".join(cells) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", r"\end{table}", ""])


def frame_of(rows: Sequence[Row]) -> pandas.DataFrame:
    """The table as a DataFrame."""
    import pandas

    return pandas.DataFrame([astuple(row) for row in rows], columns=list(HEADER))


def printed(rows: Sequence[Row]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings, and the cells of each row; circuits have a column where some row has one."""
    columns = len(HEADINGS) - all(row.circuit is None for row in rows)
    return HEADINGS[:columns], [_shown(row)[:columns] for row in rows]


def _shown(row: Row) -> tuple[str, ...]:
    """A row as it is printed: value and interval with few digits, and the circuit's."""
    open_one = "not determined" if row.note.startswith("not determined") else ""
    value = open_one if row.value is None else written(row.value)
    circuit = "" if row.circuit is None else written(row.circuit)
    its_ends = _between(row.circuit_lower95, row.circuit_upper95, "({})")
    return (
        *(row.cell, row.quantity, row.condition),
        *(value, _between(row.lower95, row.upper95), row.unit),
        " ".join(filter(None, [circuit, its_ends])),
    )


def _between(lower: float | None, upper: float | None, form: str = "{}") -> str:
    if lower is None or upper is None:
        return ""
    return form.format(f"{written(lower)} to {written(upper)}")


def _num(value: float) -> str:
    return rf"\num{{{value:.{DIGITS}g}}}"


def escaped(text: str) -> str:
    """Plain text as LaTeX shows it."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    plain = {mark: f"\\{mark}" for mark in "&%$#_{}"}
    return "".join((special | plain).get(mark, mark) for mark in text)
