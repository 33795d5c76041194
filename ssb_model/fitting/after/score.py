"""How well a fit predicts data that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float
from scipy.stats import norm

from ssb_model.fitting.datum import Datum

if TYPE_CHECKING:
    from ssb_model.fitting.bayes import Posterior
    from ssb_model.fitting.fit import Fit


@dataclass(frozen=True)
class Score:
    """Of some unseen data.

    Attributes
    ----------
    data
        The unseen data.
    rms
        Root mean square of (model - value)/sqrt(noise^2 + variance of the prediction); about 1 if
        the data are predicted within the fit's own uncertainty. A bound that is met counts zero.
    log_density
        Mean natural logarithm of the predictive density of a datum, in the inverse of its unit; of
        a bound, of the probability that the prediction keeps it.
    """

    data: int
    rms: float
    log_density: float


def score(fitted: "Fit", data: Sequence[Datum], posterior: "Posterior | None" = None) -> Score:
    """:class:`Score` of a fit on data that it has not seen.

    Predictions are normal about the optimum with the variance of Laplace's approximation; with a
    posterior they are its draws.

    Parameters
    ----------
    fitted
        The fit that predicts.
    data
        Their observables must be among the problem's.
    posterior
        Of that fit.
    """
    value, noise, side = (
        np.array([getattr(d, k) for d in data]) for k in ("value", "noise", "side")
    )
    names = [d.observable for d in data]
    if posterior is None:
        mean, variance = _laplace(fitted, names)
        density = fitted.problem.loss.log_density((mean - value) / noise, variance / noise**2)
    else:
        draws = posterior.observables(names).reshape(-1, len(data))
        mean, variance = draws.mean(axis=0), draws.var(axis=0)
        each = fitted.problem.loss.log_density((draws - value) / noise)
        density = np.logaddexp.reduce(each, axis=0) - np.log(len(draws))
    z = (mean - value) / np.sqrt(noise**2 + variance)
    kept = norm.logcdf(-side * z)
    z = np.where((side != 0) & (z * side <= 0), 0.0, z)
    log_density = np.where(side == 0, density - np.log(noise), kept)
    return Score(len(data), float(np.sqrt(np.mean(z**2))), float(log_density.mean()))


def _laplace(
    fitted: "Fit", names: Sequence[str]
) -> tuple[Float[np.ndarray, " data"], Float[np.ndarray, " data"]]:
    columns = [fitted.problem.column(name) for name in names]
    gradients = fitted.jacobian[columns]
    variance = np.sum(gradients @ fitted.covariance * gradients, axis=1)
    return fitted.values[columns], variance
