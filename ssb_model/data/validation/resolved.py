"""A spectrum resolved into firm processes, loops, and what it leaves undecided.

An arc that the evidence asks for (:mod:`~ssb_model.data.validation.evidence`) is a firm process if
its top lies in the measured band, its resistance is determined and not too small, and it is no
flatter than one process is.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.arcs import SERIES, ArcSum, Sweep, impedance
from ssb_model.data.validation.evidence import GAIN, gain, select
from ssb_model.data.validation.kramers_kronig import ACCURACY
from ssb_model.data.validation.process import NORMAL_95, UNCERTAIN, Process

SLIGHT = 0.01  # of |Z| at the arc's top: a resistance so small may be the instrument's
FLAT = 0.6  # n below which an arc is more than one process, or the foot of a tail
LOUD = 0.1  # noise over |Z| from which on every resistance is estimated too low
WRONG = 0.03  # of |Z|, and well above the noise: no sum of arcs, hence no process
BEYOND_NOISE = 2.0  # times the noise: a misfit so large has a cause
CLEAR = 6.0  # standard deviations of the noise: two of a chance maximum, four of a point


@dataclass(frozen=True, eq=False)
class Resolved:
    """A spectrum resolved into processes.

    Attributes
    ----------
    processes
        Firm, by rising time constant.
    loops
        Of negative resistance, likewise.
    undetermined
        Time constants [s] of arcs that the data ask for without determining them.
    misfit
        Of the sum of arcs, of ``|Z|``.
    looped
        Impedance of the loops [Ohm].
    """

    processes: tuple[Process, ...]
    loops: tuple[Process, ...]
    undetermined: tuple[float, ...]
    misfit: float
    looped: Complex[np.ndarray, " frequencies"]


def resolve(
    omega: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    noise: float,
    *,
    tail: bool,
    loops: bool,
) -> Resolved:
    """Resolve impedances [Ohm] at falling `omega` [rad.s-1] with a `noise` over ``|Z|``.

    `tail` says whether the cell blocks, `loops` whether a negative resistance may be looked for
    where arcs alone miss the spectrum and it turns back towards low frequency.
    """
    unit = float(np.median(np.abs(z)))
    sweep = Sweep(omega, z / unit, unit, max(noise, ACCURACY / 2))
    fit = select(sweep, tail=tail)
    if loops and well_above(fit.misfit, noise) and _turns_back(z, noise):
        looped = select(sweep, tail=tail, signs=(1, -1))
        if gain(sweep, fit, looped) > GAIN:
            fit = looped
    best = _resolved(sweep, fit)
    if noise > LOUD or (best.misfit > WRONG and well_above(best.misfit, noise)):
        return replace(best, processes=(), loops=(), undetermined=(), looped=0 * z)
    return best


def _turns_back(z: Complex[np.ndarray, " frequencies"], noise: float) -> bool:
    """Whether, clear of the noise, Z' falls again towards low frequency or Z'' is positive there.

    Positive imaginary parts from the highest frequency on are those of leads.
    """
    clear = CLEAR * max(noise, ACCURACY / 2) * np.abs(z)
    falls = np.maximum.accumulate(np.real(z)) - np.real(z) > clear
    leads = np.logical_and.accumulate(np.imag(z) > 0)
    return bool((falls | ((np.imag(z) > clear) & ~leads)).any())


def well_above(misfit: float, noise: float) -> bool:
    """Whether a misfit of either part, of ``|Z|``, is more than the noise and the instrument's."""
    return misfit > BEYOND_NOISE * max(noise, ACCURACY / 2)


def _resolved(sweep: Sweep, fit: ArcSum) -> Resolved:
    variance = np.diag(fit.covariance)
    head = len(fit.series)
    firm: list[Process] = []
    undetermined: list[float] = []
    for k, (R, ln_tau, n) in enumerate(fit.arcs):
        at = head + 3 * k
        spread = np.sqrt(variance[[at, at + 1]]) / [max(R, 1e-300), 1]
        inside = np.exp(ln_tau) * sweep.omega[0] >= 1 and np.exp(ln_tau) * sweep.omega[-1] <= 1
        top = float(np.interp(-ln_tau, np.log(sweep.omega[::-1]), np.abs(sweep.z[::-1])))
        sure = n >= FLAT and (spread < UNCERTAIN).all() and R / top > SLIGHT
        if fit.signs[k] < 0 or (inside and sure):
            firm.append(_process(sweep, fit, at, fit.signs[k]))
        else:
            undetermined.append(float(np.exp(ln_tau)))
    firm.sort(key=lambda one: one.tau)
    return Resolved(
        tuple(one for one in firm if one.resistance > 0),
        tuple(one for one in firm if one.resistance < 0),
        tuple(sorted(undetermined)),
        fit.misfit,
        _loops(sweep, fit),
    )


def _process(sweep: Sweep, fit: ArcSum, at: int, sign: int) -> Process:
    """The process whose ``|R|`` and ln(tau) are the unknowns `at` and the next.

    Where the cell drifts, its resistance is that when its top was measured.
    """
    R, ln_tau, n = fit.x[at : at + 3]
    course = [np.interp(-ln_tau, np.log(sweep.omega[::-1]), w[::-1]) for w in sweep.passed.T]
    drift = 1 + np.array(course) @ fit.x[2:SERIES]
    by_R, by_tau = np.zeros(len(fit.x)), np.zeros(len(fit.x))
    by_R[at], by_R[2:SERIES], by_tau[at + 1] = 1 / R, course / drift, 1
    slopes = {"R": by_R, "tau": by_tau, "C": by_tau - by_R}
    covariance = fit.covariance
    factor = {
        name: float(np.exp(NORMAL_95 * np.sqrt(g @ covariance @ g))) for name, g in slopes.items()
    }
    R, tau = sign * R * drift * sweep.unit, float(np.exp(ln_tau))
    C = tau / R
    return Process(
        float(R),
        _between(R, factor["R"]),
        tau,
        _between(tau, factor["tau"]),
        float(n),
        _between(C, factor["C"]),
    )


def _between(value: float, factor: float) -> tuple[float, float]:
    low, high = sorted((float(value / factor), float(value * factor)))
    return low, high


def _loops(sweep: Sweep, fit: ArcSum) -> Complex[np.ndarray, " frequencies"]:
    """Impedance of all that is negative [Ohm]."""
    negative = np.array(fit.signs) < 0
    x = np.concatenate([np.zeros(SERIES), fit.arcs[negative].ravel()])
    drift = 1 + sweep.passed @ fit.x[2:SERIES]
    return sweep.unit * drift * impedance(sweep, (-1,) * int(negative.sum()), False, x)[0]
