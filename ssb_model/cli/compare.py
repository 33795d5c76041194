"""What ``ssb compare`` does around the comparison: fits, files, table."""

import json
import sys
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssb_model.citations import works_content
from ssb_model.fitting import FitError, require_extra
from ssb_model.library import versions, writable_folder, write_whole

COLUMNS = {
    "study": "model",
    "parameters": "parameters",
    "aicc": "AICc",
    "aicc_difference": "ΔAICc",
    "bic_difference": "ΔBIC",
    "evidence_against": "evidence against",
}


def run_compare(paths, out=None, starts=8, with_posterior=False):
    """Fit the studies at ``paths``, print the comparison and write ``compare.json`` to ``out``.

    Raises
    ------
    InputError
        For a mistake in a study or a measured file, or studies of different data.
    SystemExit
        With code 1 if a fit does not converge.
    """
    from ssb_model.study import compare, load_study, refuse_incomparable

    if with_posterior:
        require_extra()
    studies = [load_study(path) for path in paths]
    refuse_incomparable(studies)
    folder = writable_folder(out or Path("results") / "compare")
    console = Console(stderr=True)
    try:
        fits = [_fitted(study, starts, with_posterior, console) for study in studies]
    except FitError as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    found = compare(fits)
    write_whole(folder / "compare.json", as_json(found))
    Console().print(comparison_table(found))
    for text in (*found.notes, *found.sentences()):
        console.print(text, highlight=False, markup=False)
    console.print(f"\ncompare.json in {folder}", highlight=False)


def as_json(found):
    """A :class:`ssb_model.study.compare.Comparison` as JSON text."""
    content = {
        "versions": versions(),
        "models": list(found.rows),
        "notes": list(found.notes),
        "sentences": found.sentences(),
        "works": works_content(found.works),
    }
    return json.dumps(content, indent=1, allow_nan=False) + "\n"


def comparison_table(found):
    """A rich table of the models, the best first."""
    table = Table(box=SIMPLE_HEAD)
    for key, title in COLUMNS.items():
        table.add_column(title, justify="left" if isinstance(found.rows[0][key], str) else "right")
    for row in found.rows:
        table.add_row(*(Text(_cell(row[key])) for key in COLUMNS))
    return table


def _cell(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{value:.1f}" if value % 1 else f"{value:.0f}"


def _fitted(study, starts, with_posterior, console):
    with console.status(f"fitting {study.path.name} (JAX compiles first)") as status:
        found = study.fit(starts)
        if with_posterior:
            status.update(f"sampling the posterior of {study.path.name}")
            found = found.with_posterior()
    return found
