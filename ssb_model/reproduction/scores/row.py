"""The scores of one predicted row, and what is told of a bound.

A number has the log score and the continuous ranked probability score (CRPS) of ln y, a bound the
logarithm of its probability and the Brier score. All four are proper: no other distribution than
the one believed has a better expected score (Gneiting and Raftery 2007,
10.1198/016214506000001437).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from ssb_model.reproduction.scores.printed import Printed

NO_DISTRIBUTION = "its interval has no width, or is not positive"
TINY = 1e-300  # least probability that has a logarithm
#: probabilities from which a bound is told to be met, and up to which missed
MET, MISSED = 0.95, 0.05


class PredictedRow(Protocol):
    """What a row must have to be scored."""

    id: str
    statement: int
    paper: float | None
    bound: str
    model: float | None
    lower95: float | None
    upper95: float | None
    role: str
    probability: float | None
    in_fit: bool
    baseline: tuple[float, float, float] | None
    baseline_source: str


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


def score_row(row: PredictedRow) -> RowScore | str:
    """A row's scores, or why it has none."""
    if row.in_fit:
        return "its number is in the fit that predicts it"
    assert row.paper is not None
    number, constant = (row.statement, row.paper), Printed(*row.baseline) if row.baseline else None
    if row.bound != "equal":
        P = row.probability
        if P is None:
            return NO_DISTRIBUTION
        other = None if constant is None else probability_of_bound(constant, row.bound, row.paper)
        scores = (*_of_bound(P), None, P, *_of_bound(other))
    else:
        own = Printed.of(row.model, row.lower95, row.upper95)
        if own is None or row.paper <= 0:
            return NO_DISTRIBUTION
        scores = (*_of_number(own, row.paper), own.below(row.paper), None)
        scores = (*scores, *_of_number(constant, row.paper))
    return RowScore(row.id, number, row.bound != "equal", *scores, row.baseline_source)


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


def _of_number(printed: Printed | None, y: float) -> tuple[float | None, float | None]:
    return (None, None) if printed is None else (printed.log_density(y), printed.crps(y))


def _of_bound(probability: float | None) -> tuple[float | None, float | None]:
    if probability is None:
        return None, None
    return math.log(max(probability, TINY)), (1 - probability) ** 2
