"""Rival models by how well each predicts the data that it was not fitted to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.fitting import leave_each_out, leave_one_out, widely_applicable
from ssb_model.study.rivals.stacking import stacked
from ssb_model.study.same_data import numbers_of

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

FEW_DATA = 20  # data below which weights are said to hang on single ones


@dataclass(frozen=True)
class ScoredModels:
    """Result of :func:`score_left_out`.

    Attributes
    ----------
    rows
        Of each model: its score "loo", what it lies below the best with the standard error,
        "loo_by" (draws, refits or linear), how many data are unreliable, and the weight with its
        central 68 %.
    notes
        Where these are not to be relied on.
    each
        Natural logarithm of the density that each model gives to each datum left out.
    """

    rows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    each: Float[np.ndarray, "data models"]


def score_left_out(fits: Mapping[str, StudyFit]) -> ScoredModels:
    """Scores of left-out data, their differences from the best, and the weights of stacking."""
    sampled = all(fit.posterior for fit in fits.values())
    rows, each = zip(*map(_of_draws if sampled else _of_fit, fits.values()), strict=True)
    scores = np.stack(each, axis=1)
    total, weights = scores.sum(axis=0), stacked(scores)
    below = scores[:, [int(np.argmax(total))]] - scores
    columns = {
        "loo": total,
        "loo_difference": below.sum(axis=0),
        "loo_standard_error": np.sqrt(len(scores) * below.var(axis=0)),
        "weight": weights.mean,
        "weight_low68": weights.low,
        "weight_high68": weights.high,
    }
    for k, row in enumerate(rows):
        row |= {name: float(values[k]) for name, values in columns.items()}
    named = dict(zip(fits, rows, strict=True))
    return ScoredModels(rows, tuple(_reliability(named, len(scores))), scores)


Scored = tuple[dict[str, Any], Float[np.ndarray, " data"]]


def _of_draws(fit: StudyFit) -> Scored:
    """By Pareto-smoothed importance sampling of the posterior's draws."""
    at = {d.observable: k for k, d in enumerate(fit.fit.problem.data)}
    columns = [at[name] for name in _names_in_one_order(fit)]
    draws = fit.sampled.log_likelihood()[..., columns]
    found, waic = leave_one_out(draws), float(widely_applicable(draws).sum())
    told = {"loo_by": "draws", "loo_unreliable_data": found.unreliable, "waic": waic}
    return told, found.each


def _of_fit(fit: StudyFit) -> Scored:
    """By fits without each datum, or the closed form of the model made linear."""
    found = leave_each_out(fit.fit, _names_in_one_order(fit))
    told = {"loo_by": found.how, "loo_unreliable_data": len(found.unreliable)}
    return told | {"loo_by_prior": len(found.by_prior)}, found.each


def _names_in_one_order(fit: StudyFit) -> Sequence[str]:
    """Observables of the data, experiments in the order of their measured numbers."""
    order = sorted(fit.study.fitted, key=numbers_of)
    return [name for e in order for name in e.observables]


def _reliability(rows: Mapping[str, dict[str, Any]], data: int) -> Iterator[str]:
    if data < FEW_DATA:
        yield (
            f"{data} data: scores and weights of so few hang on single numbers; the range of each "
            "weight is that over reweighted data."
        )
    for name, row in rows.items():
        if unreliable := row["loo_unreliable_data"]:
            yield f"{name}: leave-one-out is unreliable of {unreliable} of the {data} data."
        if by_prior := row.get("loo_by_prior"):
            yield (
                f"{name}: {by_prior} of the data alone determine a parameter; left out, they are "
                "predicted by its prior."
            )
