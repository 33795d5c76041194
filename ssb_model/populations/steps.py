"""Cells whose value is known to lie between two steps: critical currents of ramps.

A ramp gives the last current that a cell stood and the first that it did not; a cell that never
failed has no upper end, one that failed at once no lower. With y = ln J normal between cells, a
cell counts with the probability of its step (interval censoring; Gelman et al., Bayesian Data
Analysis, 3rd ed., 2013, section 8.7),

    p(step_j | a, between) = Phi((ln upper_j - a)/between) - Phi((ln lower_j - a)/between)

summed over a grid of the median a (flat) and of the scatter between cells. What repeated ramps of
one cell would scatter by cannot be told from it: most ramps end the cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.errors import InputError
from ssb_model.populations.mixture import Interval, Mixture, scatter_of
from ssb_model.populations.scatter import BETWEEN

POINTS = 801  # of the grid of the median's logarithm
REACH = 4.0  # of ln J beyond the outermost steps
NEVER = 1e-300  # a probability that no sum notices


@dataclass(frozen=True)
class CellSteps:
    """The step in which a cell failed.

    Attributes
    ----------
    group, cell
        The kind of cell, and its name.
    last_safe, first_failed
        Ends of the step, in any unit that all cells share; None where there is none.
    """

    group: str
    cell: str
    last_safe: float | None
    first_failed: float | None


@dataclass(frozen=True, eq=False, repr=False)
class StepGroup:
    """Cells of one kind, of each of which the step is known.

    Attributes
    ----------
    name
        Of the kind.
    steps
        One a cell.
    """

    name: str
    steps: tuple[CellSteps, ...]

    @property
    def logarithm(self) -> Mixture:
        """The distribution of the logarithm of the group's median."""
        weight, middle, _ = self._nodes
        grid, of_all_scatters = middle[:POINTS], weight.reshape(-1, POINTS).sum(axis=0)
        return Mixture(of_all_scatters, grid, np.full(POINTS, grid[1] - grid[0]))

    def median(self) -> Interval:
        """The value that half of all such cells lie below."""
        return self.logarithm.interval(np.exp)

    def new_cell(self) -> Interval:
        """What one more cell of this kind would have."""
        weight, middle, between = self._nodes
        return Mixture(weight, middle, between).interval(np.exp)

    @property
    def between(self) -> Interval:
        """Scatter between cells: standard deviation of the logarithm [%]."""
        weight, _, between = self._nodes
        return scatter_of(weight, between).times(100)

    @cached_property
    def _nodes(self) -> tuple[Float[np.ndarray, " nodes"], ...]:
        """Probability, median's logarithm and scatter at each node."""
        lower, upper = self._ends
        known = np.concatenate([lower[np.isfinite(lower)], upper[np.isfinite(upper)]])
        grid = np.linspace(known.min() - REACH, known.max() + REACH, POINTS)
        middle, between = (one.ravel() for one in np.meshgrid(grid, BETWEEN.nodes))
        log_weight = np.repeat(BETWEEN.log_weight, POINTS)
        for ends in zip(lower, upper, strict=True):
            low, high = ((end - middle) / between for end in ends)
            log_weight = log_weight + _log_between(low, high)
        weight = np.exp(log_weight - log_weight.max())
        return weight / weight.sum(), middle, between

    @property
    def _ends(self) -> tuple[Float[np.ndarray, " cells"], Float[np.ndarray, " cells"]]:
        lower = [-np.inf if one.last_safe is None else np.log(one.last_safe) for one in self.steps]
        upper = [
            np.inf if one.first_failed is None else np.log(one.first_failed) for one in self.steps
        ]
        return np.array(lower), np.array(upper)


def _log_between(low: Float[np.ndarray, " nodes"], high: Float[np.ndarray, " nodes"]) -> np.ndarray:
    """ln(Phi(high) - Phi(low)), by the tail that keeps its digits."""
    right = low > 0
    low, high = np.where(right, -high, low), np.where(right, -low, high)
    return np.log(np.maximum(ndtr(high) - ndtr(low), NEVER))


def fit_steps(steps: Sequence[CellSteps]) -> Mapping[str, StepGroup]:
    """Groups of cells by name; a group whose cells all lie beyond the steps is not among them.

    Raises
    ------
    InputError
        If the ends of a step are not positive and rising, or a cell is there twice.
    """
    for k, one in enumerate(steps):
        low, high = one.last_safe or 0.0, np.inf if one.first_failed is None else one.first_failed
        if not 0 <= low < high:
            raise InputError(
                f"The step of cell '{one.cell}' runs from {one.last_safe} to {one.first_failed}: "
                "its ends must be above zero and rise."
            )
        if one.cell in (other.cell for other in steps[:k]):
            raise InputError(f"The cell '{one.cell}' has two steps: keep the one that counts.")
    names = dict.fromkeys(one.group for one in steps)
    groups = {
        name: StepGroup(name, tuple(one for one in steps if one.group == name)) for name in names
    }
    return {name: group for name, group in groups.items() if _bounded(group)}


def _bounded(group: StepGroup) -> bool:
    """Whether the median has a lower and an upper end at all."""
    return any(one.last_safe for one in group.steps) and any(
        one.first_failed is not None for one in group.steps
    )
