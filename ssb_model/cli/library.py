"""``ssb library``: the published cells, your own beside them, and what is learnt from both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.options import Json
from ssb_model.cli.terminal import make_table, print_json, print_table, say, working

if TYPE_CHECKING:
    from rich.table import Table

    from ssb_model.library import FieldCell

Own = Annotated[
    Path | None, typer.Argument(help="Folder of your own files of cells, beside the published.")
]
library = typer.Typer(
    help="Published cells, and what the forecast learns from them.", no_args_is_help=True
)


@library.callback()
def _library() -> None:
    """Published cells, and what the forecast learns from them."""


@library.command()
def check(folder: Own = None) -> None:
    """Check every row; what is wrong ends the command."""
    from ssb_model.library import field_cells, field_findings

    cells = field_cells(folder)
    for text in field_findings(cells):
        say(text)
    learnt = [cell for cell in cells if cell.learnt_from]
    typer.echo(
        f"{len(cells)} rows of {len({cell.source for cell in cells})} sources are in order; the "
        f"forecast learns from {len(learnt)}."
    )


@library.command(name="list")
def list_cells(folder: Own = None, json: Json = False) -> None:
    """List the rows, each with its source."""
    from ssb_model.library import field_cells

    cells = field_cells(folder)
    if json:
        print_json({"cells": [cell.model_dump(exclude_none=True) for cell in cells]})
        return
    print_table(cells_table(cells), wide=True)


@library.command()
def page(
    folder: Own = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("library.html"),
) -> None:
    """Write an interactive plot of the rows, each with its source."""
    from ssb_model.explore import evidence_page
    from ssb_model.library import field_cells, write_whole

    write_whole(out, evidence_page(field_cells(folder)))
    typer.echo(f"{out} written")


@library.command()
def learn(folder: Own = None) -> None:
    """Learn from the rows: some minutes, once after a change."""
    from ssb_model.critical_current import learn_field

    with working("reading the library") as tell:
        learnt = learn_field(folder, tell)
    typer.echo(
        f"learnt from {learnt.rows} rows: R-hat {learnt.rhat:.3f} at most, {learnt.divergent} "
        f"divergent draws; draws in {learnt.path}"
    )


def cells_table(cells: Sequence[FieldCell]) -> Table:
    """Every row with its class, numbers as printed and source."""
    columns = ("name", "contact", "layer", "R", "critical current", "temperature", "source")
    rows = [
        (
            cell.name,
            cell.contact,
            cell.layer,
            cell.resistance or "–",
            (cell.critical_current or "–") + (" (set aside)" if cell.set_aside else ""),
            cell.temperature,
            cell.doi or cell.source,
        )
        for cell in cells
    ]
    return make_table("Cells of the library", dict.fromkeys(columns, "left"), rows)
