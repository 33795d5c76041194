"""Which circuit: the customary forms compared by evidence, with more arcs as long as they help."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from ssb_model.circuits.circuit import parse_circuit
from ssb_model.circuits.covariance import covariances
from ssb_model.circuits.estimates import WIDEST
from ssb_model.circuits.model import EXTRA
from ssb_model.circuits.noise import inflation
from ssb_model.circuits.solve import Solved, solve
from ssb_model.circuits.spectra import Batch
from ssb_model.fitting import NORMAL_95

TAILS = ("", "-W", "-Q")
ARCS = 4
#: by number of arcs
FORMS = tuple(
    tuple(f"L-R{'-(RQ)' * arcs}{tail}" for tail in TAILS if arcs or tail)
    for arcs in range(ARCS + 1)
)
ACCURACY = 2e-3  # of |Z|, of real and imaginary part
IDLE = 1e6  # more than any criterion: such a form is not chosen
NEEDED = 6.0  # of the criterion, that a larger circuit must be better by
PLAUSIBLE = 0.01  # of the weight of all forms, from which on one counts


@dataclass(frozen=True, eq=False)
class Candidate:
    """A form and the spectra that it was fitted to."""

    solved: Solved
    which: Int[np.ndarray, " fitted"]


def candidates(data: Batch, drift: float) -> list[Candidate]:
    """The forms fitted to every spectrum; one arc more where the last has lowered the criterion."""
    left = np.arange(len(data.z))
    points = int(np.sum(data.weight > 0, axis=1).min())
    found: list[Candidate] = []
    best = np.full(len(data.z), np.inf)
    for arcs, texts in enumerate(FORMS):
        forms = [parse_circuit(text) for text in texts]
        forms = [form for form in forms if len(form.parameters) + EXTRA < 2 * points]
        found += [Candidate(solve(form, data.rows(left), drift), left) for form in forms]
        values = criteria(found, len(best)).min(0)
        left = left[(values < best)[left]] if arcs > 1 else left
        best = values
        if not len(left):
            break
    return found


def criteria(found: Sequence[Candidate], spectra: int) -> Float[np.ndarray, "forms spectra"]:
    """Bayesian information criteria, with the noise estimated: N ln(SSR/N + a²) + k ln N.

    N is divided by how much residuals hang together in the form where they do so least; a is the
    accuracy of an instrument, below which no misfit calls for another element. A form that was not
    fitted to a spectrum is infinitely bad.

    Drift and onset are parameters with priors, so that they cost their own squares and are not
    counted.
    """
    alike, values = (np.full((len(found), spectra), np.inf) for _ in range(2))
    for k, one in enumerate(found):
        alike[k, one.which] = inflation(one.solved.residuals, one.solved.data.weight)
    for k, one in enumerate(found):
        values[k, one.which] = _criterion(one.solved, alike.min(0)[one.which])
    return values


def _criterion(solved: Solved, alike: Float[np.ndarray, " spectra"]) -> Float[np.ndarray, " s"]:
    count = 2 * np.sum(solved.data.weight > 0, axis=1)
    mean = np.sum(solved.residuals**2, axis=1) / count + ACCURACY**2
    number = len(solved.circuit.parameters)
    extra = np.sum(solved.u[:, -EXTRA:] ** 2 * solved.precision[:, -EXTRA:], axis=1)
    fitted = count / alike * np.log(mean) + number * np.log(count / alike)
    return fitted + extra + solved.crowding + np.where(_idle_tail(solved), IDLE, 0.0)


def _idle_tail(solved: Solved) -> Bool[np.ndarray, " spectra"]:
    """Where the last element, arc or tail, has a size that the data do not determine."""
    place = solved.circuit.slices[-1].start
    variance = covariances(solved, np.arange(len(solved.u)))[:, place, place]
    return 2 * NORMAL_95 * np.sqrt(variance) > np.log(WIDEST)


def chosen(
    values: Float[np.ndarray, "forms spectra"], sizes: Int[np.ndarray, " forms"]
) -> Int[np.ndarray, " spectra"]:
    """The smallest form that no larger one beats by :data:`NEEDED`."""
    order = np.argsort(sizes, kind="stable")
    best = np.full(values.shape[1], order[0])
    columns = np.arange(values.shape[1])
    for form in order[1:]:
        larger = sizes[form] > sizes[best]
        margin = np.where(larger, NEEDED, 0.0)
        best = np.where(values[form] < values[best, columns] - margin, form, best)
    return best


def weights(values: Float[np.ndarray, " forms"]) -> Float[np.ndarray, " forms"]:
    """Of the forms for one spectrum, exp(-BIC/2) (Raftery, Sociol. Methodol. 25, 111 (1995))."""
    weight = np.exp(-(values - values.min()) / 2)
    weight = np.where(weight < PLAUSIBLE * weight.sum(), 0.0, weight)
    return weight / weight.sum()
