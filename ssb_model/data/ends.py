"""How a file of a format is known to be whole, which every format declares.

A copy that broke off, a run that was stopped and a lost line are told where the format has
something to tell them by; where it has nothing, it says so.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ssb_model.data.text import Source, Table, count_of_numbers

LEAST = 3  # numbers in a line that may be a row

Check = Callable[[Source, Sequence[Table]], tuple[str, ...]]


@dataclass(frozen=True)
class End:
    """What tells that a file is whole: `known_by` in words, and the notes of the `check`."""

    known_by: str
    check: Check = lambda source, tables: ()


def stated(pattern: str) -> End:
    """The head of the file states how many rows there are: the pattern's first group."""
    search = re.compile(pattern, re.MULTILINE).search

    def check(source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
        found, rows = search(source.head), sum(len(table.rows) for table in tables)
        if found is None or int(found[1]) == rows:
            return ()
        return (f"the file states {found[1]} points and holds {rows}",)

    return End("number of rows in its head", check)


def closed_by(pattern: str, name: str) -> End:
    """A line behind the rows, which a whole file has: the last line that is of this pattern."""
    closes = re.compile(pattern)

    def check(source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
        last = int(tables[-1].lines[-1]) if len(tables[-1].lines) else tables[-1].line
        behind = source.lines[last:]
        if any(closes.match(line) for line in behind):
            return ()
        return (f"the file ends without {name}: it is cut short, and rows may be missing",)

    return End(f"closing line {name}", check)


#: rows carry a number each where they are exported with it: a gap shows, the end does not
NUMBERED = End("numbered rows, up to the last")
#: nothing in the file tells how many rows it had; a last row that is cut short shows
UNKNOWN = End("cannot be known")


def in_itself(known_by: str) -> End:
    """The reader itself checks it, for it cannot read a file that is not whole."""
    return End(known_by)


def unread_rows(source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
    """A note on lines below a header that look like rows of its table and are in none."""
    read = np.zeros(len(source.lines) + 1, dtype=bool)
    read[: tables[0].line + 1] = True
    for table in tables:
        read[np.asarray(table.lines, dtype=int)] = True
    like = {_numbers(source, table) for table in tables if len(table.lines)}
    odd = [
        line
        for line in np.flatnonzero(~read).tolist()
        if (numbers := count_of_numbers(source.lines[line - 1])) >= LEAST and numbers in like
    ]
    if not odd:
        return ()
    return (f"{len(odd)} lines, from line {odd[0]} on, may be rows and were not read",)


def _numbers(source: Source, table: Table) -> int:
    return count_of_numbers(source.lines[int(table.lines[0]) - 1])
