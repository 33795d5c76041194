"""Which circuit: the customary forms compared by evidence."""

import numpy as np
from jaxtyping import Float

from ssb_model.circuits.noise import inflation
from ssb_model.circuits.solve import Solved

TAILS = ("", "-W", "-Q")
ARCS = 3
FORMS = tuple(
    f"L-R{'-(RQ)' * arcs}{tail}" for arcs in range(ARCS + 1) for tail in TAILS if arcs or tail
)
NEEDED = 6.0  # of the criterion, that a larger circuit must be better by


def criterion(solved: Solved) -> Float[np.ndarray, " spectra"]:
    """Bayesian information criterion, with the noise estimated: N ln(SSR/N) + k ln N.

    The drift is a parameter with a prior, so that it costs its own square and is not counted.
    """
    count = 2 * np.sum(solved.data.weight > 0, axis=1)
    squares = np.sum(solved.residuals**2, axis=1) + np.maximum(1e-12 * count, 1e-300)
    number = len(solved.circuit.parameters)
    drift = solved.u[:, -1] ** 2 * solved.precision[:, -1]
    return count * np.log(squares / count) + number * np.log(count) + drift


def chosen(
    criteria: Float[np.ndarray, "forms spectra"], sizes: Float[np.ndarray, " forms"]
) -> Float[np.ndarray, " spectra"]:
    """The smallest form that no larger one beats by :data:`NEEDED`."""
    order = np.argsort(sizes, kind="stable")
    best = np.full(criteria.shape[1], order[0])
    columns = np.arange(criteria.shape[1])
    for form in order[1:]:
        larger = sizes[form] > sizes[best]
        margin = np.where(larger, NEEDED, 0.0)
        best = np.where(criteria[form] < criteria[best, columns] - margin, form, best)
    return best


def structured(solved: Solved) -> Float[np.ndarray, " spectra"]:
    """By how much neighbouring residuals are alike, as the inflation of variances."""
    return inflation(solved.residuals, solved.data.weight)
