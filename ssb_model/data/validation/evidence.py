"""How many arcs a spectrum asks for: one more only if the fit gains more than noise would.

Arcs are added one by one. With N numbers measured (real and imaginary parts) and p unknowns of the
larger sum, one more is taken if

    (N - p) ln(S_small / S_large) > GAIN

with S the sums of squares, N times the square of :data:`ACCURATE` added to each. Under the smaller
sum the new arc's tau and n mean nothing, so Wilks' theorem does not give the limit: it was found by
simulation, docs/methods/impedance-validation.md.
"""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float
from scipy.optimize import nnls

from ssb_model.data.validation.arcs import FLATTEST, SERIES, ArcSum, Sweep, fit_arcs, impedance

GAIN = 16.0  # noise alone stayed below 14 in 600 sweeps of one arc; 14.3 in 99.5 % with 3 % drift
ACCURATE = 2e-3  # of |Z|: what is gained below says more of the instrument than of the cell
MOST = 5  # arcs
STARTS = 3  # of the first guesses, the best by linear least squares are fitted
A_DECADE = 2  # first guesses of a new arc's time constant
ROUND = 0.9  # first guess of n
SPLITS = (1.2, 2.5)  # of ln(tau) either way: an arc that may be two
FREEDOM = 6  # numbers measured that must be left over
POWERS = (0.5, 0.9)  # first guesses of a tail's m: diffusion, a rough blocking electrode


def select(sweep: Sweep, *, tail: bool, signs: tuple[int, ...] = (1,)) -> ArcSum:
    """The sum of as many arcs as the data ask for.

    `tail` says that there certainly is one (it may be added otherwise), `signs` whether loops
    (-1) may be added beside arcs (+1).
    """
    sums = [_without_arcs(sweep, tail)]
    while len(sums[-1].signs) < MOST:
        more = list(_larger(sweep, sums[-1], signs))
        gains = [gain(sweep, sums[-1], one) for one in more]
        if not more or max(gains) < GAIN:
            break
        sums.append(more[int(np.argmax(gains))])
    return next((one for one in sums[::-1] if not _strained(sweep, one)), sums[0])


def gain(sweep: Sweep, small: ArcSum, large: ArcSum) -> float:
    """The statistic above."""
    N = 2 * len(sweep.omega)
    floor = N * ACCURATE**2
    return float((N - len(large.x)) * np.log((small.cost + floor) / (large.cost + floor)))


def _strained(sweep: Sweep, fit: ArcSum) -> bool:
    """Whether an arc within the band is as flat as is allowed.

    It stands for two, if there is a larger sum, or for something that arcs do not describe.
    """
    _, ln_tau, n = fit.arcs.T
    inside = np.abs(ln_tau + np.log(sweep.middle)) < np.log(sweep.omega[0] / sweep.omega[-1]) / 2
    return bool((inside & (n < FLATTEST + 1e-3)).any())


def _without_arcs(sweep: Sweep, tail: bool) -> ArcSum:
    start = np.array([0.5, 0.01, 0.0, 0.0, *([0.3, POWERS[1]] if tail else [])])
    return fit_arcs(sweep, (), start, np.zeros((0, 3)))


def _larger(sweep: Sweep, small: ArcSum, signs: tuple[int, ...]) -> Iterator[ArcSum]:
    """The sum with one more arc or loop, and with a tail."""
    if 2 * len(sweep.omega) - len(small.x) - 3 < FREEDOM:
        return
    for sign in signs:
        grown = (*small.signs, sign)
        starts = sorted(_starts(sweep, small, grown), key=lambda start: start[0])[:STARTS]
        fits = [fit_arcs(sweep, grown, series, arcs) for _, series, arcs in starts]
        yield min(fits, key=lambda fit: fit.cost)
    if not small.tail:
        series = [np.array([*small.series, 0.05, m]) for m in POWERS]
        fits = [fit_arcs(sweep, small.signs, one, small.arcs) for one in series]
        yield min(fits, key=lambda fit: fit.cost)


Start = tuple[float, Float[np.ndarray, " unknowns"], Float[np.ndarray, "arcs 3"]]


def _starts(sweep: Sweep, small: ArcSum, signs: tuple[int, ...]) -> Iterator[Start]:
    """First guesses: a new arc anywhere in the band and near it, or one arc parted into two."""
    low, high = np.log(1 / sweep.omega[0]) - 2, np.log(1 / sweep.omega[-1]) + 2
    for ln_tau in np.linspace(low, high, int((high - low) / np.log(10) * A_DECADE) + 2):
        yield _strengths(sweep, small, signs, np.vstack([small.arcs, [0.0, ln_tau, ROUND]]))
    if signs[-1] < 0:
        return
    for k in np.flatnonzero(np.array(small.signs) > 0):
        for width in SPLITS:
            arcs = np.vstack([small.arcs, small.arcs[k]])
            arcs[[k, -1], 1] += [-width, width]
            arcs[[k, -1], 2] = ROUND
            yield _strengths(sweep, small, signs, arcs)


def _strengths(
    sweep: Sweep, small: ArcSum, signs: tuple[int, ...], arcs: Float[np.ndarray, "arcs 3"]
) -> Start:
    """Misfit and unknowns with R0, L, A and all R by non-negative least squares."""
    head = SERIES + 2 * small.tail
    x = np.concatenate([small.series, arcs.ravel()])
    linear = [0, 1, *([SERIES] if small.tail else []), *range(head, len(x), 3)]
    A = impedance(sweep, signs, small.tail, x)[1][:, linear]
    A = A * ((1 + sweep.passed @ x[2:4]) / np.abs(sweep.z))[:, None]
    y = sweep.z / np.abs(sweep.z)
    x[linear], misfit = nnls(np.vstack([A.real, A.imag]), np.concatenate([y.real, y.imag]))
    return float(misfit), x[:head], x[head:].reshape(-1, 3)
