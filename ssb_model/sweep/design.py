"""Designs: which candidate has which number.

Candidate k is a function of the sweep file alone, so that any chunk can be computed at any time
and anywhere. A design places candidates in the unit cube; the variables stretch it to their ranges.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from jaxtyping import Float, UInt32
from scipy.stats import qmc

from ssb_model.sweep.file import DesignTable
from ssb_model.sweep.variables import Variable

DRAWS_A_BLOCK = 4  # 64-bit numbers of one block of Philox


class Design(Protocol):
    """Places candidates in the unit cube."""

    @property
    def candidates(self) -> int:
        """How many there are."""
        ...

    def shares(self, start: int, stop: int) -> Float[np.ndarray, "n variables"]:
        """Candidates ``start`` to ``stop`` - 1 as shares of the ranges."""
        ...


@dataclass(frozen=True)
class Grid:
    """Every combination of the points; the last variable changes fastest (mixed radix)."""

    points: tuple[int, ...]

    @property
    def candidates(self) -> int:
        """How many there are."""
        return math.prod(self.points)

    def shares(self, start: int, stop: int) -> Float[np.ndarray, "n variables"]:
        """Candidates ``start`` to ``stop`` - 1 as shares of the ranges."""
        digits = np.unravel_index(np.arange(start, stop), self.points)
        return np.stack(digits, axis=1) / (np.array(self.points) - 1)


@dataclass(frozen=True)
class Sobol:
    """Scrambled Sobol points (scipy.stats.qmc), of which any run is found by skipping ahead."""

    candidates: int
    variables: int
    seed: int

    def shares(self, start: int, stop: int) -> Float[np.ndarray, "n variables"]:
        """Candidates ``start`` to ``stop`` - 1 as shares of the ranges."""
        sequence = qmc.Sobol(self.variables, scramble=True, rng=self.seed)
        if start:  # scipy cannot skip none
            sequence.fast_forward(start)
        with warnings.catch_warnings():
            # That a part of them is not balanced is true of every chunk; the whole counts.
            warnings.simplefilter("ignore", UserWarning)
            return sequence.random(stop - start)


@dataclass(frozen=True)
class LatinHypercube:
    """One candidate in each of as many strata of every variable as there are candidates.

    Which stratum is a permutation for each variable, held in memory: 4 bytes a candidate and
    variable. Where in its stratum a candidate lies comes from a counter-based generator.
    """

    candidates: int
    variables: int
    seed: int
    strata: UInt32[np.ndarray, "variables candidates"] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        strata = np.empty((self.variables, self.candidates), np.uint32)
        for row, seed in zip(strata, self._seeds(0), strict=True):
            row[:] = np.arange(self.candidates, dtype=np.uint32)
            np.random.Generator(np.random.PCG64(seed)).shuffle(row)
        object.__setattr__(self, "strata", strata)

    def shares(self, start: int, stop: int) -> Float[np.ndarray, "n variables"]:
        """Candidates ``start`` to ``stop`` - 1 as shares of the ranges."""
        within = np.stack([_uniform(seed, start, stop) for seed in self._seeds(1)], axis=1)
        return (self.strata[:, start:stop].T + within) / self.candidates

    def _seeds(self, purpose: int) -> list[np.random.SeedSequence]:
        return np.random.SeedSequence([self.seed, purpose]).spawn(self.variables)


def _uniform(seed: np.random.SeedSequence, start: int, stop: int) -> Float[np.ndarray, " n"]:
    """Numbers ``start`` to ``stop`` - 1 of an endless series in [0, 1)."""
    blocks, over = divmod(start, DRAWS_A_BLOCK)
    philox = np.random.Philox(seed)
    philox.advance(blocks)
    return np.random.Generator(philox).random(over + stop - start)[over:]


def read_design(table: DesignTable, variables: Sequence[Variable]) -> Design:
    """The design of a sweep file's ``[design]`` and its variables."""
    if table.candidates is None:
        return Grid(tuple(variable.points or 1 for variable in variables))
    kind = Sobol if table.kind == "sobol" else LatinHypercube
    return kind(table.candidates, len(variables), table.seed)
