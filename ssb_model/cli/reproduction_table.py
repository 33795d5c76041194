"""The comparison as a table, for the terminal and for the README."""

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

HEADINGS = ("row", "quantity", "paper", "model", "95 % interval", "role", "within")
JUSTIFY = ("left", "left", "right", "right", "right", "left", "left")
VERDICT = {True: "yes", False: "no", None: ""}
COLOUR = {True: "green", False: "red", None: ""}


def comparison_table(result):
    """A rich table: paper, model, interval, role."""
    table = Table(title=f"{result.experiment.name}: paper and model", box=SIMPLE_HEAD)
    for name, justify in zip(HEADINGS, JUSTIFY, strict=True):
        table.add_column(name, justify=justify, no_wrap=name in ("row", "paper", "model"))
    for row in result.rows:
        *cells, verdict = _cells(row)
        table.add_row(*map(Text, cells), Text(verdict, style=COLOUR[row.within]))
    return table


def markdown_table(result):
    """The same table as Markdown text."""
    lines = [HEADINGS, ["---" if j == "left" else "---:" for j in JUSTIFY]]
    lines += [_cells(row) for row in result.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _cells(row):
    sign = {"at least": "≥ ", "at most": "≤ "}.get(row.bound, "")
    unit = "" if row.unit in (None, "1") else f" [{row.unit}]"
    interval = ""
    if row.lower95 is not None:
        interval = f"{_number(row.lower95)} … {_number(row.upper95)}"
    return (
        row.id,
        row.quantity + unit,
        "" if row.paper is None else sign + _number(row.paper),
        "" if row.model is None or row.role == "input" else _number(row.model),
        interval,
        row.role,
        VERDICT[row.within],
    )


def _number(value):
    """Four significant digits, without exponent for everyday sizes or trailing zeros."""
    if value and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.3e}"
    if abs(value) >= 1000:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.4g}"
