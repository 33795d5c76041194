"""Covariance of a fit's coordinates: noise, correlated residuals, drift and onset marginalised."""

import numpy as np
from jaxtyping import Float, Int

from ssb_model.circuits.model import EXTRA
from ssb_model.circuits.noise import inflation
from ssb_model.circuits.solve import Solved


def covariances(
    solved: Solved, which: Int[np.ndarray, " chosen"]
) -> Float[np.ndarray, "chosen parameters parameters"]:
    """Laplace's approximation of some spectra; drift and onset are left out last."""
    J = solved.jacobian[which]
    inflate = inflation(solved.residuals[which], solved.data.weight[which])
    variance = solved.noise[which] ** 2 * inflate
    precision = np.einsum("snp,snq->spq", J, J) / variance[:, None, None]
    precision += np.eye(J.shape[-1]) * solved.precision[which][:, None, :]
    return np.linalg.inv(precision)[:, :-EXTRA, :-EXTRA]
