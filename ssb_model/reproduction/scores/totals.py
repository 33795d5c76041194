"""Scores of all predicted rows together, their skill over baselines, and their calibration.

Fitted rows have no score: the fit has seen their numbers. Rows that predict one number by rival
laws share its weight, so that a number counts once however many laws there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import beta

from ssb_model.reproduction.scores.row import RowScore, score_row

if TYPE_CHECKING:
    from ssb_model.reproduction.results import RowResult

LEVELS = (0.50, 0.68, 0.95)
WITHOUT = "no baseline"
#: what the two kinds of rows are called, numbers first
KINDS = {False: "numbers", True: "bounds"}


@dataclass(frozen=True)
class Total:
    """Means over numbers of one kind that are held against one baseline.

    Attributes
    ----------
    what
        "numbers" or "bounds".
    baseline
        Its name; :data:`WITHOUT`, or "all" of every row of the kind.
    numbers, rows
        How many of the paper's numbers, predicted by how many rows.
    log_score, error
        Means of :class:`.row.RowScore`'s.
    log_skill
        Mean log score above the baseline's; positive is better than it.
    skill
        1 - error over the baseline's: 1 is perfect, 0 no better, negative worse.
    """

    what: str
    baseline: str
    numbers: int
    rows: int
    log_score: float
    error: float
    log_skill: float | None
    skill: float | None


@dataclass(frozen=True)
class Coverage:
    """How many numbers lie in central intervals of a level, with the share's 95 % interval."""

    level: float
    inside: float
    of: int
    lower95: float
    upper95: float


@dataclass(frozen=True)
class Scores:
    """Result of :func:`score_rows`.

    Attributes
    ----------
    rows
        A score each.
    unscored
        Why a predicted row with a number has none, by id.
    totals
        By kind and baseline, then of the kind.
    coverage
        At 50, 68 and 95 %.
    quarters
        Numbers by quarter of the probability below them; even if the intervals are right.
    """

    rows: tuple[RowScore, ...]
    unscored: Mapping[str, str]
    totals: tuple[Total, ...]
    coverage: tuple[Coverage, ...]
    quarters: tuple[float, ...]

    def content(self) -> dict[str, Any]:
        """For a file."""
        return asdict(self)


def score_rows(rows: Iterable[RowResult]) -> Scores:
    """The :class:`Scores` of a comparison's predicted rows whose number the paper states."""
    asked = [row for row in rows if row.role == "predicted" and row.paper is not None]
    found = {row.id: score_row(row) for row in asked if row.model is not None}
    scored = tuple(each for each in found.values() if isinstance(each, RowScore))
    unscored = {id: each for id, each in found.items() if isinstance(each, str)}
    read = [row for row in scored if row.pit is not None]
    return Scores(scored, unscored, tuple(_totals(scored)), _coverage(read), _quarters(read))


def _totals(rows: Sequence[RowScore]) -> Iterator[Total]:
    for bound, what in KINDS.items():
        own = [row for row in rows if row.bound is bound]
        parts = list(dict.fromkeys(row.baseline or WITHOUT for row in own))
        for name in parts:
            yield _total(what, name, [row for row in own if (row.baseline or WITHOUT) == name])
        if len(parts) > 1:
            yield _total(what, "all", own)


def _total(what: str, name: str, rows: Sequence[RowScore]) -> Total:
    weights = _weights(rows)
    log_score, error = (
        _mean([r.log_score for r in rows], weights),
        _mean([r.error for r in rows], weights),
    )
    log_skill = skill = None
    if all(r.baseline_log_score is not None for r in rows):
        log_skill = log_score - _mean([r.baseline_log_score for r in rows], weights)
        skill = 1 - error / _mean([r.baseline_error for r in rows], weights)
    numbers = len({r.number for r in rows})
    return Total(what, name, numbers, len(rows), log_score, error, log_skill, skill)


def _coverage(rows: Sequence[RowScore]) -> tuple[Coverage, ...]:
    weights, n = _weights(rows), len({r.number for r in rows})
    off = np.abs(np.array([r.pit for r in rows], float) - 0.5)
    inside = [float(weights[off <= level / 2].sum()) for level in LEVELS]
    return tuple(
        Coverage(level, k, n, *binomial_interval(k, n))
        for level, k in zip(LEVELS, inside, strict=True)
        if n
    )


def _quarters(rows: Sequence[RowScore]) -> tuple[float, ...]:
    pit = np.array([r.pit for r in rows], float)
    return tuple(np.histogram(pit, 4, (0, 1), weights=_weights(rows))[0].tolist())


def binomial_interval(k: float, n: int) -> tuple[float, float]:
    """Clopper and Pearson's 95 % interval of a share of which k of n were seen.

    >>> [round(end, 2) for end in binomial_interval(8, 9)]
    [0.52, 1.0]
    """
    low = float(beta.ppf(0.025, k, n - k + 1)) if k > 0 else 0.0
    high = float(beta.ppf(0.975, k + 1, n - k)) if k < n else 1.0
    return low, high


def _weights(rows: Sequence[RowScore]) -> Any:
    """One for each number, shared by the rows that predict it."""
    count = Counter(row.number for row in rows)
    return np.array([1 / count[row.number] for row in rows])


def _mean(values: Sequence[float | None], weights: Any) -> float:
    return float(np.average(np.array(values, float), weights=weights))
