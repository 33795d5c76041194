"""What every law of the critical current is: a curve J(R) forced through measured cells.

R is the interface resistance of a symmetric cell, area-specific, the sum of its two faces
[Ohm.m2]; J the current density at which a ramp ends in a short circuit [A.m-2].
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError
from ssb_model.library import A_M2, OHM_M2, LawForm, Range, is_true, positive, within

if TYPE_CHECKING:
    import jax

    #: what laws take and give: numbers, or arrays of any shape
    Numbers = float | Float[np.ndarray, " ..."] | Float[jax.Array, " ..."]


class MeasuredCell(NamedTuple):
    """A symmetric cell whose impedance and critical current were both measured.

    Attributes
    ----------
    interface_resistance
        Sum of its two faces [Ohm.m2], without the garnet.
    critical_current_density
        [A.m-2]
    """

    interface_resistance: Numbers
    critical_current_density: Numbers


class Constant(NamedTuple):
    """A calibrated constant of a law, in SI."""

    name: str
    value: Numbers
    unit: str


class CriticalCurrentLaw(ABC):
    """A law J(R). A subclass is one formula; the checks of what goes in are here.

    Instances are made by :meth:`calibrate`.

    Attributes
    ----------
    title
        The law's name.
    assumes
        What must be true for it to hold, in one line.
    source
        Where it comes from.
    """

    title: ClassVar[str]
    assumes: ClassVar[str]
    source: ClassVar[str]

    @classmethod
    def calibrate(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self:
        """Force the law through the measured `cells`, the bare one first, then the coated one.

        Differentiable in all of its numbers.

        Parameters
        ----------
        cells
            Two of them, or as many as the law says.
        garnet_resistance
            Of the pellet, thickness over conductivity [Ohm.m2]; laws in the interface alone do
            not use it.

        Raises
        ------
        InputError
            For numbers that are not positive and for cells that the law cannot pass through.
        """
        return cls._through(
            _checked(cells), positive(garnet_resistance, "garnet resistance", OHM_M2)
        )

    def current_density(self, interface_resistance: Numbers) -> Numbers:
        """Critical current density [A.m-2] at an `interface_resistance` [Ohm.m2] of any shape.

        Raises InputError for a resistance that is not positive or not in ``resistance_range``.
        """
        R = positive(interface_resistance, "interface resistance", OHM_M2)
        within(R, self.resistance_range, "resistance", "Ohm.m2", self.title)
        return self._current_density(R)

    def resistance_at(self, current_density: Numbers) -> Numbers:
        """Interface resistance [Ohm.m2] that a critical `current_density` [A.m-2] requires.

        Raises InputError for a current that is not positive or not in ``current_range``.
        """
        J = positive(current_density, "critical current density", A_M2)
        within(J, self.current_range, "critical current", "A.m-2", self.title)
        return self._resistance(J)

    @property
    def resistance_range(self) -> Range:
        """Interface resistances [Ohm.m2] that the law has an answer for."""
        return Range(0.0, np.inf)

    @property
    def current_range(self) -> Range:
        """Critical current densities [A.m-2] that the law can reach."""
        return Range(0.0, np.inf)

    @property
    @abstractmethod
    def form(self) -> LawForm:
        """How the critical current of a cell of this law changes in use."""

    @property
    @abstractmethod
    def constants(self) -> tuple[Constant, ...]:
        """The calibrated constants, with units."""

    @classmethod
    @abstractmethod
    def _through(cls, cells: Sequence[MeasuredCell], garnet_resistance: Numbers) -> Self: ...

    @abstractmethod
    def _current_density(self, R: Numbers) -> Numbers: ...

    @abstractmethod
    def _resistance(self, J: Numbers) -> Numbers: ...


def bare_and_coated(cells: Sequence[MeasuredCell], title: str) -> tuple[MeasuredCell, MeasuredCell]:
    """The two cells of a law with two constants, refused unless R falls where J rises."""
    if len(cells) != 2:
        raise InputError(
            f"{title} is calibrated from two cells, bare and coated, not from {len(cells)}: "
            "choose the two."
        )
    bare, coated = cells
    if not is_true(bare.interface_resistance > coated.interface_resistance) or not is_true(
        bare.critical_current_density < coated.critical_current_density
    ):
        raise InputError(
            f"{title} needs a first cell of higher resistance and lower critical current than the "
            "second: put the bare cell first, or choose cells that differ so."
        )
    return bare, coated


def _checked(cells: Iterable[MeasuredCell]) -> tuple[MeasuredCell, ...]:
    try:
        pairs = [MeasuredCell(*cell) for cell in cells]
    except TypeError as error:
        raise InputError(
            "A law is calibrated from pairs of interface resistance and critical current, not from "
            f"{cells!r}: give each cell as MeasuredCell(Ohm.m2, A.m-2)."
        ) from error
    return tuple(
        MeasuredCell(
            positive(resistance, "interface resistance", OHM_M2),
            positive(current, "critical current density", A_M2),
        )
        for resistance, current in pairs
    )
