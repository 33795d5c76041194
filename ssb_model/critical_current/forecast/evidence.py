"""What a library says of each law: predictions of cells from other cells, weights by prediction.

A law's score of a cell is ln p(J_i | the other cells). Its weight would be the exponential of the
sum of its scores over the sum of these for all laws (pseudo Bayesian model averaging), were the
cells many. They are few, and one of them decides the sums: so the weights are averaged over the
libraries that these cells could as well have been, each cell counted with a random share (a
Bayesian bootstrap, of fixed draws). What was tried before: ``docs/methods/forecast.md``.

One face or two? Where a source does not say, its resistances are the sum of both faces or half of
it, with equal probability, all of that source alike. Every combination over the sources is tried;
for many sources a fixed set of combinations stands for all, half of them drawn, half their
opposites.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product

import numpy as np
from jaxtyping import Float, Int
from scipy.special import softmax

from ssb_model.critical_current.forecast.candidates import CANDIDATES
from ssb_model.critical_current.forecast.observations import LibraryCell
from ssb_model.critical_current.forecast.students import Students, predictive

LIBRARIES, LIBRARIES_SEED = 1000, 2024
ALL_UP_TO = 8  # sources: 256 combinations
COMBINATIONS_SEED = 20240


class Evidence:
    """Cells as each law sees them; a cell is named by its place in ``cells``.

    Attributes
    ----------
    cells
        The library.
    shapes
        ln f(R) of each law at the points of its grid, for each combination of faces.
    residuals
        ln J - ln f(R) alike.
    """

    cells: tuple[LibraryCell, ...]
    shapes: Mapping[str, Float[np.ndarray, "points faces cells"]]
    residuals: Mapping[str, Float[np.ndarray, "points faces cells"]]

    def __init__(self, cells: tuple[LibraryCell, ...], laws: Sequence[str]) -> None:
        self.cells = cells
        factors = face_factors(cells)
        reported, ln_J = np.array([(c.resistance, np.log(c.current_density)) for c in cells]).T
        both = np.stack([reported, 2 * reported])
        places = factors - 1, np.arange(len(cells))
        self.shapes = {law: CANDIDATES[law](both)[:, *places] for law in laws}
        self.residuals = {law: ln_J - shape for law, shape in self.shapes.items()}

    def learnt(self, law: str, kept: Sequence[int]) -> Students:
        """Distribution of a further cell's residual under a law learnt from the `kept` cells."""
        return predictive(self.residuals[law][..., kept])

    def scores(self, kept: Sequence[int]) -> Mapping[str, Float[np.ndarray, " kept"]]:
        """ln p(J_i | the other cells kept) of each law, for each of the cells `kept`."""
        return {law: np.array([self._score(law, kept, i) for i in kept]) for law in self.residuals}

    def weights(self, kept: Sequence[int]) -> Mapping[str, float]:
        """Each law's share in a forecast learnt from the cells `kept`."""
        return weights(self.scores(kept))

    def _score(self, law: str, kept: Sequence[int], i: int) -> float:
        students = self.learnt(law, [j for j in kept if j != i])
        return students.log_density(self.residuals[law][..., i])


def weights(scores: Mapping[str, Float[np.ndarray, " cells"]]) -> Mapping[str, float]:
    """Weights of the laws from their scores cell by cell."""
    by_cell = np.stack(list(scores.values()), axis=-1)
    totals = _counts(len(by_cell)) @ by_cell
    return dict(zip(scores, softmax(totals, axis=-1).mean(axis=0).tolist(), strict=True))


@cache
def _counts(cells: int) -> Float[np.ndarray, "libraries cells"]:
    """How often each cell counts in each bootstrapped library."""
    rng = np.random.default_rng(LIBRARIES_SEED)
    return cells * rng.dirichlet(np.ones(cells), LIBRARIES)


def face_factors(cells: Sequence[LibraryCell]) -> Int[np.ndarray, "combinations cells"]:
    """What each cell's reported resistance is multiplied by to be that of both faces: 1 or 2."""
    sources = sorted({cell.source for cell in cells if cell.faces == "unknown"})
    combinations = _combinations(len(sources))
    columns = [
        combinations[:, sources.index(cell.source)]
        if cell.faces == "unknown"
        else np.full(len(combinations), 2 // cell.faces)
        for cell in cells
    ]
    return np.stack(columns, axis=1)


def _combinations(sources: int) -> Int[np.ndarray, "combinations sources"]:
    if sources <= ALL_UP_TO:
        return np.array(list(product((1, 2), repeat=sources)))
    rng = np.random.default_rng(COMBINATIONS_SEED)
    drawn = rng.integers(1, 3, (2 ** (ALL_UP_TO - 1), sources))
    return np.concatenate([drawn, 3 - drawn])
