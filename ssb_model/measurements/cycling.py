"""Cycling at one current until the cell shorts; the constant that a measured life determines."""

from dataclasses import dataclass

import numpy as np

from ssb_model.compiled import Protocol, Step
from ssb_model.constants import FROM_MA_CM2, HOUR
from ssb_model.errors import InputError
from ssb_model.measurements.shorting_cell import LOSS

GRID = 16  # values tried together in each narrowing of the constant


@dataclass(frozen=True)
class Cycling:
    """Plating and stripping to and fro.

    Attributes
    ----------
    current_density : float
        A.m-2.
    half_cycle : float
        s.
    hours : float
        Total time, rounded up to whole half cycles.
    """

    current_density: float
    half_cycle: float
    hours: float

    @property
    def half_cycles(self):
        """Their number."""
        return int(np.ceil(self.hours * HOUR / self.half_cycle * (1 - 1e-12)))

    def protocol(self, area):
        """The :class:`~ssb_model.compiled.Protocol` of a cell of ``area`` [m2]."""
        current = self.current_density * area
        return Protocol(
            [Step("current", (-1) ** k * current, self.half_cycle) for k in range(self.half_cycles)]
        )


@dataclass(frozen=True, eq=False)
class Life:
    """How long cells lived.

    Attributes
    ----------
    hours : array (B,)
    shorted : bool array (B,)
        Whether a short ended it.
    interface_resistance : array (B,)
        At the end, sum of both faces [Ohm.m2].
    sentences : tuple of str
    """

    hours: np.ndarray
    shorted: np.ndarray
    interface_resistance: np.ndarray
    sentences: tuple


def run_cycling(cell, cycling, inputs):
    """Cycle a batch of cells.

    Parameters
    ----------
    cell : ssb_model.critical_current.ShortingCell
    cycling : Cycling
    inputs : dict of str to array (B,)

    Returns
    -------
    Life
    """
    solution = cell.run(cycling.protocol(cell.area), inputs)
    hours, shorted = solution.t_end / HOUR, cell.shorted(solution)
    done = np.where(shorted, solution.segment.max(axis=1), cycling.half_cycles)
    sentences = (_sentence(*member, cycling) for member in zip(hours, shorted, done, strict=True))
    return Life(hours, shorted, solution.final["Interface resistance [Ohm.m2]"], tuple(sentences))


def _sentence(hours, shorted, done, cycling):
    J = cycling.current_density / FROM_MA_CM2
    if not shorted:
        return f"No short in {hours:g} h at {J:g} mA/cm2."
    left = cycling.half_cycles - done - 1
    return (
        f"The cell shorted after {hours:.3g} h at {J:g} mA/cm2, in half cycle {done + 1} of "
        f"{cycling.half_cycles}; the {left} after it were not run."
    )


def contact_loss_for_life(cell, cycling, hours, inputs, between=(1e-7, 1e-2), tolerance=1e-4):
    """The contact loss per charge [m2.C-1] at which each cell shorts after ``hours``.

    One datum, one constant: the life falls as the loss grows, and the loss is narrowed down on
    a grid, all cells and all values in one batch.

    Parameters
    ----------
    cell : ssb_model.critical_current.ShortingCell
    cycling : Cycling
        Must be longer than ``hours``.
    hours : float
        The measured life.
    inputs : dict of str to array (B,)
    between : tuple of float
        Range to search [m2.C-1].
    tolerance : float
        Relative, of the constant.

    Returns
    -------
    array (B,)
        NaN for a cell that no loss in the range lets live so long: its lithium is resupplied
        faster than it is stripped.

    Raises
    ------
    InputError
        If that is so of every cell.
    """
    inputs = {name: np.atleast_1d(value) for name, value in inputs.items()}
    members = max((len(value) for value in inputs.values()), default=1)
    low, high = (np.full(members, end) for end in between)
    possible = np.full(members, True)
    while np.max(high / low) > 1 + tolerance:
        tried = np.geomspace(low, high, GRID)  # (GRID, members)
        spread = {name: np.tile(value, GRID) for name, value in inputs.items()}
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
