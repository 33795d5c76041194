"""Mutants of measured files: one damage each, of a kind that happens to files, and its outcome.

An outcome is one word.

told: refused, or noted.
right: the numbers are those that were measured.
small: one number is off by less than a hundredth of its column's range, as a changed digit is.
said: the numbers are those that the file states, in which nothing is wrong by itself: a row less, a
row twice, another unit.
untold: they are those that the file states, and one of them is wrong.
wrong: they are neither, which no reader may answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ssb_model.data import ImpedanceData, read
from ssb_model.errors import InputError
from tests.data.cell import File

Damage = Callable[[File, np.random.Generator], File | str | bytes]
UNITS = (("mA", "A"), ("A", "mA"), ("mV", "V"), ("V", "mV"), ("h", "s"), ("s", "h"), ("Hz", "kHz"))
SMALL = 0.01  # of a column's range


def cut(file: File, draw: np.random.Generator) -> str:
    """Copied in part."""
    return file.text[: draw.integers(len(file.text) // 3, len(file.text))]


def cut_between_lines(file: File, draw: np.random.Generator) -> File:
    """Copied up to the end of a row."""
    return replace(file, rows=file.rows[: draw.integers(2, len(file.rows))], footer=())


def one_byte(file: File, draw: np.random.Generator) -> bytes:
    """Another byte somewhere."""
    content = bytearray(file.text.encode())
    content[draw.integers(len(content))] = draw.integers(256)
    return bytes(content)


def _of_a_cell(change: Callable[[str, np.random.Generator], str]) -> Damage:
    def damaged(file: File, draw: np.random.Generator) -> File:
        rows = [list(row) for row in file.rows]
        row, place = draw.integers(len(rows)), _used(file, draw)
        rows[row][place] = change(rows[row][place], draw)
        return replace(file, rows=rows)

    return damaged


def _used(file: File, draw: np.random.Generator) -> int:
    """A column that is read."""
    return int(draw.choice(sorted(file.quantities.values())))


def _another_digit(cell: str, draw: np.random.Generator) -> str:
    places = [i for i, letter in enumerate(cell) if letter.isdigit()]
    place = draw.choice(places)
    return cell[:place] + str((int(cell[place]) + draw.integers(1, 10)) % 10) + cell[place + 1 :]


def _point_moved(cell: str, draw: np.random.Generator) -> str:
    return f"{float(cell) * 10.0 ** draw.choice([-3, -2, -1, 1, 2, 3]):.9E}"


def _sign_flipped(cell: str, draw: np.random.Generator) -> str:
    return cell[1:] if cell.startswith("-") else f"-{cell}"


def cells_swapped(file: File, draw: np.random.Generator) -> File:
    """Two cells of a row have changed places."""
    rows = [list(row) for row in file.rows]
    row, (one, other) = draw.integers(len(rows)), draw.choice(len(file.header), 2, replace=False)
    rows[row][one], rows[row][other] = rows[row][other], rows[row][one]
    return replace(file, rows=rows)


def rows_swapped(file: File, draw: np.random.Generator) -> File:
    """Two rows have changed places."""
    rows = list(file.rows)
    one, other = draw.choice(len(rows), 2, replace=False)
    rows[one], rows[other] = rows[other], rows[one]
    return replace(file, rows=rows)


def lines_swapped(file: File, draw: np.random.Generator) -> str:
    """Any two lines have changed places."""
    lines = file.text.rstrip("\n").split("\n")
    one, other = draw.choice(len(lines), 2, replace=False)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines) + "\n"


def columns_swapped(file: File, draw: np.random.Generator) -> File:
    """Two columns have changed places, their names with them."""
    order = list(range(len(file.header)))
    one, other = draw.choice(len(order), 2, replace=False)
    order[one], order[other] = order[other], order[one]
    places = {quantity: order.index(place) for quantity, place in file.quantities.items()}
    header = tuple(file.header[i] for i in order)
    below = tuple(_reordered(line, order, file) for line in file.below)
    rows = [[row[i] for i in order] for row in file.rows]
    return replace(file, header=header, below=below, rows=rows, quantities=places)


def _reordered(line: str, order: list[int], file: File) -> str:
    cells = line.removeprefix(file.prefix).split(file.separator)
    if len(cells) != len(order):
        return line
    return file.prefix + file.separator.join(cells[i] for i in order)


def names_swapped(file: File, draw: np.random.Generator) -> File:
    """Two columns have changed places, their names have not."""
    one, other = draw.choice(len(file.header), 2, replace=False)
    rows = [list(row) for row in file.rows]
    for row in rows:
        row[one], row[other] = row[other], row[one]
    return replace(file, rows=rows)


def unit_changed(file: File, draw: np.random.Generator) -> File:
    """Another unit in the name of a column."""
    places = [p for p in file.quantities.values() if _with_unit(file.header[p], draw)]
    if not places:
        return file
    place = int(draw.choice(places))
    header = list(file.header)
    header[place] = _with_unit(header[place], draw)
    return replace(file, header=tuple(header))


def _with_unit(name: str, draw: np.random.Generator) -> str:
    for old, new in UNITS:
        for before, after in (("(", ")"), ("[", "]"), ("/", ""), ("/ ", "")):
            if name.endswith(before + old + after):
                return name.removesuffix(before + old + after) + before + new + after
    return ""


def row_twice(file: File, draw: np.random.Generator) -> File:
    """A row stands twice."""
    row = draw.integers(len(file.rows))
    return replace(file, rows=[*file.rows[: row + 1], *file.rows[row:]])


def rows_lost(file: File, draw: np.random.Generator) -> File:
    """One to four rows are not there."""
    row = draw.integers(1, len(file.rows) - 4)
    return replace(file, rows=[*file.rows[:row], *file.rows[row + draw.integers(1, 5) :]])


def foreign_rows(file: File, draw: np.random.Generator) -> File:
    """Some rows of another cell stand among the rows."""
    row, count = draw.integers(1, len(file.rows)), draw.integers(1, 4)
    foreign = [list(cells) for cells in file.rows[row : row + count]]
    for place in file.quantities.values():
        for cells in foreign:
            cells[place] = f"{float(cells[place]) * draw.uniform(1.5, 5.0):.9E}"
    return replace(file, rows=[*file.rows[:row], *foreign, *file.rows[row:]])


DAMAGES: dict[str, Damage] = {
    "cut": cut,
    "cut between lines": cut_between_lines,
    "one byte": one_byte,
    "another digit": _of_a_cell(_another_digit),
    "point moved": _of_a_cell(_point_moved),
    "sign flipped": _of_a_cell(_sign_flipped),
    "cells swapped": cells_swapped,
    "rows swapped": rows_swapped,
    "lines swapped": lines_swapped,
    "columns swapped": columns_swapped,
    "names swapped": names_swapped,
    "unit changed": unit_changed,
    "row twice": row_twice,
    "rows lost": rows_lost,
    "foreign rows": foreign_rows,
}
#: after which what the file states is what was measured, or all that can be known of it
STATES = {"cut", "cut between lines", "unit changed", "row twice", "rows lost", "columns swapped"}


def mutants(
    files: dict[str, File], count: int, seed: int
) -> Iterator[tuple[str, str, File, File | str | bytes]]:
    """Yield (format, damage, file, mutant), evenly over files and damages."""
    draw = np.random.default_rng(seed)
    pairs = [(form, how) for how in DAMAGES for form in files]
    for index in range(count):
        form, how = pairs[index % len(pairs)]
        yield form, how, files[form], DAMAGES[how](files[form], draw)


def numbers(data) -> np.ndarray:
    """What matters of a dataset, (points, 3)."""
    if isinstance(data, ImpedanceData):
        return np.column_stack([data.frequency, data.impedance.real, data.impedance.imag])
    return np.column_stack([data.time, data.current, data.voltage])


def content(mutant: File | str | bytes) -> bytes:
    """A mutant's bytes."""
    if isinstance(mutant, bytes):
        return mutant
    return (mutant if isinstance(mutant, str) else mutant.text).encode()


