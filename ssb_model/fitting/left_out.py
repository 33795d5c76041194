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
        Ids of the data whose score the closed form may miss.
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

    Refits of which one does not converge give way to the closed form.
    """
    at = {d.observable: k for k, d in enumerate(fitted.problem.data)}
    order = [at[name] for name in names]
    data = [fitted.problem.data[k] for k in order]
    leverage = fitted.leverage()
    by_prior = tuple(d.id for d in data if leverage[d.id] > 1 - DETERMINED)
    if len(data) <= FEW:
        try:
            refits = refit_without(fitted, [{d.id} for d in data])
        except FitError:
            refits = []
        scores = [score(one, [d]).log_density for one, d in zip(refits, data, strict=False)]
        if len(scores) == len(data) and np.isfinite(scores).all():
            return LeftOut(np.array(scores), "refits", (), by_prior)
    each, v = _linear(fitted)
    unreliable = tuple(d.id for d, k in zip(data, order, strict=True) if v[k] > LINEAR)
    return LeftOut(each[order], "linear", unreliable, by_prior)


def _linear(fitted: Fit) -> tuple[Float[np.ndarray, " data"], Float[np.ndarray, " data"]]:
    """Scores of all data by the closed form, and their posterior variance over the noise's."""
    problem, J = fitted.problem, fitted.data_jacobian
    v = np.clip(np.einsum("ij,jk,ik->i", J, fitted.covariance, J), 0, 1 - 1e-9)
    r = np.array([fitted.weighted_residuals()[d.id] for d in problem.data]) / (1 - v)
    noise = np.array([d.noise for d in problem.data])
    density = problem.loss.log_density(r, v / (1 - v)) - np.log(noise)
    met = np.array([d.side != 0 for d in problem.data])
    return np.where(met, problem.log_likelihood(fitted.values[problem.data_columns]), density), v
