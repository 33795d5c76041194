r"""Differences between cells: one factor a cell that all its data share.

Where an experiment's noise states how cells of one recipe differ (its key ``cell``), every cell
:math:`k` that it was measured on has

.. math::

    y_k = f(\theta)\,\mathrm{e}^{c_k}, \qquad c_k \sim N(0, s^2),

with :math:`c_k` one number for all data of the cell: two numbers of one cell are not two cells, and
an activation energy, a ratio of resistances of one cell, has nothing of it. Of resistances, spectra
and polarisations it is the interface's resistance that differs; capacities, growths and critical
currents have a factor of their own (:mod:`ssb_model.study.terms.differences`). The size :math:`s`
is estimated as the scatter between spectra is (:mod:`ssb_model.study.terms.scatter`), with the
stated size as its prior: one cell tells nothing of it, and the interval of what describes the
recipe rests on that prior; many cells tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import NORMAL_95, FreeParameter
from ssb_model.library import INTERFACE
from ssb_model.study.file.single_spectra import WIDE
from ssb_model.study.kinds import differing

if TYPE_CHECKING:
    from pathlib import Path

    from ssb_model.study.file.cells import StudyCell
    from ssb_model.study.file.free import FreeSet
    from ssb_model.study.kinds import Experiment


@dataclass(frozen=True)
class Differences:
    """How cells differ in one kind of numbers.

    Attributes
    ----------
    size
        Stated standard deviation of the logarithm.
    labels
        Of each cell's factor, by the cell's name.
    """

    size: float
    labels: Mapping[str, str]

    def parameters(self, wide: float = WIDE) -> list[FreeParameter]:
        """The factors, about 1; their own prior is so many times as wide as the size."""
        high = float(np.exp(NORMAL_95 * wide * self.size))
        own = self.labels.values()
        return [FreeParameter(one, "-", 1.0, 1 / high, high, "log") for one in own]


def differences_of(
    kinds: Mapping[str, float], cells: Mapping[str, Iterable[str]]
) -> dict[str, Differences]:
    """Of kinds of numbers with their sizes, between the cells of each kind."""
    return {
        kind: Differences(
            size, {name: f"{name}: {kind} over the mean cell's" for name in cells[kind]}
        )
        for kind, size in kinds.items()
    }


def with_differences(
    free: FreeSet, cells: Mapping[str, StudyCell], experiments: Iterable[Experiment], path: Path
) -> FreeSet:
    """The free parameters with the factors of all cells whose data state that they differ.

    Raises
    ------
    InputError
        Where experiments state two sizes of one kind, or a cell has nothing that could differ.
    """
    sizes: dict[str, float] = {}
    having: dict[str, dict[str, None]] = {}
    for e in experiments:
        if e.between_cells is None:
            continue
        kind = differing(e)
        if sizes.setdefault(kind, e.between_cells) != e.between_cells:
            raise InputError(
                f"{path}: '{e.name}' states that cells differ by {100 * e.between_cells:.4g} % in "
                f"their {kind}, and another experiment {100 * sizes[kind]:.4g} %: state one size."
            )
        if kind == INTERFACE and not cells[e.cell].resisting_inputs:
            raise InputError(
                f"{path}: '{e.name}': the cell '{e.cell}' has no interface that could differ "
                "between cells: remove cell from its noise."
            )
        having.setdefault(kind, {})[e.cell] = None
    found = differences_of(sizes, having)
    further = [one for own in found.values() for one in own.parameters()]
    return replace(free, parameters=(*free.parameters, *further), differences=found)
