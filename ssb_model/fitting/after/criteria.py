"""How well a model predicts its data for the number of its parameters: AIC, AICc, BIC, WAIC.

With L the likelihood at the fit's optimum, k parameters and n data,

    AIC = 2 k - 2 ln L (Akaike 1974),  AICc = AIC + 2 k (k + 1)/(n - k - 1),
    BIC = k ln n - 2 ln L (Schwarz 1978).

All three are meant for the greatest likelihood; a fit with priors is a little below it, so that
they judge strong priors harshly. A parameter that the data do not touch costs as much as one they
determine: how many the data do determine stands beside (``effective``). The noise is part of the
likelihood, and an estimated noise is a parameter.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from ssb_model.fitting.fit import Fit


@dataclass(frozen=True)
class Criteria:
    """Criteria of one fit; ``aicc`` is None where there are too few data for it.

    ``effective``: trace of J'J (J'J + 1)^-1, the parameters that the data determine, and the
    estimated noises.
    """

    log_likelihood: float
    parameters: int
    data: int
    effective: float
    aic: float
    aicc: float | None
    bic: float


def information_criteria(fitted: "Fit", noises: int = 0) -> Criteria:
    """:class:`Criteria` of a fit; ``noises`` is the number of noises estimated beside it."""
    problem = fitted.problem
    each = problem.log_likelihood(fitted.values[problem.data_columns])
    k, n, log_likelihood = len(problem.space) + noises, len(each), float(each.sum())
    J = fitted.data_jacobian
    effective = float(np.trace(J.T @ J @ fitted.covariance)) + noises
    aic = 2 * k - 2 * log_likelihood
    spare = n - k - 1
    aicc = aic + 2 * k * (k + 1) / spare if spare > 0 else None
    return Criteria(log_likelihood, k, n, effective, aic, aicc, k * np.log(n) - 2 * log_likelihood)


def widely_applicable(
    log_likelihood: Float[np.ndarray, "chains draws data"],
) -> Float[np.ndarray, " data"]:
    """Each datum's share (data,) in WAIC's expected log predictive density.

    The logarithm of its mean likelihood over the draws, less the variance of its log-likelihood.
    """
    draws = log_likelihood.reshape(-1, log_likelihood.shape[-1])
    mean = np.logaddexp.reduce(draws, axis=0) - np.log(len(draws))
    return mean - draws.var(axis=0, ddof=1)
