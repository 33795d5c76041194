"""Which circuit: the customary forms compared by evidence."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.circuits.covariance import covariances
from ssb_model.circuits.estimates import NORMAL_95, WIDEST
from ssb_model.circuits.noise import inflation
from ssb_model.circuits.solve import Solved

TAILS = ("", "-W", "-Q")
ARCS = 3
FORMS = tuple(
    f"L-R{'-(RQ)' * arcs}{tail}" for arcs in range(ARCS + 1) for tail in TAILS if arcs or tail
)
ACCURACY = 2e-3  # of |Z|, of real and imaginary part
IDLE = 1e6  # more than any criterion: such a form is not chosen
NEEDED = 6.0  # of the criterion, that a larger circuit must be better by


def criteria(solutions: Sequence[Solved]) -> Float[np.ndarray, "forms spectra"]:
    """Bayesian information criteria, with the noise estimated: N ln(SSR/N + a²) + k ln N.

    N is divided by how much residuals hang together in the form where they do so least; a is the
    accuracy of an instrument, below which no misfit calls for another element.

    The drift is a parameter with a prior, so that it costs its own square and is not counted.
    """
    alike = np.min([inflation(s.residuals, s.data.weight) for s in solutions], axis=0)
    return np.array([_criterion(solved, alike) for solved in solutions])


def _criterion(solved: Solved, alike: Float[np.ndarray, " spectra"]) -> Float[np.ndarray, " s"]:
    count = 2 * np.sum(solved.data.weight > 0, axis=1)
    mean = np.sum(solved.residuals**2, axis=1) / count + ACCURACY**2
    number = len(solved.circuit.parameters)
    drift = solved.u[:, -1] ** 2 * solved.precision[:, -1]
    fitted = count / alike * np.log(mean) + number * np.log(count / alike)
    return fitted + drift + solved.crowding + np.where(_idle_tail(solved), IDLE, 0.0)


def _idle_tail(solved: Solved) -> Bool[np.ndarray, " spectra"]:
    """Where the last element, arc or tail, has a size that the data do not determine."""
    place = solved.circuit.slices[-1].start
    variance = covariances(solved, np.arange(len(solved.u)))[:, place, place]
    return 2 * NORMAL_95 * np.sqrt(variance) > np.log(WIDEST)


def chosen(
    values: Float[np.ndarray, "forms spectra"], sizes: Float[np.ndarray, " forms"]
) -> Float[np.ndarray, " spectra"]:
    """The smallest form that no larger one beats by :data:`NEEDED`."""
    order = np.argsort(sizes, kind="stable")
    best = np.full(values.shape[1], order[0])
    columns = np.arange(values.shape[1])
    for form in order[1:]:
        larger = sizes[form] > sizes[best]
        margin = np.where(larger, NEEDED, 0.0)
        best = np.where(values[form] < values[best, columns] - margin, form, best)
    return best
