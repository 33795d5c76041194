"""Distribution of relaxation times: a spectrum as resistance against time constant.

    Z(w) = R_inf + j w L + 1/(j w C) + integral gamma(ln tau) / (1 + j w tau) d(ln tau)

with gamma [Ohm] >= 0 constant around each of 15 time constants a decade. The inverse
problem is ill-posed: of all gamma that fit, the one is taken that minimises

    sum |dZ|^2/|Z|^2 + lambda sum (second differences of gamma)^2

(Tikhonov). Everything is found at once by non-negative least squares.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.elements import Terms
from ssb_model.data.validation.kernel import in_band, kernel, over_modulus, time_constants
from ssb_model.data.validation.peaks import FIRMER, Peak, find_peaks
from ssb_model.data.validation.regularisation import choose_regularisation, solve
from ssb_model.data.validation.spectrum import checked
from ssb_model.library import one_positive

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False)
class Relaxation:
    """A distribution of relaxation times.

    Attributes
    ----------
    frequency
        Hz, of the points used, falling.
    impedance, fitted
        Ohm.
    tau
        Time constants [s], rising, log-spaced.
    gamma
        Resistance per unit of ln(tau) [Ohm].
    peaks
        By rising time constant; their resistances add up to the polarisation's.
    series_resistance
        R_inf [Ohm].
    inductance
        H; 0 if absent.
    elastance
        1/C [F-1] of the series capacitance; 0 if absent.
    regularisation
        lambda, for gamma in units of the median ``|Z|``.
    """

    frequency: Float[np.ndarray, " frequencies"]
    impedance: Complex[np.ndarray, " frequencies"]
    fitted: Complex[np.ndarray, " frequencies"]
    tau: Float[np.ndarray, " constants"]
    gamma: Float[np.ndarray, " constants"]
    peaks: tuple[Peak, ...]
    series_resistance: float
    inductance: float
    elastance: float
    regularisation: float

    @property
    def resistances(self) -> Float[np.ndarray, " constants"]:
        """Resistance at each time constant, gamma times the step in ln(tau) [Ohm], (K,)."""
        return self.gamma * np.log(self.tau[1] / self.tau[0])

    @property
    def polarisation_resistance(self) -> float:
        """Sum of all that relaxes [Ohm]."""
        return float(self.resistances.sum())

    @property
    def total_resistance(self) -> float:
        """Resistance at zero frequency, without the series capacitance [Ohm]."""
        return self.series_resistance + self.polarisation_resistance

    @property
    def unmeasured(self) -> float:
        """Part of the polarisation resistance that relaxes outside the measured band, 0 to 1."""
        outside = self.resistances[~in_band(self.tau, 2 * np.pi * self.frequency)].sum()
        return float(outside / self.polarisation_resistance) if outside > 0 else 0.0

    def summary(self) -> str:
        """Resistances, fit and peaks, a line each."""
        misfit = np.sqrt(np.mean(np.abs(1 - self.fitted / self.impedance) ** 2))
        lines = [
            f"{self.polarisation_resistance:.4g} Ohm relax beside {self.series_resistance:.4g} Ohm "
            f"in series; {100 * self.unmeasured:.2g} % of it outside the measured band.",
            f"Root mean square misfit {100 * misfit:.2g} % of |Z|; regularisation "
            f"{self.regularisation:.1g}.",
        ]
        return "\n".join([*lines, *(f"- {peak.sentence()}" for peak in self.peaks)])

    def figure(self) -> "Figure":
        """The distribution, as a :class:`matplotlib.figure.Figure`."""
        from ssb_model.data.validation.figures import draw_relaxation

        return draw_relaxation(self)


def relaxation_times(
    frequency: "ArrayLike",
    impedance: "ArrayLike",
    *,
    kept: "ArrayLike | None" = None,
    inductance: bool = True,
    capacitance: bool = False,
    regularisation: float | None = None,
) -> Relaxation:
    """Find the distribution of relaxation times of a spectrum.

    Parameters
    ----------
    frequency
        Hz, in any order.
    impedance
        Ohm, Z' + jZ''.
    kept
        Points to use, such as ``validate(...).kept``; all by default.
    inductance, capacitance
        Whether a series inductance, or the capacitance of a blocking electrode, is fitted too.
    regularisation
        lambda; by default chosen by generalised cross-validation.

    Raises
    ------
    InputError
        As :func:`kramers_kronig`, and for a regularisation that is not positive.

    Examples
    --------
    >>> import numpy as np
    >>> f = np.geomspace(1e5, 1e-1, 61)
    >>> found = relaxation_times(f, 20 + 100 / (1 + 2j * np.pi * f * 1e-3))
    >>> len(found.peaks), round(found.peaks[0].resistance)
    (1, 100)
    """
    f, z, kept = checked(frequency, impedance, kept)
    order = np.flatnonzero(kept)[np.argsort(-f[kept])]
    f, z = f[order], z[order]
    omega, terms = 2 * np.pi * f, Terms(inductance, capacitance)
    tau = time_constants(omega)
    columns, unit = kernel(omega, z, tau, terms)
    A, y = over_modulus(columns * unit, z), over_modulus(z[:, None], z)[:, 0]
    strength = _strength(regularisation, A, y, terms.count)
    x, smoother = (unit * solve(A, y, terms.count, k * strength) for k in (1, FIRMER))
    gammas = x[terms.count :], smoother[terms.count :]
    series = dict(zip(terms.names, x, strict=False))
    return Relaxation(
        frequency=f,
        impedance=z,
        fitted=columns @ x,
        tau=tau,
        gamma=gammas[0],
        peaks=find_peaks(tau, *gammas, in_band(tau, omega)),
        series_resistance=float(series["R0"]),
        inductance=float(series.get("L", 0.0)),
        elastance=float(series.get("1/C", 0.0)),
        regularisation=float(strength),
    )


def _strength(
    given: float | None,
    A: Float[np.ndarray, "rows unknowns"],
    y: Float[np.ndarray, " rows"],
    free: int,
) -> float:
    if given is None:
        return choose_regularisation(A, y, free)
    return one_positive(given, "regularisation", "1, or leave it out to have one chosen")
