"""The scores in words, for who reads the table of the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ssb_model.reproduction.scores.row import MET
from ssb_model.reproduction.scores.totals import Scores

if TYPE_CHECKING:
    from ssb_model.reproduction.results import RowResult

FITTED = ("fitted", "exactly determined")
MEANS = (
    "ln p: mean logarithm of the density of ln y where the paper's number lies, of a bound that of "
    "its probability; CRPS (of ln y) and Brier score (of a bound): 0 is best. Skill: 1 is perfect, "
    "0 no better than the constant. Rows that predict one number share its weight."
)


def sentences(scores: Scores, rows: Iterable[RowResult]) -> Iterator[str]:
    """What the numbers mean, how often intervals held, what was missed and what has no score."""
    rows = list(rows)
    yield MEANS
    if scores.coverage:
        yield _calibration(scores)
    yield from _bounds(rows)
    missed = [row.id for row in rows if row.role == "predicted" and row.within is False]
    if missed:
        yield f"Missed predictions: {', '.join(missed)}."
    yield from _fitted(rows)
    by_reason = sorted(scores.unscored.items(), key=lambda item: item[1])
    for reason, of in groupby(by_reason, key=lambda item: item[1]):
        yield f"Predicted and not scored: {', '.join(id for id, _ in of)} ({reason})."


def _calibration(scores: Scores) -> str:
    inside = ", ".join(
        f"{c.inside:.3g} in {100 * c.level:.0f} % intervals "
        f"(share {100 * c.lower95:.0f} to {100 * c.upper95:.0f} %)"
        for c in scores.coverage
    )
    quarters = ", ".join(f"{n:.3g}" for n in scores.quarters)
    return (
        f"Calibration of {scores.coverage[0].of} numbers: {inside}, with the binomial 95 % "
        f"interval of each share. By quarters of the probability predicted below them (PIT): "
        f"{quarters}."
    )


def _bounds(rows: Sequence[RowResult]) -> Iterator[str]:
    told = [row for row in rows if row.probability is not None]
    if told:
        count = [sum(row.within is verdict for row in told) for verdict in (True, None, False)]
        yield (
            f"Bounds by predicted probability: {count[0]} met (from {100 * MET:.0f} %), "
            f"{count[1]} open, {count[2]} missed (up to {100 * (1 - MET):.0f} %)."
        )


def _fitted(rows: Sequence[RowResult]) -> Iterator[str]:
    fitted = [row for row in rows if row.role in FITTED and row.within is not None]
    if fitted:
        fails = [row.id for row in fitted if not row.within]
        but = f"; outside: {', '.join(fails)}" if fails else ""
        yield (
            f"Fitted rows have no score, for the fit has seen their numbers: "
            f"{len(fitted) - len(fails)} of {len(fitted)} are within their tolerance{but}."
        )
