"""``ssb compare``: several studies of the same measurements, fitted and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssb_model.cli.terminal import Columns, make_table, print_table, say, working

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from ssb_model.study import Comparison, Study, StudyFit

COLUMNS = {
    "study": "model",
    "parameters": "parameters",
    "aicc": "AICc",
    "aicc_difference": "ΔAICc",
    "bic_difference": "ΔBIC",
    "evidence_against": "evidence against",
}


def compare(
    studies: Annotated[list[Path], typer.Argument(help="Study files of the same measurements.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder for compare.json.  [default: results/compare]")
    ] = None,
    starts: Annotated[int, typer.Option(min=1, help="Starting points of each fit.")] = 8,
    posterior: Annotated[
        bool,
        typer.Option("--posterior", help="Sample the posteriors and compare leave-one-out too."),
    ] = False,
) -> None:
    """Fit several models to the same data; say which predicts best."""
    from ssb_model.fitting import require_extra
    from ssb_model.library import result_folder, write_whole
    from ssb_model.study import compare, load_study, refuse_incomparable

    if posterior:
        require_extra()
    read = [load_study(path) for path in studies]
    refuse_incomparable(read)
    with result_folder(out or Path("results") / "compare", say) as folder:
        with working("reading the studies") as tell:
            fits = [_fitted(study, starts, posterior, tell) for study in read]
        found = compare(fits)
        write_whole(folder / "compare.json", as_json(found))
    print_table(comparison_table(found))
    for text in (*found.notes, *found.sentences(), f"\ncompare.json in {folder}"):
        say(text)


def _fitted(study: Study, starts: int, posterior: bool, tell: Callable[[str], None]) -> StudyFit:
    tell(f"fitting {study.path.name} (JAX compiles first)")
    found = study.fit(starts)
    if posterior:
        tell(f"sampling the posterior of {study.path.name}")
        found = found.with_posterior()
    return found


def as_json(found: Comparison) -> str:
    """A comparison as JSON text."""
    from ssb_model.citations import works_content
    from ssb_model.library import versions

    content = {
        "versions": versions(),
        "models": list(found.rows),
        "notes": list(found.notes),
        "sentences": found.sentences(),
        "works": works_content(found.works),
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def comparison_table(found: Comparison) -> Table:
    """A table of the models, the best first."""
    first = found.rows[0]
    columns: Columns = {
        title: "left" if isinstance(first[key], str) else "right" for key, title in COLUMNS.items()
    }
    return make_table(None, columns, [[_cell(row[key]) for key in COLUMNS] for row in found.rows])


def _cell(value: float | str | None) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.1f}" if value % 1 else f"{value:.0f}"
