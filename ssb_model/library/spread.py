r"""What a number measured on a further cell is: the one definition of a predictive interval.

A model says what the mean cell of some parameters does. A number that is read on the next cell
differs from it by more than those parameters are uncertain,

.. math::

    y = f(\theta) \, \mathrm{e}^{c + d + m_r} + m_a,

by what differs between cells, :math:`c`, one number for all that is measured on a cell; by the
model's misfit :math:`d`; and by the measurement, relative :math:`m_r` or absolute :math:`m_a`. All
are normal about zero with the standard deviations of ``spread.toml``, each tagged there with how it
is known; a part that is stated relative is one of the logarithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import Table, read_toml, validated
from ssb_model.library.units import to_si

FILE = Path(__file__).parent / "spread.toml"
#: the parts beside the parameters' own, as they are printed
MEASUREMENT, CELL, MISFIT = "measurement", "differences between cells", "what the model leaves out"
PARAMETERS = "parameters"
#: kind of the numbers whose differences between cells are those of the interface itself
INTERFACE = "resistance"
END = 1.96  # standard deviations, of a 95 % interval

Numbers = Float[np.ndarray, "*n"]


class PartTable(Table):
    """One part: its standard deviation with a unit or in %, how it is known, and why."""

    value: str
    tag: Tag
    source: str

    def read(self) -> Part:
        """The number, and whether it is relative."""
        number, unit = self.value.split(" ", 1)
        return Part(float(number) / 100, True) if unit == "%" else Part(float(number), False, unit)


class SpreadTable(Table):
    """The parts of one kind of number."""

    measurement: PartTable | None = None
    cell: PartTable | None = None
    misfit: PartTable | None = None


@dataclass(frozen=True)
class Part:
    """A standard deviation, of the logarithm if it is ``relative``, else in the unit in which the
    field writes such numbers (mAh/g, mV, kJ/mol)."""

    size: float | Numbers
    relative: bool
    unit: str = ""

    def in_si(self, unit: str) -> Part:
        """The same for numbers in SI."""
        return self if self.relative else Part(to_si(self.at(0), self.unit, unit), False, unit)

    def added(
        self, values: Float[np.ndarray, " n"], normals: Float[np.ndarray, " n"]
    ) -> Float[np.ndarray, " n"]:
        """The values with this part of standard normals."""
        step = self.size * normals
        return values * np.exp(step) if self.relative else values + step

    def at(self, value: float) -> float:
        """The standard deviation of a number of this size."""
        return float(self.size * abs(value) if self.relative else self.size)


def further_parts(
    kind: str | None,
    moved: Numbers | float | None = None,
    between_cells: float | None = None,
) -> dict[str, Part]:
    """Parts of a number of a further cell, the interface's differences followed through a model.

    Parameters
    ----------
    kind
        A key of ``spread.toml``, None for a number that has none.
    moved
        Standard deviation of the number's logarithm that comes of the interface's; None where the
        model's interface has nothing that resists.
    between_cells
        Standard deviation of the kind's own differences, where data tell it.
    """
    parts = spread_of(kind) if kind else {}
    own = parts.pop(CELL, None)
    size = own.size if own is not None else 0.0
    size = size if between_cells is None else between_cells
    if moved is not None:
        size = moved if kind == INTERFACE else np.hypot(size, moved)
    return parts if own is None and moved is None else parts | {CELL: Part(size, True)}


class Interval(NamedTuple):
    """A 95 % interval, and the share of its variance that each part causes, by its name."""

    lower: Numbers
    upper: Numbers
    shares: Mapping[str, Numbers]


def widened(
    value: Numbers | float,
    lower: Numbers | float,
    upper: Numbers | float,
    parts: Mapping[str, Part],
) -> Interval:
    """The interval of a measured number in closed form, where there are no draws.

    Squares are summed to either side, of the logarithm first and then of what is absolute; within
    2 % what draws of the same parts give.

    Parameters
    ----------
    value, lower, upper
        What the model says, and the 95 % interval of its parameters.
    parts
        What is added, in the unit of ``value``.

    Examples
    --------
    >>> capacity = widened(137.0, 134.0, 140.0, spread_of("capacity"))
    >>> float(capacity.lower.round(1)), float(capacity.upper.round(1))
    (121.3, 154.7)
    >>> {name: float(share.round(2)) for name, share in capacity.shares.items()}["measurement"]
    0.01
    """
    value, lower, upper = np.broadcast_arrays(*map(np.asarray, (value, lower, upper)))
    relative, absolute = (
        END * np.sqrt(sum((p.size**2 for p in parts.values() if p.relative == kind), np.zeros(())))
        for kind in (True, False)
    )
    ends = [
        value + side * np.hypot(_reach(value, end, relative, side), absolute)
        for end, side in ((lower, -1), (upper, 1))
    ]
    own = ((upper - lower) / (2 * END)) ** 2
    squares = {PARAMETERS: own} | {name: _square(part, value) for name, part in parts.items()}
    total = np.sum(list(squares.values()), axis=0)
    total = np.where(total > 0, total, 1.0)
    return Interval(ends[0], ends[1], {name: square / total for name, square in squares.items()})


def _square(part: Part, value: Numbers) -> Numbers:
    return (part.size * value) ** 2 if part.relative else np.full_like(value, part.size**2, float)


def _reach(value: Numbers, end: Numbers, relative: Numbers, side: int) -> Numbers:
    """How far an end lies from the value once relative parts are added: of the logarithm where
    neither changes sign."""
    straight = np.hypot(end - value, relative * value)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(end / value)
        outward = np.where(value >= 0, side, -side)  # a negative number grows downwards
        bent = np.abs(value * np.expm1(outward * np.hypot(ratio, relative)))
    return np.where(np.isfinite(ratio), bent, straight)


def spread_of(kind: str) -> dict[str, Part]:
    """Parts of the spread of a kind of number, a key of ``spread.toml``: those that it has of
    :data:`CELL`, :data:`MEASUREMENT` and :data:`MISFIT`.

    >>> {name: round(part.size, 4) for name, part in spread_of("capacity").items()}
    {'differences between cells': 0.056, 'measurement': 0.005, 'what the model leaves out': 0.024}
    """
    table = _tables()[kind]
    parts = {CELL: table.cell, MEASUREMENT: table.measurement, MISFIT: table.misfit}
    return {name: part.read() for name, part in parts.items() if part is not None}


@cache
def _tables() -> Mapping[str, SpreadTable]:
    content = read_toml(FILE)
    return {kind: validated(SpreadTable, table, FILE) for kind, table in content.items()}
