"""The scores of one predicted row, and what is told of a bound.

A number has the log score and the continuous ranked probability score (CRPS) of ln y, a bound the
logarithm of its probability and the Brier score. All four are proper: no other distribution than
the one believed has a better expected score (Gneiting and Raftery 2007,
10.1198/016214506000001437).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssb_model.reproduction.scores.printed import Printed

if TYPE_CHECKING:
    from ssb_model.reproduction.results import RowResult

NO_DISTRIBUTION = "its interval has no width, or is not positive"
TINY = 1e-300  # least probability that has a logarithm
#: probabilities from which a bound is told to be met, and up to which missed
MET, MISSED = 0.95, 0.05


@dataclass(frozen=True)
class RowScore:
    """Of a row, and of its baseline where it has one.

    Attributes
    ----------
    id
        The row's.
    number
        Which of the paper's numbers; rows of one number share its weight.
    bound
        Whether the paper states a bound.
    log_score
        ln of the density of ln y at the paper's number; of a bound, ln of its probability.
    error
        CRPS of ln y; of a bound the Brier score (1 - P)^2. Zero is best.
    pit
        Probability below the paper's number; None of a bound.
    probability
        Of the bound; None of a number.
    baseline_log_score, baseline_error
        The same of the baseline; None without one.
    baseline
        What the baseline is; empty without one.
    """

    id: str
    number: tuple[int, float]
    bound: bool
    log_score: float
    error: float
    pit: float | None
    probability: float | None
    baseline_log_score: float | None
    baseline_error: float | None
    baseline: str


def score_row(row: RowResult) -> RowScore | str:
    """A row's scores, or why it has none."""
    if row.in_fit:
        return "its number is in the fit that predicts it"
    own = Printed.of(row.model, row.lower95, row.upper95)
    assert row.paper is not None
    if row.bound != "equal":
        P = row.probability
        return NO_DISTRIBUTION if P is None else _of_bound(row, row.paper, P)
    return NO_DISTRIBUTION if own is None or row.paper <= 0 else _of_number(row, row.paper, own)


def _of_number(row: RowResult, y: float, own: Printed) -> RowScore:
    constant = None if row.baseline is None else Printed(*row.baseline)
    return RowScore(
        id=row.id,
        number=(row.statement, y),
        bound=False,
        log_score=own.log_density(y),
        error=own.crps(y),
        pit=own.below(y),
        probability=None,
        baseline_log_score=None if constant is None else constant.log_density(y),
        baseline_error=None if constant is None else constant.crps(y),
        baseline=row.baseline_source,
    )


def _of_bound(row: RowResult, at: float, P: float) -> RowScore:
    constant = None if row.baseline is None else Printed(*row.baseline)
    other = probability_of_bound(constant, row.bound, at)
    return RowScore(
        id=row.id,
        number=(row.statement, at),
        bound=True,
        log_score=_log(P),
        error=(1 - P) ** 2,
        pit=None,
        probability=P,
        baseline_log_score=None if other is None else _log(other),
        baseline_error=None if other is None else (1 - other) ** 2,
        baseline=row.baseline_source,
    )


def probability_of_bound(
    printed: Printed | None, bound: str, at: float, counted: float | None = None
) -> float | None:
    """Of "at least" or "at most": as ``counted`` among draws where that was done, else by the
    distribution that is printed; None where that is none."""
    if counted is not None or printed is None or at <= 0:
        return counted
    return math.exp(printed.log_below(at, above=bound == "at least"))


def bound_met(probability: float) -> bool | None:
    """Met from 95 %, missed up to 5 %; in between the prediction leaves it open, None.

    >>> [bound_met(P) for P in (0.99, 0.22, 0.01)]
    [True, None, False]
    """
    return True if probability >= MET else False if probability <= MISSED else None


def _log(probability: float) -> float:
    return math.log(max(probability, TINY))
