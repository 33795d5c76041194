"""A prediction as a table: rows, in a terminal and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ssb_model.library import written
from ssb_model.prediction.result.quantity import Quantity

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH = 100  # letters


class Row(NamedTuple):
    """One quantity; the share is that of the variance which its main cause explains."""

    quantity: str
    unit: str
    median: float
    lower95: float
    upper95: float
    main_cause: str
    share: float


def rows_of(quantities: Iterable[Quantity]) -> list[Row]:
    """One row a quantity; without a cause, "" and 0."""
    return [
        Row(
            quantity=q["name"],
            unit=q["unit"],
            median=q["median"],
            lower95=q["lower95"],
            upper95=q["upper95"],
            main_cause=q["causes"][0]["unknown"] if q["causes"] else "",
            share=q["causes"][0]["share"] if q["causes"] else 0.0,
        )
        for q in quantities
    ]


def as_text(title: str, rows: Sequence[Row], warnings: Sequence[str]) -> str:
    """A table for a terminal, the warnings below it."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, "table.title"), title_justify="left", box=SIMPLE_HEAD)
    for heading, side in _HEADINGS.items():
        table.add_column(heading, justify="right" if side == "right" else "left")
    for row in rows:
        table.add_row(*map(Text, _cells(row)))
    console = Console(file=StringIO(), width=WIDTH, color_system=None)
    console.print(table)
    for warning in warnings:
        console.print(warning, highlight=False, markup=False)
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())


def as_html(title: str, rows: Sequence[Row], warnings: Sequence[str]) -> str:
    """The same for a notebook."""
    return _template().render(
        title=title, headings=_HEADINGS, rows=map(_cells, rows), warnings=warnings
    )


_HEADINGS = {
    "quantity": "left",
    "median": "right",
    "95 % interval": "right",
    "unit": "left",
    "main cause of its width": "left",
}


def _cells(row: Row) -> tuple[str, ...]:
    cause = f"{row.main_cause}, {100 * row.share:.0f} %" if row.main_cause else ""
    known = row.lower95 == row.upper95  # a share, or a number that nothing leaves open
    interval = "" if known else f"{written(row.lower95)} … {written(row.upper95)}"
    return row.quantity, written(row.median), interval, row.unit, cause


@cache
def _template() -> Template:
    from jinja2 import Environment

    text = (Path(__file__).parent / "table.html").read_text("utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
