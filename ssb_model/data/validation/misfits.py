"""Points that do not fit the rest of a spectrum: a robust fit, then each of them checked again.

Least squares spreads a bad point over its neighbours. Reweighting by Tukey's bisquare (after a few
rounds of Huber's weights, which cannot be trapped) lets a bad point stand out alone. At the ends
of the band a few points rule the elements there, and the fit may side with a bad one against a good
one; hence every deviating point, from the middle of the band outwards, is taken back if it fits the
points that do not deviate.
"""

import numpy as np
from jaxtyping import Bool, Complex, Float

from ssb_model.data.validation.elements import (
    ElementFit,
    Terms,
    choose_time_constants,
    fit_elements,
)
from ssb_model.data.validation.kramers_kronig import ACCURACY
from ssb_model.data.validation.noise import NO_FREEDOM
from ssb_model.data.validation.spectrum import COARSE, points_a_decade

FAR = 5.0  # standard deviations: one white point in 3e5 lies beyond
HUBER, BISQUARE = 1.5, 4.7  # usual tuning constants, in standard deviations
HUBER_ROUNDS, ROUNDS = 8, 30
# A fit of few singular values cannot bend to a bad point at the ends of the band. At 2e-4 it meets
# cells of up to 121 points to 1e-3 of |Z|, below ACCURACY; at 5e-4 it no longer does.
STIFF = 2e-4
MEDIAN_MODULUS = 1.1774  # of a complex normal variable with unit parts
FEWEST_POINTS = 13  # points: with fewer, good ones deviate in several spectra of a hundred
MOST_DEVIATING = 1 / 3  # of the points: beyond, no majority is left to judge by


def misfits(
    omega: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"], terms: Terms
) -> Bool[np.ndarray, " frequencies"] | None:
    """Mask (F,) of points that do not belong to the others, `omega` falling; None if too many.

    Where points are too few or too far apart to check each other, none deviates.
    """
    if len(omega) < FEWEST_POINTS or points_a_decade(omega) < COARSE:
        return np.full(len(omega), False)
    tau = choose_time_constants(omega, z, terms)
    deviating, noise = _robust(omega, z, tau, terms)
    if deviating.mean() > MOST_DEVIATING:
        return None
    return _checked_again(omega, z, tau, terms, deviating, noise)


def _robust(
    omega: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    tau: Float[np.ndarray, " constants"],
    terms: Terms,
) -> tuple[Bool[np.ndarray, " frequencies"], float]:
    """Deviating points (F,) of the reweighted fit, and its noise."""
    weight, k = np.ones(len(omega)), 0
    while True:
        fit = fit_elements(omega, z, tau, terms, weight, STIFF)
        noise = _scale(fit)
        distance = _distance(fit, noise, weight > 0)
        previous, weight = weight, _huber(distance) if k < HUBER_ROUNDS else _bisquare(distance)
        settled = k > HUBER_ROUNDS and np.abs(weight - previous).max() < 1e-3
        k += 1
        if settled or k == ROUNDS:
            return (distance > FAR) & (np.abs(fit.residual) > ACCURACY), noise


def _checked_again(
    omega: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    tau: Float[np.ndarray, " constants"],
    terms: Terms,
    deviating: Bool[np.ndarray, " frequencies"],
    noise: float,
) -> Bool[np.ndarray, " frequencies"]:
    middle = (len(omega) - 1) / 2
    deviating = deviating.copy()
    for i in sorted(np.flatnonzero(deviating), key=lambda i: abs(i - middle)):
        deviating[i] = False
        fit = fit_elements(omega, z, tau, terms, 1.0 * ~deviating, STIFF)
        beyond = np.abs(fit.residual[i]) > ACCURACY * (1 - fit.leverage[i])
        deviating[i] = beyond and _distance(fit, noise, True)[i] > FAR
    return deviating


def _scale(fit: ElementFit) -> float:
    freedom = max(1 - fit.leverage.mean(), NO_FREEDOM)
    noise = np.median(np.abs(fit.residual)) / MEDIAN_MODULUS / np.sqrt(freedom)
    return max(noise, ACCURACY / FAR)


def _distance(
    fit: ElementFit, noise: float, used: Bool[np.ndarray, " frequencies"] | bool
) -> Float[np.ndarray, " frequencies"]:
    """Each residual in standard deviations, as if its point had not pulled the fit towards it."""
    pull = np.sqrt(np.maximum(1 - fit.leverage * used, NO_FREEDOM))
    return np.abs(fit.residual) / pull / (np.sqrt(2) * noise)


def _huber(distance: Float[np.ndarray, " frequencies"]) -> Float[np.ndarray, " frequencies"]:
    return HUBER / np.maximum(distance, HUBER)


def _bisquare(distance: Float[np.ndarray, " frequencies"]) -> Float[np.ndarray, " frequencies"]:
    return np.clip(1 - (distance / BISQUARE) ** 2, 0, None) ** 2
