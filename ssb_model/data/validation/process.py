"""Processes that a spectrum holds beyond doubt, and what it leaves undecided.

An arc that the evidence asks for (:mod:`~ssb_model.data.validation.evidence`) is a firm process if
its top lies in the measured band, its resistance is determined and not too small, and it is no
flatter than one process is. C = tau/R is the effective capacitance of Hsu and Mansfeld (Corrosion 2001, 57, 747): Q
(1/tau)^(n-1) for a constant-phase element with Q = tau^n/R.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.arcs import SERIES, ArcSum, Sweep, impedance
from ssb_model.data.validation.evidence import GAIN, gain, select

UNCERTAIN = 0.35  # standard deviation of ln R, ln tau: 95 % within a factor of 2
SLIGHT = 0.01  # of |Z| at the arc's top: a resistance so small may be the instrument's
LOUD = 0.1  # noise over |Z| from which on every resistance is estimated too low
FLAT = 0.6  # n below which an arc is more than one process, or the foot of a tail
NORMAL_95 = 1.96  # standard deviations
WRONG = 0.03  # of |Z|, and well above the noise: no sum of arcs, hence no process
BEYOND_NOISE = 2.0  # times the noise: a misfit so large has a cause
CLEAR = 6.0  # standard deviations of the noise: two of a chance maximum, four of a point
ACCURACY = 2e-3  # of |Z|: assumed of a good instrument, as in the Kramers-Kronig test


@dataclass(frozen=True)
class Process:
    """One depressed arc, or a loop if its resistance is negative; 95 % intervals.

    Attributes
    ----------
    resistance, resistance_95
        Ohm.
    tau, tau_95
        Time constant at the arc's top [s].
    exponent
        n, 1 for a resistor beside a capacitor.
    capacitance_95
        Of the effective capacitance tau/R [F].
    """

    resistance: float
    resistance_95: tuple[float, float]
    tau: float
    tau_95: tuple[float, float]
    exponent: float
    capacitance_95: tuple[float, float]

    @property
    def capacitance(self) -> float:
        """Effective capacitance tau/R [F]."""
        return self.tau / self.resistance

    @property
    def frequency(self) -> float:
        """1/(2 pi tau) [Hz], the arc's top."""
        return 1 / (2 * np.pi * self.tau)

    @property
    def vague(self) -> bool:
        """Whether its resistance is not known to a factor of 2 either way."""
        ends = np.abs(self.resistance_95)
        return bool(ends.max() > np.exp(2 * NORMAL_95 * UNCERTAIN) * ends.min())

    def sentence(self) -> str:
        """The process in words."""
        where = f"{self.resistance:.3g} Ohm at {self.tau:.3g} s ({self.frequency:.3g} Hz)"
        ohm, s = (f"{low:.4g} to {high:.4g}" for low, high in (self.resistance_95, self.tau_95))
        if self.vague:
            return f"near {self.tau:.2g} s ({self.frequency:.2g} Hz); its size is not determined."
        if self.resistance < 0:
            return f"{where}; 95 %: {ohm} Ohm, {s} s."
        farad = "{:.2g} to {:.2g}".format(*self.capacitance_95)
        return (
            f"{where}, n {self.exponent:.2f}, effective C = tau/R {self.capacitance:.2g} F; "
            f"95 %: {ohm} Ohm, {s} s, {farad} F."
        )


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
    where arcs alone miss the spectrum and its resistance falls towards low frequency.
    """
    unit = float(np.median(np.abs(z)))
    sweep = Sweep(omega, z / unit, unit, max(noise, ACCURACY / 2))
    fit = select(sweep, tail=tail)
    if loops and well_above(fit.misfit, noise) and _falls(z, noise):
        looped = select(sweep, tail=tail, signs=(1, -1))
        if gain(sweep, fit, looped) > GAIN:
            fit = looped
    best = _resolved(sweep, fit)
    if noise > LOUD or (best.misfit > WRONG and well_above(best.misfit, noise)):
        return replace(best, processes=(), loops=(), undetermined=(), looped=0 * z)
    return best


def _falls(z: Complex[np.ndarray, " frequencies"], noise: float) -> bool:
    """Whether the real part falls again towards low frequency, clear of the noise."""
    fall = np.maximum.accumulate(np.real(z)) - np.real(z)
    return bool((fall > CLEAR * max(noise, ACCURACY / 2) * np.abs(z)).any())


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
        clear = SLIGHT * top < R and n >= FLAT and (spread < UNCERTAIN).all()
        if fit.signs[k] < 0 or (inside and clear):
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
    """The process whose ``|R|`` and ln(tau) are the unknowns `at` and the next."""
    R, ln_tau, n = fit.x[at : at + 3]
    by_R = np.array([1 / R, 0.0])
    part = fit.covariance[at : at + 2, at : at + 2]
    slopes = {"R": by_R, "tau": np.array([0.0, 1.0]), "C": np.array([0.0, 1.0]) - by_R}
    factor = {name: float(np.exp(NORMAL_95 * np.sqrt(g @ part @ g))) for name, g in slopes.items()}
    R, tau = sign * R * sweep.unit, float(np.exp(ln_tau))
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
