"""Cycling at one current until the cell shorts; the constant that a measured life determines."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike

from ssb_model.compiled import Protocol, Step
from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.errors import InputError
from ssb_model.measurements.shorting_cell import LOSS, ShortingCell

GRID = 16  # values tried together in each narrowing of the constant


@dataclass(frozen=True)
class Cycling:
    """Plating and stripping to and fro.

    Attributes
    ----------
    current_density
        A.m-2.
    half_cycle
        s.
    hours
        Total time, rounded up to whole half cycles.
    """

    current_density: float
    half_cycle: float
    hours: float

    @property
    def half_cycles(self) -> int:
        """Their number."""
        return int(np.ceil(self.hours * HOUR / self.half_cycle * (1 - 1e-12)))

    def protocol(self, area: float) -> Protocol:
        """The protocol of a cell of ``area`` [m2]."""
        current = self.current_density * area
        return Protocol(
            [Step("current", (-1) ** k * current, self.half_cycle) for k in range(self.half_cycles)]
        )


@dataclass(frozen=True, eq=False)
class Life:
    """How long cells lived.

    Attributes
    ----------
    hours
        When each run ended.
    shorted
        Whether a short ended it.
    interface_resistance
        At the end, sum of both faces [Ohm.m2].
    sentences
        The same in words, one for each cell.
    """

    hours: Float[np.ndarray, " batch"]
    shorted: Bool[np.ndarray, " batch"]
    interface_resistance: Float[np.ndarray, " batch"]
    sentences: tuple[str, ...]


def run_cycling(cell: ShortingCell, cycling: Cycling, inputs: Mapping[str, ArrayLike]) -> Life:
    """Cycle a batch of cells; ``inputs`` are numbers or arrays (batch,) by name."""
    solution = cell.run(cycling.protocol(cell.area), inputs)
    hours, shorted = solution.t_end / HOUR, cell.shorted(solution)
    done = np.where(shorted, solution.segment.max(axis=1), cycling.half_cycles)
    sentences = (_sentence(*member, cycling) for member in zip(hours, shorted, done, strict=True))
    return Life(hours, shorted, solution.final["Interface resistance [Ohm.m2]"], tuple(sentences))


def _sentence(hours: float, shorted: bool, done: int, cycling: Cycling) -> str:
    J = cycling.current_density / FROM_MA_CM2
    if not shorted:
        return f"No short in {hours:g} h at {J:g} mA/cm2."
    left = cycling.half_cycles - done - 1
    return (
        f"The cell shorted after {hours:.3g} h at {J:g} mA/cm2, in half cycle {done + 1} of "
        f"{cycling.half_cycles}; the {left} after it were not run."
    )


def contact_loss_for_life(
    cell: ShortingCell,
    cycling: Cycling,
    hours: float,
    inputs: Mapping[str, ArrayLike],
    between: tuple[float, float] = (1e-7, 1e-2),
    tolerance: float = 1e-4,
) -> Float[np.ndarray, " batch"]:
    """The contact loss per charge [m2.C-1] at which each cell shorts after ``hours``.

    One datum, one constant: the life falls as the loss grows, and the loss is narrowed down on
    a grid, all cells and all values in one batch.

    Parameters
    ----------
    cell
        Compiled with the loss open.
    cycling
        Must be longer than ``hours``.
    hours
        The measured life.
    inputs
        Numbers or arrays (batch,) by name.
    between
        Range to search [m2.C-1].
    tolerance
        Relative, of the constant.

    Returns
    -------
    The loss, NaN for a cell that no loss in the range lets live so long: its lithium is resupplied
    faster than it is stripped.

    Raises
    ------
    InputError
        If that is so of every cell.
    """
    given = {name: np.atleast_1d(value) for name, value in inputs.items()}
    members = max((len(value) for value in given.values()), default=1)
    low, high = (np.full(members, end) for end in between)
    possible = np.full(members, True)
    while np.max(high / low) > 1 + tolerance:
        tried = np.geomspace(low, high, GRID)  # (GRID, members)
        spread = {name: np.tile(value, GRID) for name, value in given.items()}
        life = run_cycling(cell, cycling, spread | {LOSS: tried.ravel()})
        lived = np.where(life.shorted, life.hours, np.inf).reshape(GRID, members)
        short = lived <= hours
        possible &= short[-1] & ~short[0]
        if not possible.any():
            raise InputError(
                f"No contact loss between {between[0]:g} and {between[1]:g} m2/C lets the cell "
                f"live for {hours:g} h at {cycling.current_density / FROM_MA_CM2:g} mA/cm2: its "
                "lithium is resupplied faster than it is stripped, or it shorts at once. Check the "
                "stack pressure and the critical current law."
            )
        first = np.maximum(short.argmax(axis=0), 1)
        high = np.take_along_axis(tried, first[None], 0)[0]
        low = np.take_along_axis(tried, first[None] - 1, 0)[0]
    return np.where(possible, np.sqrt(low * high), np.nan)
