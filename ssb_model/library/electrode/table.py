"""A table against the stoichiometry, in a file beside the electrode's: text with a line of names.

Columns are parted by commas, semicolons or tabs; a name may say its unit, "voltage [mV]". Lines
that begin with # are passed over. Numbers are taken as they are: nothing is sorted, smoothed or
filled in, only a table whose stoichiometry falls is turned round.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ssb_model.errors import InputError, suggestion, unreadable
from ssb_model.files import MIB, Bound, read_bytes
from ssb_model.library.frozen import Frozen
from ssb_model.library.units import to_si

SIZE = Bound(MIB, "thin it to a few hundred rows")
FEWEST, MOST = 5, 5000  # rows
STOICHIOMETRY = "stoichiometry"
_UNIT = re.compile(r"(.*?)\s*[\[(](.*)[\])]\s*")

Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Tabulated:
    """Columns against a stoichiometry that rises within 0 to 1, and the file that they are from."""

    path: Path
    stoichiometry: Numbers
    columns: Mapping[str, Numbers]


def read_curve(path: Path, names: Mapping[str, str], unit: str) -> Tabulated:
    """Columns of the file at ``path``.

    Parameters
    ----------
    path
        Of the text file.
    names
        Of its columns, by what they are: "stoichiometry" is one of them.
    unit
        SI, of the other columns.

    Raises
    ------
    InputError
        One sentence with file, line and column, for anything that is no such table.
    """
    header, rows = _rows(path)
    found = {
        what: _column(path, header, rows, name, "-" if what == STOICHIOMETRY else unit)
        for what, name in names.items()
    }
    x = found.pop(STOICHIOMETRY)
    if x[0] > x[-1]:
        x, found = x[::-1], {what: y[::-1] for what, y in found.items()}
    _check(path, x, names[STOICHIOMETRY])
    return Tabulated(path, x, Frozen(found))


def column_names(path: Path) -> tuple[str, ...]:
    """Names of a table's columns, without units."""
    return tuple(name for name, _ in _rows(path)[0])


def _check(path: Path, x: Numbers, name: str) -> None:
    outside = next((one for one in x if not 0 <= one <= 1), None)
    if outside is not None:
        raise InputError(
            f"{path}: {outside:g} in the column '{name}' is outside 0 to 1, which a stoichiometry "
            "cannot be: remove the row, or divide a capacity by that of the whole range."
        )
    for before, after in pairwise(x):
        if not before < after:
            raise InputError(
                f"{path}: the column '{name}' does not rise from {before:g} to {after:g}: sort the "
                "rows by stoichiometry, each value once."
            )


def _rows(path: Path) -> tuple[list[tuple[str, str | None]], list[tuple[int, list[str]]]]:
    """Names and units of the columns, and the cells of each row with its line number."""
    lines = _lines(path)
    if not FEWEST < len(lines) <= MOST + 1:
        raise InputError(
            f"{path} has {max(len(lines) - 1, 0)} rows below its line of names, and a table has "
            f"{FEWEST} to {MOST}: measure more points or thin it."
        )
    separator = next((s for s in "\t;" if s in lines[0][1]), ",")
    split = [(n, next(csv.reader([line], delimiter=separator))) for n, line in lines]
    names = [_name_and_unit(cell) for cell in split[0][1]]
    return names, split[1:]


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = read_bytes(path, SIZE).decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is no text in UTF-8 (byte {error.start}): save it as CSV."
        ) from None
    if "\0" in text:
        raise InputError(f"{path} is no text: save the table as CSV.")
    numbered = enumerate(text.splitlines(), 1)
    return [(n, line) for n, line in numbered if line.strip() and not line.startswith("#")]


def _name_and_unit(cell: str) -> tuple[str, str | None]:
    found = _UNIT.fullmatch(cell.strip())
    return (found[1], found[2]) if found else (cell.strip(), None)


def _column(
    path: Path,
    header: Sequence[tuple[str, str | None]],
    rows: Sequence[tuple[int, list[str]]],
    name: str,
    si_unit: str,
) -> Numbers:
    names = [own.lower() for own, _ in header]
    wanted = name.strip().lower()
    if names.count(wanted) != 1:
        known = [own for own, _ in header]
        fault = f"no column '{name}'" if wanted not in names else f"several columns '{name}'"
        raise InputError(f"{path} has {fault} in its first line. {suggestion(name, known)}")
    k = names.index(wanted)
    written = header[k][1]
    try:
        factor = 1.0 if written is None else to_si(1.0, written, si_unit)
    except InputError as error:
        raise InputError(f"{path}: the column '{name}': {error}") from None
    return tuple(_number(f"{path}, line {n}", row, k, name, factor) for n, row in rows)


def _number(where: str, row: Sequence[str], k: int, name: str, factor: float) -> float:
    cell = row[k].strip() if k < len(row) else ""
    try:
        number = float(cell) if "_" not in cell else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError(
            f"{where}: {cell!r:.40} in the column '{name}' is not a finite number: write it with a "
            "decimal point, or remove the row."
        )
    return number * factor
