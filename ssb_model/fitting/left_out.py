"""Each datum predicted by a fit to the others: the score by which models are compared.

Where data are few the fit is made again without each of them, all in one batch. Where they are
many the model is taken as linear about the optimum, where leaving a datum out is a closed form:
with the residual r over its noise, and v = J (J'J + 1)^-1 J' its posterior variance over that of
the noise, the others predict it with the residual and the variance

    r/(1 - v),    v/(1 - v),

which is exact of a linear model with normal noise. Draws of a sampled posterior need neither
(:func:`ssb_model.fitting.leave_one_out`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from ssb_model.fitting.after import DETERMINED, score
from ssb_model.fitting.datum import Datum
from ssb_model.fitting.fit import Fit, FitError, refit_without

FEW = 40  # data up to which the fit is made again without each
LINEAR = 0.5  # posterior variance over the noise's above which the closed form is doubted


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Result of :func:`leave_each_out`.

    Attributes
    ----------
    each
        Natural logarithm of the predictive density of each datum, in the inverse of its unit.
    how
        "refits" or "linear".
    unreliable
        Ids of the data whose score the closed form may miss: of those with a large part in the fit,
        or that a refit cannot answer.
    by_prior
        Ids of the data that alone determine a parameter, so that once they are left out its prior
        predicts them.
    """

    each: Float[np.ndarray, " data"]
    how: Literal["refits", "linear"]
    unreliable: tuple[str, ...]
    by_prior: tuple[str, ...]


def leave_each_out(fitted: Fit, names: Sequence[str]) -> LeftOut:
    """:class:`LeftOut` of the data with these observables, in their order.

    Refits of which one does not converge give way to the closed form, and so does the score of a
    datum that its refit cannot answer.
    """
    at = {d.observable: k for k, d in enumerate(fitted.problem.data)}
    order = [at[name] for name in names]
    data = [fitted.problem.data[k] for k in order]
    leverage, (each, v) = fitted.leverage(), _linear(fitted)
    each, doubted = each[order], v[order] > LINEAR
    refitted = _refitted(fitted, data) if len(data) <= FEW else None
    if refitted is not None:
        doubted = ~np.isfinite(refitted)
        each = np.where(doubted, each, refitted)
    return LeftOut(
        each=each,
        how="linear" if refitted is None else "refits",
        unreliable=tuple(d.id for d, bad in zip(data, doubted, strict=True) if bad),
        by_prior=tuple(d.id for d in data if leverage[d.id] > 1 - DETERMINED),
    )


def _refitted(fitted: Fit, data: Sequence[Datum]) -> Float[np.ndarray, " data"] | None:
    """Scores by refits, None if one does not converge; nan of a datum that the refit answers
    without depending on any parameter, as a capacity of nothing: its spread is not known there."""
    try:
        refits = refit_without(fitted, [{d.id} for d in data])
    except FitError:
        return None
    column = fitted.problem.column
    moves = [
        np.any(one.jacobian[column(d.observable)]) for one, d in zip(refits, data, strict=True)
    ]
    scores = [score(one, [d]).log_density for one, d in zip(refits, data, strict=True)]
    return np.where(moves, scores, np.nan)


def _linear(fitted: Fit) -> tuple[Float[np.ndarray, " data"], Float[np.ndarray, " data"]]:
    """Scores of all data by the closed form, and their posterior variance over the noise's."""
    problem, J = fitted.problem, fitted.data_jacobian
    v = np.clip(np.einsum("ij,jk,ik->i", J, fitted.covariance, J), 0, 1 - 1e-9)
    r = np.array([fitted.weighted_residuals()[d.id] for d in problem.data]) / (1 - v)
    noise = np.array([d.noise for d in problem.data])
    density = problem.loss.log_density(r, v / (1 - v)) - np.log(noise)
    met = np.array([d.side != 0 for d in problem.data])
    return np.where(met, problem.log_likelihood(fitted.values[problem.data_columns]), density), v
