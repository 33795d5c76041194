"""Several models of the same measurements: which predicts them best, and by how much.

Differences are put into words by edges of the information criteria (Burnham and Anderson 2002: a
model within 2 of the best has substantial support, one above 10 has essentially none): below 2
"none", up to 10 "weak", above "strong". Of leave-one-out (Vehtari, Gelman and Gabry 2017), whose
difference has a standard error, "none" is below two of them, "strong" above four; these two edges
are a choice of ours. All of it takes the scatter of the data about each model as independent noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.citations import Use, of_methods
from ssb_model.fitting import information_criteria, leave_one_out, widely_applicable
from ssb_model.study.analysis import POOR, SAME_COST, misfit_taken_for_noise
from ssb_model.study.same_data import numbers_of, refuse_incomparable

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

EDGES = (2.0, 10.0)  # of AICc, AIC and BIC
LABELS = {"aic": "AIC", "aicc": "AICc"}
STANDARD_ERRORS = (2.0, 4.0)  # of leave-one-out


@dataclass(frozen=True)
class Comparison:
    """Result of :func:`compare`.

    Attributes
    ----------
    rows
        A model each, the best first: "study", the criteria, their differences from the least,
        "evidence_against" in words; scores of leave-one-out and of held-out experiments where
        there are any.
    notes
        What a reader must know before the numbers.
    works
        Works behind the fits and the criteria.
    """

    rows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    works: tuple[Use, ...] = ()

    def sentences(self) -> list[str]:
        """The comparison in words, a sentence a model."""
        best, *others = self.rows
        first = f"{best['study']}: lowest {LABELS[best['ordered_by']]}."
        return [first, *(_sentence(row) for row in others)]


def compare(fits: Iterable[StudyFit]) -> Comparison:
    """Compare fits of several studies to the same measurements.

    Parameters
    ----------
    fits
        With a sampled posterior each, leave-one-out is compared too.

    Raises
    ------
    InputError
        If there are fewer than two, two have one name, or they are not fitted to the same data.
    """
    fits = list(fits)
    names = refuse_incomparable([fit.study for fit in fits])
    rows = [_row(name, fit) for name, fit in zip(names, fits, strict=True)]
    _add_differences(rows)
    if all(fit.posterior for fit in fits):
        _add_leave_one_out(rows, fits)
    rows.sort(key=lambda row: row[row["ordered_by"]])
    return Comparison(tuple(rows), tuple(_notes(names, fits)), tuple(_works(fits)))


def evidence(difference: float, edges: Sequence[float] = EDGES) -> str:
    """A difference from the best in a word.

    >>> [evidence(x) for x in (0.3, 5.0, 30.0)]
    ['none', 'weak', 'strong']
    """
    return ("none", "weak", "strong")[int(np.searchsorted(edges, difference, side="right"))]


def _row(name: str, fit: StudyFit) -> dict[str, Any]:
    row = {"study": name} | asdict(information_criteria(fit.fit, len(fit.noise)))
    unseen = fit.held_out_scores()
    if unseen:
        row["held_out"] = unseen
    return row


def _add_differences(rows: Sequence[dict[str, Any]]) -> None:
    """From the least of each criterion; AICc orders the models, AIC where one has no AICc."""
    order = "aic" if any(row["aicc"] is None for row in rows) else "aicc"
    for key in ("aic", "aicc", "bic"):
        known = [row[key] for row in rows if row[key] is not None]
        for row in rows:
            row[f"{key}_difference"] = None if row[key] is None else row[key] - min(known)
    for row in rows:
        row["ordered_by"] = order
        row["evidence_against"] = evidence(row[f"{order}_difference"])


def _add_leave_one_out(rows: Sequence[dict[str, Any]], fits: Sequence[StudyFit]) -> None:
    """Expected log predictive densities, their differences from the best and standard errors."""
    draws = [_in_one_order(fit) for fit in fits]
    scores = [leave_one_out(each) for each in draws]
    best = max(scores, key=lambda score: score.total)
    for row, score, each in zip(rows, scores, draws, strict=True):
        below = best.each - score.each
        error = float(np.sqrt(below.size * np.var(below)))
        row["loo"], row["loo_unreliable_data"] = score.total, score.unreliable
        row["waic"] = float(widely_applicable(each).sum())
        row["loo_difference"], row["loo_standard_error"] = float(below.sum()), error
        ratio = 0.0 if score is best else below.sum() / max(error, np.finfo(float).tiny)
        row["loo_evidence_against"] = evidence(ratio, STANDARD_ERRORS)


def _in_one_order(fit: StudyFit) -> Float[np.ndarray, "chains draws data"]:
    """Log-likelihoods, experiments in the order of their measured numbers."""
    order = sorted(fit.study.fitted, key=numbers_of)
    at = {d.observable: k for k, d in enumerate(fit.fit.problem.data)}
    columns = [at[name] for e in order for name in e.observables]
    return fit.sampled.log_likelihood()[..., columns]


def _notes(names: Sequence[str], fits: Sequence[StudyFit]) -> Iterator[str]:
    misfits = [max(fit.misfit().values()) for fit in fits]
    if min(misfits) > POOR:
        yield (
            "No model meets its data: what is left over is not noise, and the differences are "
            "larger than the data warrant."
        )
    if len({fit.study.loss for fit in fits}) > 1:
        yield "The studies have different losses: the criteria judge them as part of the models."
    stated = [{numbers_of(e): e.noise for e in fit.study.fitted} for fit in fits]
    if any(other != stated[0] for other in stated[1:]):
        yield "The studies state different noises: the criteria judge them as part of the models."
    for name, fit in zip(names, fits, strict=True):
        yield from misfit_taken_for_noise(fit)
        if len(fit.fit.starts) > 1 and np.sum(fit.fit.starts < fit.fit.cost + SAME_COST) == 1:
            yield f"{name}: only one start reached the lowest cost: try more starts."
        if fit.posterior and all(other.posterior for other in fits):
            yield from (f"{name}: {text}" for text in fit.posterior.warnings())


def _works(fits: Sequence[StudyFit]) -> Iterator[Use]:
    yield from (use for fit in fits for use in fit.works)
    yield from of_methods("information criteria")
    if all(fit.posterior for fit in fits):
        yield from of_methods("leave-one-out")


def _sentence(row: dict[str, Any]) -> str:
    order = row["ordered_by"]
    text = f"{row['study']}: {LABELS[order]} {row[f'{order}_difference']:.3g} above the lowest, "
    text += f"evidence against it: {row['evidence_against']}"
    if "loo_difference" in row:
        text += (
            f"; leave-one-out {row['loo_difference']:.3g} ± {row['loo_standard_error']:.2g} below "
            f"the best, evidence against it: {row['loo_evidence_against']}"
        )
    return f"{text}."
