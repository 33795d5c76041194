"""A forecast of the critical current of a cell whose interface resistance is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import cast

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from ssb_model.critical_current.forecast import tables
from ssb_model.critical_current.forecast.candidates import CANDIDATES
from ssb_model.critical_current.forecast.evidence import Evidence, weights
from ssb_model.critical_current.forecast.observations import LibraryCell, checked, library_cells
from ssb_model.critical_current.forecast.sentence import gain_on_mean, sentence
from ssb_model.critical_current.forecast.students import Students
from ssb_model.errors import InputError, suggestion
from ssb_model.library import A_M2, OHM_M2, Frozen, positive

FEWEST = 3  # cells: one left out, a mean and a scatter from the others


@dataclass(frozen=True, eq=False)
class Forecast:
    """Distribution of the critical current [A.m-2] given the resistance of both faces [Ohm.m2].

    Attributes
    ----------
    cells
        What it is learnt from.
    weights
        Shares of the laws in it.
    scores
        What each law, learnt from the other cells, gives each of ``cells``: ln of the probability
        density of its ln J.
    parts
        The forecast of each law alone, as the distribution of ln J - ln f(R).
    """

    cells: tuple[LibraryCell, ...]
    weights: Mapping[str, float]
    scores: Mapping[str, Float[np.ndarray, " cells"]] = field(repr=False)
    parts: Mapping[str, Students] = field(repr=False)

    @property
    def log_scores(self) -> Mapping[str, float]:
        """Sum over the cells of each law's leave-one-out ln p; the highest predicts best."""
        return {law: float(each.sum()) for law, each in self.scores.items()}

    @property
    def says(self) -> str:
        """Whether any law beats the plain mean on leave-one-out, in one sentence.

        One does if what its ln p gains on the mean's exceeds the standard error of that; whether
        it does so without the cell that gains it most is said too.
        """
        if len(self.scores) == 1 or "mean" not in self.scores:
            return "The mean was not learnt beside a law, so that nothing can be compared with it."
        gain = gain_on_mean(self.scores)
        most = int(np.argmax(gain.by_cell))
        others = self.cells[:most] + self.cells[most + 1 :]
        enough = len(others) >= FEWEST
        without = gain_on_mean(learn(others, self.scores).scores) if enough else None
        return sentence(gain, self.cells[most].name, without)

    def quantile(self, R: ArrayLike, p: ArrayLike) -> Float[np.ndarray, " ..."]:
        """As that of :class:`ssb_model.critical_current.FieldForecast`, by the mixture of laws.

        Examples
        --------
        >>> low, middle, high = learned_forecast().quantile(10.3e-4, [0.025, 0.5, 0.975])
        >>> bool(low < middle < high)
        True
        """
        return np.exp(tables.look_up(self._table[0], R, p))

    def draw(
        self, R: ArrayLike, uniforms: ArrayLike | np.random.Generator
    ) -> Float[np.ndarray, " ..."]:
        """Critical current densities [A.m-2], drawn.

        Parameters
        ----------
        R
            Sum of both faces [Ohm.m2].
        uniforms
            Numbers between 0 and 1 that broadcast with R, of any origin (quasi-random ones too),
            or a generator that draws one for each R.
        """
        if isinstance(uniforms, np.random.Generator):
            uniforms = uniforms.uniform(1e-11, 1 - 1e-11, np.shape(R))
        return self.quantile(R, uniforms)

    def by_law(self, R: ArrayLike) -> Mapping[str, Float[np.ndarray, " ..."]]:
        """Median critical current density [A.m-2] of each law alone; InputError as `quantile`."""
        return {law: np.exp(tables.look_up_median(m, R)) for law, m in self._table[1].items()}

    def probability(
        self, R: ArrayLike, current_density: ArrayLike
    ) -> float | Float[np.ndarray, " ..."]:
        """Probability that a cell shorts below a `current_density` [A.m-2], without the table.

        ``R`` [Ohm.m2] is the sum of both faces; the two broadcast. About a millisecond a number.
        """
        R = positive(cast("float", R), "interface resistance", OHM_M2)
        J = positive(cast("float", current_density), "critical current density", A_M2)
        return np.vectorize(self._probability, otypes=[float])(R, J)[()]

    def _probability(self, R: float, J: float) -> float:
        return sum(
            self.weights[law] * part.probability(np.log(J) - CANDIDATES[law](R)[:, None])
            for law, part in self.parts.items()
        )

    @cached_property
    def _table(self) -> tuple[tables.Table, Mapping[str, tables.Medians]]:
        return tables.tabulate(self.parts, self.weights)


def learn(cells: Iterable[LibraryCell], laws: Iterable[str] = tuple(CANDIDATES)) -> Forecast:
    """Learn from `cells` which of the `laws` predicts, and how widely.

    Raises InputError for fewer than three cells, for numbers that are not positive, and for a law
    that is not known.
    """
    cells, laws = checked(cells, FEWEST), known_laws(laws)
    evidence, every = Evidence(cells, laws), range(len(cells))
    scores = evidence.scores(every)
    parts = {law: evidence.learnt(law, every) for law in laws}
    return Forecast(cells, Frozen(weights(scores)), Frozen(scores), Frozen(parts))


def learned_forecast(folder: str | Path | None = None) -> Forecast:
    """The forecast learnt on the published coatings, and on a `folder` of one's own beside them.

    Learnt once, and again when a file has changed. Raises InputError as `library_cells` and
    `learn`.
    """
    return _learnt_once(library_cells(folder))


_learnt_once = cache(learn)


def known_laws(laws: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the `laws`, refused if one is unknown or none is given."""
    laws = (laws,) if isinstance(laws, str) else tuple(laws)
    for law in laws:
        if law not in CANDIDATES:
            raise InputError(f"There is no law {law!r} to learn. {suggestion(law, CANDIDATES)}")
    if not laws:
        raise InputError(f"No law to learn: name one or more of {', '.join(CANDIDATES)}.")
    return laws
