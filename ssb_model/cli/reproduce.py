"""What ``ssb reproduce`` does around the reproduction: progress, files, table."""

import sys
from pathlib import Path

from rich.console import Console

from ssb_model.cli.reproduction_table import comparison_table, markdown_table
from ssb_model.fitting import FitError
from ssb_model.library import load_experiment, writable_folder, write_whole
from ssb_model.reproduction import founding_study, load_rows

PAGE = 130  # columns of a table that goes to a file or a pipe


def run(name, out=None):
    """Reproduce experiment ``name`` and write results to ``out``.

    Raises
    ------
    InputError
        For an unknown experiment, a mistake in its files, or a folder that cannot be written.
    SystemExit
        With code 1 if a fit does not converge.
    """
    console = Console(stderr=True)
    experiment = load_experiment(name)
    # a mistake in the files is told before anything slow
    load_rows(experiment, founding_study(experiment))
    folder = writable_folder(out or Path("results") / experiment.name)
    try:
        with console.status("starting") as status:
            from ssb_model.reproduction import reproduce

            result = reproduce(name, _teller(console, status))
    except FitError as error:
        print(f"ssb: {error}", file=sys.stderr)
        sys.exit(1)
    written = write(result, folder)
    table = Console()
    if not table.is_terminal:
        table = Console(width=PAGE)
    table.print(comparison_table(result))
    for direction in result.undetermined:
        console.print(f"not determined by the data: {direction}", highlight=False, markup=False)
    console.print(f"\n{len(written)} files in {folder}", highlight=False)


def _teller(console, status):
    """Shows the running stage; without a terminal, prints each stage once."""

    def tell(text):
        if console.is_terminal:
            status.update(text)
        elif not text.startswith("iteration"):
            console.print(text, highlight=False)

    return tell


def write(result, folder):
    """JSON, table and figures, each written whole or not at all; returns their paths."""
    from ssb_model.reproduction import save_figures

    result.save(folder)
    write_whole(folder / "table.md", markdown_table(result))
    return [*sorted(folder.glob("*.*")), *save_figures(result, folder)]
