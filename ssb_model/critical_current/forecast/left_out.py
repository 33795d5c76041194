"""Each cell of a library forecast from the others, weights of the laws included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp

from ssb_model.critical_current.forecast.candidates import CANDIDATES
from ssb_model.critical_current.forecast.evidence import Evidence
from ssb_model.critical_current.forecast.forecast import FEWEST, known_laws
from ssb_model.critical_current.forecast.observations import LibraryCell, checked

FURTHEST = 1e6  # in ln J: law C falls fast


@dataclass(frozen=True)
class LeftOut:
    """A cell and what was forecast of it without it; currents in A.m-2.

    Attributes
    ----------
    cell
        The cell left out.
    weights
        Of the laws, learnt from the others.
    pit
        Probability integral transform: the forecast probability of a lower current than the
        measured one.
    median, interval50, interval95
        Of the forecast.
    log_score
        ln of the forecast density of ln J at the measured one.
    log_scores
        The same of each law alone.
    error
        ln(median/measured).
    mean_error
        The same of the geometric mean of the other cells.
    """

    cell: LibraryCell
    weights: Mapping[str, float]
    pit: float
    median: float
    interval50: tuple[float, float]
    interval95: tuple[float, float]
    log_score: float
    log_scores: Mapping[str, float]
    error: float
    mean_error: float

    @property
    def hit50(self) -> bool:
        """Whether the measured current lies in the 50 % interval."""
        return 0.25 <= self.pit <= 0.75

    @property
    def hit95(self) -> bool:
        """Whether the measured current lies in the 95 % interval."""
        return 0.025 <= self.pit <= 0.975


def leave_one_out(
    cells: Iterable[LibraryCell], laws: Iterable[str] = tuple(CANDIDATES)
) -> tuple[LeftOut, ...]:
    """Forecast every cell by what is learnt from the others, in the order of the forecast's cells.

    Unknown faces of the cell itself are averaged over as those of the others are. Raises
    InputError as `learn`, and for fewer than four cells.
    """
    evidence = Evidence(checked(cells, FEWEST + 1), known_laws(laws))
    return tuple(_left_out(evidence, i) for i in range(len(evidence.cells)))


def _left_out(evidence: Evidence, i: int) -> LeftOut:
    kept = [j for j in range(len(evidence.cells)) if j != i]
    weights = evidence.weights(kept)
    parts = {law: evidence.learnt(law, kept) for law in weights}
    ln_J = np.log([cell.current_density for cell in evidence.cells])
    scores = {law: parts[law].log_density(x[..., i]) for law, x in evidence.residuals.items()}

    def below(y: float) -> float:
        return sum(
            weights[law] * part.probability(y - evidence.shapes[law][..., i])
            for law, part in parts.items()
        )

    def quantile(p: float) -> float:
        ends = ln_J[i] - FURTHEST, ln_J[i] + FURTHEST
        return cast("float", brentq(lambda y: below(y) - p, *ends, xtol=1e-6))

    low95, low50, middle, high50, high95 = map(quantile, (0.025, 0.25, 0.5, 0.75, 0.975))
    log_score = cast("float", logsumexp(list(scores.values()), b=list(weights.values())))
    return LeftOut(
        cell=evidence.cells[i],
        weights=weights,
        pit=below(ln_J[i]),
        median=float(np.exp(middle)),
        interval50=(float(np.exp(low50)), float(np.exp(high50))),
        interval95=(float(np.exp(low95)), float(np.exp(high95))),
        log_score=float(log_score),
        log_scores=scores,
        error=float(middle - ln_J[i]),
        mean_error=float(ln_J[kept].mean() - ln_J[i]),
    )
