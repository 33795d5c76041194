"""A spectrum as a sum of depressed arcs, fitted by least squares.

    Z(w) = (1 + d1 s + d2 e) [R0 + j w L + A (j w/w0)^-m + sum_k R_k / (1 + (j w tau_k)^n_k)]

A ZARC, a resistance beside a constant-phase element, is an arc whose centre lies below the axis if
n < 1. The power of frequency is the tail of a blocking electrode (m near 1) or of diffusion (1/2).
What the cell drifts by in a sweep, d1 along s = the share of the decades passed and d2 along e =
the share of the time spent, is a nuisance of some per cent: unasked, it would pass for an arc.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float
from scipy.optimize import least_squares

DRIFT = 0.02  # standard deviation of d1 and d2 before the data speak
FLATTEST = 0.5  # n: what is flatter is a tail or more than one arc
TAIL = (0.4, 1.0)  # m: from a depressed Warburg tail to a capacitor
BEYOND = 30.0  # time constants reach this far beyond the measured band
TOLERANCE = 1e-5  # relative change of the cost at which a fit has converged
MOST_STEPS = 60
SERIES = 4  # unknowns of every sum: R0, L, d1, d2


@dataclass(frozen=True, eq=False)
class Sweep:
    """A spectrum to be fitted, in units of its median modulus.

    Attributes
    ----------
    omega
        rad.s-1, falling.
    z
        Impedance over `unit`.
    unit
        Ohm.
    noise
        Standard deviation of either part over ``|Z|``, which weighs the drift's prior.
    """

    omega: Float[np.ndarray, " frequencies"]
    z: Complex[np.ndarray, " frequencies"]
    unit: float
    noise: float

    @property
    def middle(self) -> float:
        """Geometric mean of the band [rad.s-1]."""
        return float(np.sqrt(self.omega[0] * self.omega[-1]))

    @property
    def passed(self) -> Float[np.ndarray, "frequencies drifts"]:
        """Share of the decades and of the periods passed at each point, about their middle."""
        decades = np.log(self.omega[0] / self.omega) / np.log(self.omega[0] / self.omega[-1])
        time = np.cumsum(1 / self.omega)
        return np.stack([decades - 0.5, time / time[-1] - 0.5], axis=1)


@dataclass(frozen=True, eq=False)
class ArcSum:
    """Least squares of one sum of arcs.

    Attributes
    ----------
    signs
        +1 for an arc, -1 for a loop, of each process.
    tail
        Whether the sum has one.
    x
        R0, L, d1, d2, (A, m), then ``|R|``, ln(tau), n of each process; in units of the sweep.
    cost
        Sum of squares over ``|Z|``, the drift's prior included.
    jacobian
        Of what is squared.
    """

    signs: tuple[int, ...]
    tail: bool
    x: Float[np.ndarray, " unknowns"]
    cost: float
    jacobian: Float[np.ndarray, "rows unknowns"]

    @property
    def numbers(self) -> int:
        """Real and imaginary parts that were fitted."""
        return len(self.jacobian) - 2

    @property
    def misfit(self) -> float:
        """Root mean square misfit of real and of imaginary part over ``|Z|``."""
        return float(np.sqrt(self.cost / self.numbers))

    @property
    def covariance(self) -> Float[np.ndarray, "unknowns unknowns"]:
        """Of `x`, by the misfit itself."""
        J = self.jacobian
        freedom = max(self.numbers - len(self.x), 1)
        return np.linalg.pinv(J.T @ J, hermitian=True) * self.cost / freedom

    @property
    def series(self) -> Float[np.ndarray, " unknowns"]:
        """What is no arc."""
        return self.x[: SERIES + 2 * self.tail]

    @property
    def arcs(self) -> Float[np.ndarray, "arcs 3"]:
        """``|R|``, ln(tau), n of each process."""
        return self.x[SERIES + 2 * self.tail :].reshape(-1, 3)


def fit_arcs(
    sweep: Sweep,
    signs: tuple[int, ...],
    series: Float[np.ndarray, " unknowns"],
    arcs: Float[np.ndarray, "arcs 3"],
) -> ArcSum:
    """Least squares from a first guess; there is a tail if `series` has six numbers."""
    tail = len(series) > SERIES
    low, high = _bounds(sweep, len(arcs), tail)
    start = np.clip(np.concatenate([series, arcs.ravel()]), low + 1e-9, high - 1e-9)
    found = least_squares(
        lambda x: _residual(sweep, signs, tail, x)[0],
        start,
        lambda x: _residual(sweep, signs, tail, x)[1],  # pyright: ignore[reportArgumentType]
        (low, high),
        x_scale="jac",
        ftol=TOLERANCE,
        xtol=1e-6,
        gtol=1e-12,
        max_nfev=MOST_STEPS,
    )
    return ArcSum(signs, tail, found.x, 2 * float(found.cost), found.jac)


def _bounds(
    sweep: Sweep, arcs: int, tail: bool
) -> tuple[Float[np.ndarray, " unknowns"], Float[np.ndarray, " unknowns"]]:
    shortest = np.log(1 / (BEYOND * sweep.omega[0]))
    longest = np.log(BEYOND / sweep.omega[-1])
    low = [0.0, 0.0, -0.5, -0.5, *([0.0, TAIL[0]] if tail else [])]
    high = [np.inf, np.inf, 0.5, 0.5, *([np.inf, TAIL[1]] if tail else [])]
    low += [0.0, shortest, FLATTEST] * arcs
    high += [np.inf, longest, 1.0] * arcs
    return np.array(low), np.array(high)


def _residual(
    sweep: Sweep, signs: tuple[int, ...], tail: bool, x: Float[np.ndarray, " unknowns"]
) -> tuple[Float[np.ndarray, " rows"], Float[np.ndarray, "rows unknowns"]]:
    """Fitted less measured over ``|Z|`` and the drift over its prior; their derivatives."""
    modulus = np.abs(sweep.z)
    z, by_x = impedance(sweep, signs, tail, x)
    drift = 1 + sweep.passed @ x[2:4]
    by_x *= drift[:, None]
    by_x[:, 2:4] = z[:, None] * sweep.passed
    r, J = (z * drift - sweep.z) / modulus, by_x / modulus[:, None]
    prior = np.zeros((2, len(x)))
    prior[[0, 1], [2, 3]] = sweep.noise / DRIFT
    return np.concatenate([r.real, r.imag, prior @ x]), np.vstack([J.real, J.imag, prior])


def impedance(
    sweep: Sweep, signs: tuple[int, ...], tail: bool, x: Float[np.ndarray, " unknowns"]
) -> tuple[Complex[np.ndarray, " frequencies"], Complex[np.ndarray, "frequencies unknowns"]]:
    """The sum without drift (F,), and its derivatives (F, unknowns)."""
    by_x = np.zeros((len(sweep.omega), len(x)), dtype=complex)
    by_x[:, 0], by_x[:, 1] = 1, 1j * sweep.omega / sweep.omega[0]
    z = by_x[:, :2] @ x[:2]
    if tail:
        log = np.log(1j * sweep.omega / sweep.middle)
        power = np.exp(-x[5] * log)
        z = z + x[4] * power
        by_x[:, 4], by_x[:, 5] = power, -x[4] * power * log
    for k, sign in enumerate(signs):
        at = SERIES + 2 * tail + 3 * k
        R, ln_tau, n = x[at : at + 3]
        log = np.log(1j * sweep.omega) + ln_tau
        power = np.exp(n * log)
        arc = sign / (1 + power)
        slope = -R * arc * power / (1 + power)
        z = z + R * arc
        by_x[:, at], by_x[:, at + 1], by_x[:, at + 2] = arc, slope * n, slope * log
    return z, by_x
