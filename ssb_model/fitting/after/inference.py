"""What the data determine: covariance, intervals, leverage, undetermined directions.

All in the coordinates u, which are standard normal under the prior. With J the Jacobian of
the weighted data residuals at the optimum, the posterior is approximately normal with
covariance (J'J + 1)^-1 (Laplace's approximation).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.linalg import qr

DETERMINED = 1e-6  # leverage this close to 1 means that the row is met exactly
NAMED = 0.25  # loadings below this are not named in a direction


@dataclass(frozen=True)
class Direction:
    """A combination of parameters that the data do not determine.

    ``shrinkage`` is posterior over prior standard deviation along it; ``loadings`` name the
    parameters (coefficients of their coordinates, in units of prior widths).
    """

    shrinkage: float
    loadings: Mapping[str, float]

    def __str__(self) -> str:
        terms = " ".join(f"{w:+.2f} [{label}]" for label, w in self.loadings.items())
        return f"{terms} (posterior {100 * self.shrinkage:.0f} % of the prior's width)"


def covariance(
    J: Float[np.ndarray, "data parameters"],
) -> Float[np.ndarray, "parameters parameters"]:
    """Posterior covariance (parameters, parameters) of u."""
    return np.linalg.inv(J.T @ J + np.eye(J.shape[1]))


def leverages(J: Float[np.ndarray, "data parameters"]) -> Float[np.ndarray, " data"]:
    """Share of each datum that its own value explains, in [0, 1], priors aside.

    1: some parameter serves this row alone, so that it is met exactly.
    """
    left, values, _ = np.linalg.svd(J, full_matrices=False)
    used = left[:, values > 1e-8 * values.max()]
    return np.sum(used**2, axis=1)


def undetermined(
    J: Float[np.ndarray, "data parameters"], labels: Sequence[str], threshold: float = 0.5
) -> list[Direction]:
    """Directions along which the data leave more than ``threshold`` of the prior's width.

    Any basis of these directions would do; the one returned gives each direction a parameter
    that no other has, so that few parameters are named together.
    """
    _, values, directions = np.linalg.svd(J, full_matrices=True)
    values = np.concatenate([values, np.zeros(len(directions) - len(values))])
    weak = directions[1 / np.sqrt(1 + values**2) > threshold]
    found = [_direction(J, labels, direction) for direction in _echelon(weak)]
    return sorted(found, key=lambda d: -d.shrinkage)


def _echelon(
    basis: Float[np.ndarray, "directions parameters"],
) -> Float[np.ndarray, "directions parameters"]:
    """The same space by a reduced basis: each row has a column of its own."""
    if not len(basis):
        return basis
    pivots = np.asarray(qr(basis, pivoting=True)[-1])
    own = pivots[: len(basis)]
    reduced = np.linalg.solve(basis[:, own], basis)
    return reduced / np.linalg.norm(reduced, axis=1, keepdims=True)


def _direction(
    J: Float[np.ndarray, "data parameters"],
    labels: Sequence[str],
    direction: Float[np.ndarray, " parameters"],
) -> Direction:
    shrinkage = 1 / np.sqrt(1 + np.sum((J @ direction) ** 2))
    order = np.argsort(-np.abs(direction))
    named = [int(k) for k in order if abs(direction[k]) >= NAMED]
    sign = np.sign(direction[named[0]])
    return Direction(float(shrinkage), {labels[k]: float(sign * direction[k]) for k in named})
