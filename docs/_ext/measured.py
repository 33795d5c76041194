"""Tables of what benchmarks measured, from ``benchmarks/results/*.json``, never typed.

In a page a directive ``{measured} peers``, by the names of ``records.TABLES``. Below each table
stand the command, date and machine of its record.
"""

import json
from pathlib import Path

import records
from tables import Written

RESULTS = Path(__file__).resolve().parents[2] / "benchmarks" / "results"
COMMANDS = {
    "peers": "python -m benchmarks",
    "limit": "python -m benchmarks.limit",
    "models": "python -m benchmarks.models",
    "pybop": "python -m benchmarks.pybop",
    "calibration": "python -m benchmarks.calibration",
    "founding_arcs": "python -m benchmarks.founding_arcs",
    "field_model": "python -m benchmarks.field_model",
    "reproduction_scores": "python -m benchmarks.reproduction_scores",
    "explore": "python -m benchmarks.explore",
    "sweep": "python -m benchmarks.sweep",
    "public_files": "python -m benchmarks.public_files --folder FOLDER",
    "predictions": "python -m benchmarks.predictions",
    "wrong_models": "python -m benchmarks.wrong_models",
}


def setup(app):
    app.add_directive("measured", Measured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Measured(Written):
    """One table of ``records.TABLES``, and where its numbers are from."""

    required_arguments = 1
    final_argument_whitespace = True

    def markdown(self):
        """The table, and below it command, date, machine and file."""
        table = self.arguments[0]
        name = records.TABLES[table]
        path = RESULTS / f"{name}.json"
        self.env.note_dependency(str(path))
        record = json.loads(path.read_text("utf-8"))
        head, rows = getattr(records, table)(record)
        return "\n".join([*markdown_table(head, rows), "", _source(record, name)])


def _source(record, name):
    machine = record.get("machine", record.get("processor"))
    when = ", ".join(part for part in (record.get("date"), machine) if part)
    return f"Recorded by `{COMMANDS[name]}` ({when}) in `benchmarks/results/{name}.json`."


def markdown_table(head, rows):
    """Lines of a Markdown table; columns of numbers, by most of their cells, to the right."""
    lines = [[str(cell) for cell in row] for row in rows]
    rule = ["---:" if _are_numbers(column) else "---" for column in zip(*lines, strict=True)]
    return ["| " + " | ".join(cells) + " |" for cells in (head, rule, *lines)]


def _are_numbers(cells):
    begins = [cell.lstrip("-")[0].isdigit() for cell in cells if cell]
    return 2 * sum(begins) > len(begins)
