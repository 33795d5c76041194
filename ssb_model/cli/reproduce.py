"""``ssb reproduce``: a published experiment beside the model, in a table, figures and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.scores import markdown, score_table, score_text
from ssb_model.cli.stop import AGAIN, keeping
from ssb_model.cli.terminal import Columns, make_table, messages, print_table, say, show, working

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from ssb_model.reproduction import Reproduction, RowResult
    from ssb_model.study import ByProducts

COLUMNS: Columns = {
    "row": "left",
    "quantity": "left",
    "paper": "right",
    "model": "right",
    "95 % interval": "right",
    "role": "left",
    "within": "left",
}
COLOUR = {True: "green", False: "red", None: ""}


def reproduce(
    experiment: Annotated[
        str, typer.Argument(help="Name of a shipped experiment, or path of your own.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for table, JSON and figures.  [default: results/EXPERIMENT]"),
    ] = None,
) -> None:
    """Reproduce a published experiment and compare with the paper.

    Fits its measurements, predicts what was not fitted, and shows each number beside the paper's.
    """
    from ssb_model.library import file_name, load_experiment, result_folder
    from ssb_model.reproduction import (
        founding_study,
        load_rows,
        reproduce,
        score_rows,
        sentences,
    )
    from ssb_model.study import ByProducts

    loaded = load_experiment(experiment)
    # a mistake in the files is reported before anything slow
    load_rows(loaded, founding_study(loaded))
    made = ByProducts()
    with result_folder(out or Path("results") / file_name(loaded.name), say) as folder:
        with _stages() as tell:
            result = reproduce(experiment, tell)
        with keeping(lambda: f"what is in {folder} is whole; {AGAIN}"):
            written = _write(result, folder, made)
            made.keep(folder)
    print_table(comparison_table(result), wide=True)
    scores = score_rows(result.rows)
    if scores.rows:
        print_table(score_table(scores), wide=True)
    for text in sentences(scores, result.rows):
        show(text)
    for direction in result.undetermined:
        say(f"not determined by the data: {direction}")
    for text in made.warnings:
        say(f"warning: {text}")
    say(f"\n{len(written)} files in {folder}")


@contextmanager
def _stages() -> Iterator[Callable[[str], None]]:
    """Shows the running stage; without a terminal, prints each stage once."""
    on_terminal = messages().is_terminal
    with working("starting") as update:

        def tell(text: str) -> None:
            if on_terminal:
                update(text)
            elif not text.startswith("iteration"):
                say(text)

        yield tell


def _write(result: Reproduction, folder: Path, made: ByProducts) -> list[Path]:
    """JSON, table and figures, the numbers first; returns their paths."""
    from ssb_model.library import write_whole
    from ssb_model.reproduction import save_figures, score_rows, sentences

    result.save(folder)
    scores = score_rows(result.rows)
    told = score_text(scores, result.rows, sentences(scores, result.rows))
    write_whole(folder / "table.md", markdown_table(result))
    write_whole(folder / "scores.md", told)
    names = ("curves.npz", "reproduce.json", "table.md", "scores.md")
    saved = [folder / name for name in names]
    return [*saved, *made.of("the figures", lambda: save_figures(result, folder), [])]


def comparison_table(result: Reproduction) -> Table:
    """Paper, model, interval, role, and whether they agree."""
    from rich.text import Text

    rows: list[list[str | Text]] = []
    for row in result.rows:
        *cells, verdict = _cells(row)
        rows.append([*cells, Text(verdict, style=COLOUR[row.within])])
    title = f"{result.experiment.name}: paper and model"
    return make_table(title, COLUMNS, rows, unbroken=("row", "paper", "model"))


def markdown_table(result: Reproduction) -> str:
    """The same table as Markdown text."""
    return markdown(COLUMNS, map(_cells, result.rows)) + "\n"


def _cells(row: RowResult) -> list[str]:
    sign = {"at least": "≥ ", "at most": "≤ "}.get(row.bound, "")
    unit = "" if row.unit in (None, "1") else f" [{row.unit}]"
    interval = ""
    if row.lower95 is not None and row.upper95 is not None:
        interval = f"{_number(row.lower95)} … {_number(row.upper95)}"
    return [
        row.id,
        row.quantity + unit,
        "" if row.paper is None else sign + _number(row.paper),
        "" if row.model is None or row.role == "input" else _number(row.model),
        interval,
        row.role,
        row.verdict,
    ]


def _number(value: float) -> str:
    """Four significant digits, without exponent for everyday sizes or trailing zeros."""
    if value and not 1e-3 <= abs(value) < 1e5:
        return f"{value:.3e}"
    if abs(value) >= 1000:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.4g}"
