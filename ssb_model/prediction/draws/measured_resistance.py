"""Draws that agree with a measured interface resistance, exactly and whatever the model's shape.

One coordinate u_k of each draw is solved for, so that the face has the resistance ln R = ln R_m + e
with e drawn of the measurement's error; the draw then counts by the prior's density at the solution
over the resistance's slope,

    w = exp(-u_k^2/2) / |d ln R / d u_k|,

which is the change of variables from u_k to R. Which coordinate absorbs the measurement does not
change the result, only how many draws carry weight: the best is taken, by every fourth of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float, Int
from scipy.optimize.elementwise import find_root

from ssb_model.constants import TO_OHM_CM2
from ssb_model.errors import InputError
from ssb_model.prediction.coated_cells import FACE, LANES
from ssb_model.prediction.draws.sample import CURRENT_SCATTER, RESISTANCE_ERROR, Draws

if TYPE_CHECKING:
    from ssb_model.prediction.files import Measured

#: draws and coordinates to the interface resistance [Ohm.m2]
ResistanceOf = Callable[[Draws, Float[np.ndarray, "n quantities"]], Float[np.ndarray, " n"]]

#: what the resistance of a face may depend on, by PyBaMM name
ABSORBERS = tuple(
    FACE + name
    for name in (
        "layer ionic conductivity [S.m-1]",
        "layer thickness [m]",
        "exchange-current density [A.m-2]",
        "contact fraction",
        "contact spacing [m]",
        "coated share",
        "uncoated contact fraction",
    )
)
REACH = 8.0  # standard deviations of the prior within which a solution is sought
ACCURACY = 1e-9  # of a solution, standard deviations
FAR = 100.0  # of ln R, where a number too large or small to be written counts as
SLOPE_STEP = 1e-4
OVERSAMPLED = 4  # proposals for each draw that is kept
TRIED = 4  # one draw in so many tells which coordinate is the best
LEAST = 0.25  # effective draws over those kept, below which a warning is due


def on_measured(
    draws: Draws, resistance: ResistanceOf, measured: Measured, number: int, where: str
) -> tuple[Draws, tuple[str, ...]]:
    """Draws whose interface resistance is a measured one, and warnings.

    Parameters
    ----------
    draws
        Of the priors, :data:`OVERSAMPLED` times as many as are wanted.
    resistance
        Interface resistance of any draws.
    measured
        The resistance and its uncertainty.
    number
        Draws wanted.
    where
        Begins the message where no draw can have this resistance.

    Raises
    ------
    InputError
        If what is known of the coating contradicts the measured resistance.
    """
    prior = np.log(resistance(draws, draws.u))
    target = measured.log_centre + measured.log_sd * draws.own[RESISTANCE_ERROR]
    labels = draws.space.labels
    absorbers = [labels.index(name) for name in ABSORBERS if name in labels]
    some = np.arange(0, len(draws), TRIED)

    def effective(k: int) -> float:
        return _effective(_solved(draws.taken(some), resistance, target[some], k)[1])

    u, log_weight = draws.u, -0.5 * ((prior - measured.log_centre) / measured.log_sd) ** 2
    if absorbers:
        u, log_weight = _solved(draws, resistance, target, max(absorbers, key=effective))
    if not _effective(log_weight) > 0 or (_hopeless(prior, measured) and len(absorbers) < 2):
        raise InputError(_contradiction(prior, measured, where))
    rows = _resampled(log_weight, number)
    kept = replace(draws, u=u).taken(rows)
    kept = replace(kept, own={**kept.own, CURRENT_SCATTER: _even(draws, number)})
    return kept, _warnings(prior, measured, _effective(log_weight) / number)


def _solved(
    draws: Draws, resistance: ResistanceOf, target: Float[np.ndarray, " n"], k: int
) -> tuple[Float[np.ndarray, "n quantities"], Float[np.ndarray, " n"]]:
    """Coordinates with the k-th solved for, and the logarithm of each draw's weight."""

    def logarithm(
        x: Float[np.ndarray, " m"], rows: Int[np.ndarray, " m"]
    ) -> Float[np.ndarray, " m"]:
        few = max(LANES, 1 << (len(rows) - 1).bit_length())  # sizes, each of which is compiled
        some = np.resize(rows, few)
        u = draws.u[some]
        u[:, k] = np.resize(x, len(some))
        return np.log(resistance(draws.taken(some), u))[: len(rows)]

    def excess(x: Float[np.ndarray, " m"], rows: Int[np.ndarray, " m"]) -> Float[np.ndarray, " m"]:
        return np.clip(logarithm(x, rows) - target[rows], -FAR, FAR)

    rows = np.arange(len(draws))
    ends = np.full(len(draws), -REACH), np.full(len(draws), REACH)
    found = find_root(excess, ends, args=(rows,), tolerances={"xatol": ACCURACY})
    within = found.success
    if not within.any():
        return draws.u, np.full(len(draws), -np.inf)
    x = np.where(within, found.x, 0.0)
    above, below = (logarithm(x + step, rows) for step in (SLOPE_STEP, -SLOPE_STEP))
    slope = (above - below) / (2 * SLOPE_STEP)
    u = draws.u.copy()
    u[:, k] = x
    with np.errstate(divide="ignore"):
        log_weight = -0.5 * x**2 - np.log(np.abs(slope))
    return u, np.where(within & np.isfinite(log_weight), log_weight, -np.inf)


