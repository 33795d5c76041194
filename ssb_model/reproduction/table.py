"""The comparison as a table, for the terminal and for the README."""

from rich.table import Table
from rich.text import Text

VERDICT = {True: ("yes", "green"), False: ("no", "red"), None: ("", "")}


def comparison_table(result):
    """A rich table: paper, model, interval, role."""
    table = Table(title=f"{result.experiment.name}: paper and model", show_lines=False)
    for name, justify in zip(HEADINGS, JUSTIFY, strict=True):
        table.add_column(name, justify=justify, overflow="fold")
    for row in result.rows:
        colour = VERDICT[row.within][1]
        *cells, verdict = (Text(cell) for cell in _cells(row))
        table.add_row(*cells, Text(verdict.plain, style=colour))
    return table


HEADINGS = ("row", "quantity", "unit", "paper", "model", "95 % interval", "role", "within")
JUSTIFY = ("left", "left", "left", "right", "right", "right", "left", "left")


def markdown_table(result):
    """The same table as Markdown text."""
    lines = [HEADINGS, ["---" if j == "left" else "---:" for j in JUSTIFY]]
    lines += [_cells(row) for row in result.rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _cells(row):
    sign = {"at least": "≥ ", "at most": "≤ "}.get(row.bound, "")
    paper = "" if row.paper is None else sign + _number(row.paper)
    model = "" if row.model is None or row.role == "input" else _number(row.model)
    interval = ""
    if row.lower95 is not None:
        interval = f"{_number(row.lower95)} … {_number(row.upper95)}"
    unit = "" if row.unit in (None, "1") else row.unit
    return (
        row.id,
        row.quantity,
        unit,
        paper,
        model,
        interval,
        row.role,
        VERDICT[row.within][0],
    )


def _number(value):
    """Four significant digits, without exponent for everyday sizes."""
    if value and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.3g}"
    digits = max(0, 3 - len(str(int(abs(value))))) + (1 if abs(value) < 100 else 0)
    return f"{value:.{digits}f}"
