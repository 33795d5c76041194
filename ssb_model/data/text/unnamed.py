"""What is asked of a file in which no column is known: a guess is offered, nothing assumed."""

from typing import NoReturn

import numpy as np

from ssb_model.data.declaration import Declaration, Undeclared
from ssb_model.data.quantities import name_and_unit
from ssb_model.data.text.cells import (
    SEPARATORS,
    fitted,
    is_number,
    split,
    value,
)
from ssb_model.data.text.lines import Lines
from ssb_model.data.text.source import Source

OHM = {"frequency": "Hz", "real": "ohm", "imaginary": "ohm", "minus imaginary": "ohm"}
SHOWN = 12  # names of columns in one sentence
LOOKED_AT = 5_000  # rows
LONGEST = 10_000  # characters of one
LEAST = 5  # rows that look like a spectrum


def ask_for_columns(source: Source) -> NoReturn:
    """Raise `Undeclared` with the declaration that would read the file, as far as it shows."""
    says = f"{source.path} has no line that names two columns of a measurement: "
    block = _numbers(source.lines)
    if block is None:
        raise Undeclared(
            f"{says}if it has a header, declare ",
            Declaration({"frequency": "its header"}),
            " and so on; if not, name the columns in order, ",
            _in_order(("frequency", "real", "imaginary")),
            ".",
        )
    rows, names, line = block
    order, looks = _guess(rows)
    if names:
        known = dict(zip(order, names, strict=False)) if looks else {order[0]: "its header"}
        bare = [q for q, name in known.items() if looks and not name_and_unit(name)[1]]
        listed = ", ".join(names[:SHOWN])
        raise Undeclared(
            f"{says}if line {line} names them ({listed}), declare which is which, for example ",
            Declaration(known, units={q: OHM[q] for q in bare}),
            ".",
        )
    count = rows.shape[1]
    skipped = ("-",) * (count - len(order))
    looks = looks or "for an impedance, say, "
    raise Undeclared(
        f"{says}{looks}name the columns in order, ", _in_order((*order, *skipped)), "."
    )


def _in_order(order: tuple[str, ...]) -> Declaration:
    return Declaration(order=order, units={q: OHM[q] for q in order if q in OHM})


def _guess(rows: np.ndarray) -> tuple[tuple[str, ...], str]:
    """Quantities of the first columns of (n, columns), and how the question begins."""
    f, third = rows[:, 0], rows[:, 2]
    sign = "" if np.median(third) <= 0 else "minus "
    order = ("frequency", "real", f"{sign}imaginary")
    steps = np.diff(f)
    monotonic = (steps > 0).all() or (steps < 0).all()
    if rows.shape[1] == 3 and len(rows) >= LEAST and (f > 0).all() and monotonic:
        return order, "its three columns look like a spectrum; if they are, "
    return order, ""


def _numbers(lines: Lines) -> tuple[np.ndarray, list[str], int] | None:
    """The first rows of three numbers or more, names that stand above them, and their line."""
    for index in np.flatnonzero(lines.begin_with_number)[:LOOKED_AT].tolist():
        line = lines[index]
        for separator in SEPARATORS if len(line) <= LONGEST else ():
            width = len(_cells(line, separator))
            if width < 3 or not all(map(is_number, _cells(line, separator))):
                continue
            rows = []
            for other in lines[index : index + LOOKED_AT]:
                cells = _cells(other, separator)
                if len(cells) != width or not all(map(is_number, cells)):
                    break
                rows.append([value(cell) for cell in cells])
            return np.array(rows), *_names(lines, index, width)
    return None


def _names(lines: Lines, index: int, width: int) -> tuple[list[str], int]:
    above = next((i for i in range(index - 1, -1, -1) if lines[i].strip()), None)
    for separator in SEPARATORS if above is not None else ():
        cells = _cells(lines[above or 0].lstrip("#% "), separator)
        if len(cells) == width and not any(map(is_number, cells)):
            return cells, (above or 0) + 1
    return [], 0


def _cells(line: str, separator: str) -> list[str]:
    return fitted(split(line.strip(" "), separator), 1)
