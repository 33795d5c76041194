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

import numpy as np
from jaxtyping import Float

from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import Table, read_toml, validated

FILE = Path(__file__).parent / "spread.toml"
#: the parts beside the parameters' own, as they are printed
MEASUREMENT, CELL, MISFIT = "measurement", "differences between cells", "what the model leaves out"


class PartTable(Table):
    """One part: its standard deviation with a unit or in %, how it is known, and why."""

    value: str
    tag: Tag
    source: str

    def read(self) -> Part:
        """The number, and whether it is relative."""
        number, unit = self.value.split(" ", 1)
        return Part(float(number) / 100, True) if unit == "%" else Part(float(number), False)


class SpreadTable(Table):
    """The parts of one kind of number."""

    measurement: PartTable | None = None
    cell: PartTable | None = None
    misfit: PartTable | None = None


@dataclass(frozen=True)
class Part:
    """A standard deviation, of the logarithm if it is ``relative``, else in the unit in which the
    field writes such numbers (mAh/g, mV, kJ/mol)."""

    size: float
    relative: bool

    def added(
        self, values: Float[np.ndarray, " n"], normals: Float[np.ndarray, " n"]
    ) -> Float[np.ndarray, " n"]:
        """The values with this part of standard normals."""
        step = self.size * normals
        return values * np.exp(step) if self.relative else values + step

    def at(self, value: float) -> float:
        """The standard deviation of a number of this size."""
        return self.size * abs(value) if self.relative else self.size


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
