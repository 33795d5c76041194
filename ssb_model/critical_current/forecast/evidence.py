"""What a library says of each law: predictions of cells from other cells, weights by prediction.

A law's score of a cell is ln p(J_i | the other cells). Its weight would be the exponential of the
sum of its scores over the sum of these for all laws (pseudo Bayesian model averaging), were the
cells many. They are few, and one of them decides the sums: so the weights are averaged over the
libraries that these cells could as well have been, each cell counted with a random share (a
Bayesian bootstrap, of fixed draws). What was tried before: ``docs/methods/forecast.md``.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from scipy.special import softmax

from ssb_model.critical_current.forecast.candidates import CANDIDATES
from ssb_model.critical_current.forecast.faces import face_factors
from ssb_model.critical_current.forecast.students import Students, predictive

LIBRARIES, SEED = 1000, 2024


class Evidence:
    """Cells as each law sees them: ``residuals[law]`` = ln J - ln f(R), (points, faces, cells).

    Cells are named by their place in ``cells``.
    """

    def __init__(self, cells, laws: Sequence[str]):
        self.cells = cells
        factors = face_factors(cells)
        reported, ln_J = np.array([(c.resistance, np.log(c.current_density)) for c in cells]).T
        both = np.stack([reported, 2 * reported])
        places = factors - 1, np.arange(len(cells))
        self.shapes = {law: CANDIDATES[law](both)[:, *places] for law in laws}
        self.residuals = {law: ln_J - shape for law, shape in self.shapes.items()}

    def learnt(self, law, kept: Sequence[int]) -> Students:
        """Distribution of a further cell's residual under a law learnt from the `kept` cells."""
        return predictive(self.residuals[law][..., kept])

    def scores(self, kept: Sequence[int]) -> Mapping[str, np.ndarray]:
        """ln p(J_i | the other cells kept) of each law, for each of the cells `kept`."""
        return {law: np.array([self._score(law, kept, i) for i in kept]) for law in self.residuals}

    def weights(self, kept: Sequence[int]) -> Mapping[str, float]:
        """Each law's share in a forecast learnt from the cells `kept`."""
        return weights(self.scores(kept))

    def _score(self, law, kept, i):
        students = self.learnt(law, [j for j in kept if j != i])
        return students.log_density(self.residuals[law][..., i])


def weights(scores: Mapping[str, np.ndarray]) -> Mapping[str, float]:
    """Weights of the laws from their scores cell by cell."""
    by_cell = np.stack(list(scores.values()), axis=-1)
    totals = _counts(len(by_cell)) @ by_cell
    return dict(zip(scores, softmax(totals, axis=-1).mean(axis=0).tolist(), strict=True))


@cache
def _counts(cells):
    """How often each cell counts in each bootstrapped library; shape (libraries, cells)."""
    return cells * np.random.default_rng(SEED).dirichlet(np.ones(cells), LIBRARIES)
