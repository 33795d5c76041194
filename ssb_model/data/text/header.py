"""Headers that do not fit their rows: names without cells, and rows that stand above."""

from collections.abc import Sequence
from dataclasses import replace

from ssb_model.data.quantities import Column
from ssb_model.data.text.cells import fitted, is_number, split

LEAST = 3  # numbers in a line above a header that may be a row of its table


def held(names: Sequence[str], below: str, separator: str) -> tuple[Sequence[str], tuple[str, ...]]:
    """Names that the rows have cells for: EC-Lab 11.6 writes an empty name and more behind it."""
    width = list(names).index("") if "" in names else 0
    cells = split(below, separator)
    if not width or len(cells) != width or not any(map(is_number, cells)):
        return names, ()
    more = ", ".join(filter(None, names[width:]))
    return names[:width], (f"the header names {more} behind an empty name; no row has its cell",)


def without_gaps(
    names: Sequence[str], columns: tuple[Column, ...], below: str, separator: str
) -> tuple[Sequence[str], tuple[Column, ...]]:
    """Names and columns of a header that doubles its separators where its rows do not."""
    filled = [index for index, name in enumerate(names) if name]
    cells = split(below, separator)
    if len(filled) == len(names) or len(cells) != len(filled) or not any(map(is_number, cells)):
        return names, columns
    places = {index: place for place, index in enumerate(filled)}
    moved = tuple(replace(column, index=places[column.index]) for column in columns)
    return [names[index] for index in filled], moved


def rows_above(
    lines: Sequence[str], first: int, names: Sequence[str], separator: str, most: int
) -> tuple[str, ...]:
    """A note if rows stand above the header, as where two lines have changed places.

    No more than the `most` lines above it are looked at.
    """
    rows, begin = [], max(0, first - most)
    for line, text in enumerate(lines[begin:first], begin + 1):
        cells = fitted(split(text, separator), len(names))
        numbers = sum(map(is_number, cells))
        whole = len(cells) == len(names) and all(is_number(cell) or not cell for cell in cells)
        if whole and numbers >= LEAST:
            rows.append(line)
    where = f"above the header in line {first + 1}, from line {rows[0]} on" if rows else ""
    return (f"{len(rows)} lines {where}, may be rows and were not read",) if rows else ()