def _effective(log_weight: Float[np.ndarray, " n"]) -> float:
    """How many draws of equal weight these are worth; 0 where none has any."""
    top = log_weight.max()
    if not np.isfinite(top):
        return 0.0
    w = np.exp(log_weight - top)
    return float(w.sum() ** 2 / np.sum(w**2))


def _resampled(log_weight: Float[np.ndarray, " n"], number: int) -> Int[np.ndarray, " number"]:
    """Rows in proportion to their weights, evenly spaced along the sum of weights."""
    w = np.cumsum(np.exp(log_weight - log_weight.max()))
    return np.searchsorted(w / w[-1], (np.arange(number) + 0.5) / number)


def _even(draws: Draws, number: int) -> Float[np.ndarray, " number"]:
    """The scatter of the critical current, as evenly spread as it was drawn.

    It has no part in the resistance, and resampling would thin the ends of its interval. Shuffled,
    because the order of quasi-random points ties it to what else was drawn.
    """
    normal = draws.own[CURRENT_SCATTER][:number]
    return np.random.default_rng(0).permutation(normal)


def _hopeless(prior: Float[np.ndarray, " n"], measured: Measured) -> bool:
    low, high = prior.min() - 4 * measured.log_sd, prior.max() + 4 * measured.log_sd
    return not low < measured.log_centre < high


def _contradiction(prior: Float[np.ndarray, " n"], measured: Measured, where: str) -> str:
    low, high = TO_OHM_CM2 * np.exp(np.percentile(prior, [2.5, 97.5]))
    return (
        f"{where}: interface_resistance of {TO_OHM_CM2 * measured.value:.4g} ohm cm2 (both faces) "
        f"contradicts what else the file states, which leaves {low:.3g} to {high:.3g} ohm cm2: "
        "correct one of them, or give them as ranges."
    )


def _warnings(
    prior: Float[np.ndarray, " n"], measured: Measured, effective: float
) -> tuple[str, ...]:
    found = []
    low, high = np.exp(np.percentile(prior, [0.5, 99.5]))
    if not low < measured.value < high:
        ends = f"{TO_OHM_CM2 * low:.3g} to {TO_OHM_CM2 * high:.3g} ohm cm2 (99 %)"
        found.append(
            f"The measured interface resistance, {TO_OHM_CM2 * measured.value:.4g} ohm cm2, is far "
            f"from what is expected of such a coating, {ends}: its quantities are taken from the "
            "edge of their priors."
        )
    if effective < LEAST:
        found.append(
            "Few draws of the priors agree with the measured interface resistance: the ends of "
            "the intervals are rough."
        )
    return tuple(found)