def answer(path, bytes_: bytes):
    """The dataset that a file is read as; None where it is refused."""
    path.write_bytes(bytes_)
    try:
        found = read(path)
    except InputError as refused:
        assert "\n" not in str(refused) and str(path) in str(refused), refused
        return None
    return found[0] if len(found) == 1 else None  # parted into sweeps, which is seen


def outcome(how: str, file: File, mutant: File | str | bytes, whole, data) -> str:
    """What became of one mutant: `whole` is the undamaged file's dataset, `data` the mutant's."""
    if data is None or set(data.notes) - set(whole.notes):
        return "told"
    true, found = numbers(whole), numbers(data)
    scale = np.ptp(true, axis=0)
    if found.shape == true.shape:
        apart = np.abs(found - true) / scale
        if apart.max() < 1e-7:
            return "right"
        if apart.max() < SMALL and (apart.max(axis=1) > 1e-7).sum() == 1:
            return "small"
    rows = all(np.isclose(row, true, rtol=1e-7, atol=1e-12).all(axis=1).any() for row in found)
    if how in STATES and (rows or how == "unit changed"):
        return "said"
    return "untold" if _stated(file, mutant, true, found) else "wrong"


def _stated(file: File, mutant: File | str | bytes, true: np.ndarray, found: np.ndarray) -> bool:
    """Whether a dataset's numbers are those of the mutant, in the units of the undamaged file."""
    if not isinstance(mutant, File):
        return found.shape == true.shape and (np.abs(found - true) > 1e-7).sum() == 1
    try:
        written = _cells(mutant)
    except ValueError:
        return False
    whole = _cells(file)
    if len(written) != len(found):
        return False
    ratio = np.divide(true, whole, out=np.full_like(true, np.nan), where=whole != 0)
    unit = np.nanmedian(ratio, axis=0)
    ordered = written[np.argsort(-written[:, 0], kind="stable")] if true[0, 0] > 0 else written
    return np.allclose(ordered * unit, found, rtol=1e-7, atol=1e-12)


def _cells(file: File) -> np.ndarray:
    return np.array([[float(row[p]) for p in file.quantities.values()] for row in file.rows])
