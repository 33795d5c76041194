"""A passive, causal, linear spectrum as a sum of elements with fixed time constants.

    Z(w) = R0 + j w L + 1/(j w C) + sum_k R_k / (1 + j w tau_k)

is linear in R0, L, 1/C and R_k, and obeys the Kramers-Kronig relations whatever their values and
signs. Real and imaginary part are fitted together with weights 1/|Z| by least squares.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Complex, Float, Shaped

MARGIN = 10**0.5  # time constants reach this far beyond the measured band, for arcs cut by its ends
RANK = 1e-12  # smallest singular value used, relative to the largest
FEWEST_A_DECADE = 4  # a single RC element between two time constants is then met to 4e-4 of |Z|
MOST_A_DECADE = 7  # and now to 1e-6: finer gains nothing
MU = 0.85  # Schonleber, Klotz and Ivers-Tiffee 2014: below, further elements fit the noise


@dataclass(frozen=True)
class Terms:
    """Which elements stand beside the resistances: a series inductance, a series capacitance."""

    inductance: bool = True
    capacitance: bool = True

    def columns(
        self, omega: Float[np.ndarray, " frequencies"], tau: Float[np.ndarray, " constants"]
    ) -> Shaped[np.ndarray, "frequencies elements"]:
        """The elements' impedances at unit R0, L, 1/C and R_k, (F, elements)."""
        series = [np.ones_like(omega)]
        series += [1j * omega] if self.inductance else []
        series += [1 / (1j * omega)] if self.capacitance else []
        return np.stack([*series, *(1 / (1 + 1j * omega * t) for t in tau)], axis=1)

    @property
    def names(self) -> tuple[str, ...]:
        """The series terms, in the order of the columns."""
        return ("R0", *["L"] * self.inductance, *["1/C"] * self.capacitance)

    @property
    def count(self) -> int:
        """How many series terms there are."""
        return len(self.names)


@dataclass(frozen=True, eq=False)
class ElementFit:
    """What least squares found.

    Attributes
    ----------
    residual
        (measured - fitted)/|Z|, real and imaginary part.
    leverage
        Share of each point's own noise that the fit follows, 0 to 1.
    resistances
        R_k [Ohm], of either sign.
    """

    residual: Complex[np.ndarray, " frequencies"]
    leverage: Float[np.ndarray, " frequencies"]
    resistances: Float[np.ndarray, " constants"]

    @property
    def mu(self) -> float:
        """1 - sum of |negative R_k| / sum of positive R_k; near 1 while no element overfits."""
        R = self.resistances
        negative, positive = -R[R < 0].sum(), R[R > 0].sum()
        return float(1 - negative / positive) if positive > 0 else -np.inf


def time_constants(
    omega: Float[np.ndarray, " frequencies"], a_decade: float, most: int
) -> Float[np.ndarray, " constants"]:
    """Log-spaced time constants [s] over the band of `omega` and :data:`MARGIN` beyond it."""
    decades = np.log10(omega.max() / omega.min() * MARGIN**2)
    number = min(int(np.ceil(a_decade * decades)) + 1, most)
    return np.geomspace(1 / (MARGIN * omega.max()), MARGIN / omega.min(), max(number, 1))


def fit_elements(
    omega: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    tau: Float[np.ndarray, " constants"],
    terms: Terms,
    weight: Float[np.ndarray, " frequencies"] | None = None,
    rank: float = RANK,
) -> ElementFit:
    """Least squares for the elements at `tau` [s], each point's square times its `weight` (F,)."""
    n = len(omega)
    columns = terms.columns(omega, tau) / np.abs(z)[:, None]
    A = np.vstack([columns.real, columns.imag])
    scale = np.linalg.norm(A, axis=0)
    y = z / np.abs(z)
    y = np.concatenate([y.real, y.imag])
    root = np.sqrt(np.ones(2 * n) if weight is None else np.tile(weight, 2))
    U, s, Vt = np.linalg.svd(A / scale * root[:, None], full_matrices=False)
    U, s, Vt = (part[..., s > rank * s[0]] for part in (U, s, Vt.T))
    x = Vt @ (U.T @ (y * root) / s) / scale
    r = y - A @ x
    h = (U**2).sum(axis=1)
    return ElementFit(r[:n] + 1j * r[n:], (h[:n] + h[n:]) / 2, x[terms.count :])


def choose_time_constants(
    omega: Float[np.ndarray, " frequencies"], z: Complex[np.ndarray, " frequencies"], terms: Terms
) -> Float[np.ndarray, " constants"]:
    """Time constants by Schonleber's mu, from :data:`FEWEST_A_DECADE` upwards.

    The criterion alone stops too early at the sharp arcs of a model's RC elements: between two
    time constants they need neighbours of opposite sign, which lowers mu although nothing is
    overfitted. It therefore decides only above the density that meets such an arc. There are
    never more elements than points, half as many as there are real numbers measured.
    """
    most = len(omega) - terms.count
    for a_decade in range(FEWEST_A_DECADE, MOST_A_DECADE):
        tau = time_constants(omega, a_decade, most)
        if len(tau) == most or fit_elements(omega, z, tau, terms).mu < MU:
            return tau
    return time_constants(omega, MOST_A_DECADE, most)
