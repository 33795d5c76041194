"""Constant arrays and numbers as C text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jaxtyping import Float, Int


SHORTEST = 4  # rows of an inner loop that is worth another around it


class Tables:
    """Constant arrays of the C file, each written once."""

    def __init__(self) -> None:
        self._names: dict[tuple[bool, bytes], str] = {}
        self.lines: list[str] = []

    def __call__(self, array: np.ndarray) -> str:
        """Name of a C array with these numbers (ints or doubles)."""
        whole = np.issubdtype(array.dtype, np.integer)
        array = np.asarray(array, dtype=np.int32 if whole else float)
        key = (whole, array.tobytes())
        if key not in self._names:
            self._names[key] = name = f"table_{len(self._names)}"
            kind = "int" if whole else "double"
            numbers = ",".join(map(str, array) if whole else map(number, array))
            self.lines.append(f"TABLE {kind} {name}[] = {{{numbers or 0}}};")
        return self._names[key]

    def place(self, indices: Int[np.ndarray, " rows"], i: str) -> str:
        """C expression of ``indices[i]``: a formula where they run evenly, else a table."""
        first = int(indices[0])
        steps = np.unique(np.diff(indices))
        if len(steps) > 1:
            return f"{self(np.asarray(indices, dtype=int))}[{i}]"
        step = int(steps[0]) if len(steps) else 0
        if step == 0:
            return str(first)
        return f"{first} + {i}" if step == 1 else f"{first} + {step} * {i}"

    def factor(self, values: Float[np.ndarray, " rows"], i: str) -> str:
        """C expression of ``values[i]``: one number where all are equal, else a table."""
        same = (values == values[0]).all()
        return number(values[0]) if same else f"{self(np.asarray(values, dtype=float))}[{i}]"


class Nested:
    """Names the entries of arrays in two loops, ``k`` around ``i``, of which the inner one has a
    ``length``: places are formulas, and what repeats is written once."""

    def __init__(self, tables: Tables, length: int) -> None:
        self._tables, self._length = tables, length

    def place(self, indices: Int[np.ndarray, " rows"], i: str) -> str:
        """See :meth:`Tables.place`."""
        rows = np.asarray(indices).reshape(-1, self._length)
        first, outer, inner = rows[0, 0], rows[1, 0] - rows[0, 0], rows[0, 1] - rows[0, 0]
        return f"{first} + {outer} * k + {inner} * {i}"

    def factor(self, values: Float[np.ndarray, " rows"], i: str) -> str:
        """See :meth:`Tables.factor`."""
        rows = values.reshape(-1, self._length)
        if (rows == rows[0]).all():
            return self._tables.factor(rows[0], i)
        return f"{self._tables(np.asarray(values, dtype=float))}[{self._length} * k + {i}]"


def nested_length(places: Sequence[Int[np.ndarray, " rows"]]) -> int:
    """How long an inner loop is, if ``places`` all run evenly in two nested loops; else 0."""
    breaks = np.flatnonzero(np.diff(places[0], n=2))
    length = int(breaks[0]) + 2 if len(breaks) else 0
    if length < SHORTEST or len(places[0]) % length:
        return 0
    for place in places:
        rows = place.reshape(-1, length)
        across, along = np.diff(rows[:, 0]), np.diff(rows, axis=1)
        if (across != across[0]).any() or (along != along[0, 0]).any():
            return 0
    return length


def number(value: float) -> str:
    """A double as C text, exactly."""
    if np.isfinite(value):
        return float(value).hex()
    return "NAN" if np.isnan(value) else ("-INFINITY" if value < 0 else "INFINITY")
