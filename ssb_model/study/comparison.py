"""Several models of the same measurements: which predicts them best, and by how much.

Differences are put into words by edges of the information criteria (Burnham and Anderson 2002: a
model within 2 of the best has substantial support, one above 10 has essentially none): below 2
"none", up to 10 "weak", above "strong". Of leave-one-out (Vehtari, Gelman and Gabry 2017), whose
difference has a standard error, "none" is below two of them, "strong" above four; these two edges
are a choice of ours. All of it takes the scatter of the data about each model as independent noise.

Weights are those of stacking (:mod:`ssb_model.study.rivals`); with them the models' answers to one
question become one, and the pairs that are still plausible say which measurement decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ssb_model.citations import Use, of_methods
from ssb_model.fitting import information_criteria
from ssb_model.library import handy
from ssb_model.study.analysis import POOR, SAME_COST, misfit_taken_for_noise
from ssb_model.study.rivals import (
    Question,
    Separation,
    questions,
    refuse_unknown,
    score_left_out,
    separations,
)
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
    questions
        What each model says of the same quantities, and all together.
    separations
        Possible measurements, the one that tells the models apart best first.
    """

    rows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    works: tuple[Use, ...] = ()
    questions: tuple[Question, ...] = ()
    separations: tuple[Separation, ...] = ()

    def sentences(self) -> list[str]:
        """The comparison in words, a sentence a model."""
        best, *others = self.rows
        first = f"{best['study']}: lowest {LABELS[best['ordered_by']]}."
        return [first, *(_sentence(row) for row in others)]


def compare(
    fits: Iterable[StudyFit], about: Sequence[str] | None = (), further: bool = False
) -> Comparison:
    """Compare fits of several studies to the same measurements.

    Parameters
    ----------
    fits
        With a sampled posterior each, leave-one-out is of its draws; else of refits, where data
        are few, or of the model made linear.
    about
        Free parameters, or "experiment: observable" of predictions, to be answered by all models;
        by default all predictions, with None nothing.
    further
        Whether to say which further measurement tells the models apart.

    Raises
    ------
    InputError
        If there are fewer than two, two have one name, they are not fitted to the same data, or
        no model knows what is asked.
    """
    fits = list(fits)
    names = refuse_incomparable([fit.study for fit in fits])
    refuse_unknown([fit.study for fit in fits], about or ())
    rows = [_row(name, fit) for name, fit in zip(names, fits, strict=True)]
    _add_differences(rows)
    found = score_left_out(dict(zip(names, fits, strict=True)))
    for row, own in zip(rows, found.rows, strict=True):
        ratio = own["loo_difference"] / max(own["loo_standard_error"], np.finfo(float).tiny)
        row |= own | {"loo_evidence_against": evidence(ratio, STANDARD_ERRORS)}
    notes = [*_notes(names, fits), *found.notes]
    named = dict(zip(names, fits, strict=True))
    weights = {row["study"]: row["weight"] for row in rows}
    told = () if about is None else tuple(questions(named, weights, about))
    apart, unanswered = (), ()
    if further:
        apart, unanswered = separations(named, weights)
    if unanswered:
        notes.append(f"Not every model has an answer to: {', '.join(unanswered)}.")
    rows.sort(key=lambda row: row[row["ordered_by"]])
    return Comparison(tuple(rows), tuple(notes), tuple(_works(fits)), told, tuple(apart))


def evidence(difference: float, edges: Sequence[float] = EDGES) -> str:
    """A difference from the best in a word.

    >>> [evidence(x) for x in (0.3, 5.0, 30.0)]
    ['none', 'weak', 'strong']
    """
    return ("none", "weak", "strong")[int(np.searchsorted(edges, difference, side="right"))]


def _row(name: str, fit: StudyFit) -> dict[str, Any]:
    criteria = information_criteria(fit.fit, len(fit.noise))
    row = {"study": name, **asdict(criteria), **_misfit(fit, criteria.effective)}
    unseen = fit.held_out_scores()
    if unseen:
        row["held_out"] = unseen
    return row


def _misfit(fit: StudyFit, effective: float) -> dict[str, Any]:
    """Chi-squared over what the data leave free, and the root mean square, in the data's own unit
    where all have one."""
    weighted = fit.fit.weighted_residuals()
    names = [name for e in fit.study.fitted for name in e.observables]
    squares = np.array([weighted[name] for name in names]) ** 2
    units = {e.unit for e in fit.study.fitted}
    rms, unit = float(np.sqrt(squares.mean())), "noise"
    if len(units) == 1 and all(e.bound == "equal" for e in fit.study.fitted):
        misses = [fit.model(e) - e.measured for e in fit.study.fitted]
        size = float(np.sqrt(np.mean(np.concatenate(misses) ** 2)))
        unit, one = handy(size, units.pop())
        rms = size / one
    chi_squared, freedom = float(squares.sum()), len(names) - effective
    return {"rms": rms, "rms_unit": unit, "chi_squared": chi_squared, "freedom": freedom}


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
    yield from of_methods("stacking")
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
