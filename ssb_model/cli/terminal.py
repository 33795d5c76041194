"""What the commands share on the terminal: tables, messages, a line that says how far work is.

Results go to standard output, everything else to standard error. rich is imported on first use, so
that ``ssb --help`` is instant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Self

from ssb_model.errors import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

#: Headings of a table's columns, and on which side their cells stand.
Columns = Mapping[str, Literal["left", "right"]]
PAGE = 130  # columns of a wide table that goes to a file or a pipe


def make_table(
    title: str | None,
    columns: Columns,
    rows: Iterable[Sequence[str | Text]],
    unbroken: Sequence[str] = (),
    headings: bool = True,
) -> Table:
    """A table of cells shown as they are; the columns ``unbroken`` keep to one line."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    named = None if title is None else Text(harmless(title), "table.title")
    table = Table(title=named, box=SIMPLE_HEAD, show_header=headings)
    for heading, side in columns.items():
        table.add_column(Text(heading), justify=side, no_wrap=heading in unbroken)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) if isinstance(cell, str) else cell for cell in row))
    return table


def print_table(table: Table, wide: bool = False) -> None:
    """Print a table; ``wide`` gives it :data:`PAGE` columns where there is no terminal."""
    from rich.console import Console

    console = Console()
    if wide and not console.is_terminal:
        console = Console(width=PAGE)
    console.print(table)


def print_json(content: Mapping[str, object]) -> None:
    """Print a result as JSON, and nothing else, on standard output."""
    print(json.dumps(content, indent=1, allow_nan=False))


def show(text: str) -> None:
    """Print a result, names in it as they are."""
    print(harmless(text))


def messages() -> Console:
    """Where everything that is no result goes: standard error."""
    from rich.console import Console

    return Console(stderr=True)


def say(text: str) -> None:
    """Print a message as it is; where no terminal wraps it, on one line."""
    console = messages()
    console.print(harmless(text), highlight=False, markup=False, soft_wrap=not console.is_terminal)


@contextmanager
def working(text: str) -> Iterator[Callable[[str], None]]:
    """Show that the command is at work, and with what; gives the function that changes the text."""
    from rich.text import Text

    with messages().status(Text(harmless(text))) as status:
        yield lambda text: status.update(Text(harmless(text)))


class ProgressLine:
    """A line on the terminal that says how far the work is; it vanishes at the end.

    Parameters
    ----------
    text
        What it says first.
    total
        Steps of the work; None if that is not known, which shows the time taken, not that left.
    """

    def __init__(self, text: str, total: int | None = None) -> None:
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        first, last = SpinnerColumn(), TimeElapsedColumn()
        if total is not None:
            first, last = BarColumn(), TimeRemainingColumn()
        columns = first, TextColumn("{task.description}", markup=False), last
        self._progress = Progress(*columns, console=messages(), transient=True)
        self._task = self._progress.add_task(text, total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._progress.stop()

    def show(self, text: str, done: int | None = None) -> None:
        """Change the text, and how many steps are done."""
        self._progress.update(self._task, description=harmless(text), completed=done)
