"""The linear Kramers-Kronig test: what of a spectrum no passive, causal, linear cell could show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Complex, Float

from ssb_model.data.validation.elements import Terms, choose_time_constants, fit_elements
from ssb_model.data.validation.noise import WINDOW, structure, white_noise
from ssb_model.data.validation.spectrum import checked

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

ACCURACY = 2e-3  # of |Z|: assumed of a good instrument; less is no violation
SIGNIFICANT = 4.5  # standard deviations of a running mean: one white spectrum in 1000 goes beyond


@dataclass(frozen=True, eq=False)
class KramersKronig:
    """Result of the test, in the order of the frequencies given.

    Attributes
    ----------
    frequency
        Hz.
    impedance
        Ohm, as measured.
    kept
        The points used.
    residual
        (measured - fitted) / ``|Z|``; NaN where a point was not used.
    noise
        Standard deviation of real and of imaginary part, of ``|Z|``.
    misfit
        Largest running mean of the residual over :data:`~noise.WINDOW` points, of ``|Z|``.
    misfit_frequency
        Where that is, Hz.
    limit
        Misfit beyond which the spectrum fails: the larger of :data:`ACCURACY` and
        :data:`SIGNIFICANT` standard deviations of a running mean.
    elements
        Number of RC elements.
    mu
        Schonleber's measure of overfitting.
    """

    frequency: Float[np.ndarray, " frequencies"]
    impedance: Complex[np.ndarray, " frequencies"]
    kept: Bool[np.ndarray, " frequencies"]
    residual: Complex[np.ndarray, " frequencies"]
    noise: float
    misfit: float
    misfit_frequency: float
    limit: float
    elements: int
    mu: float

    @property
    def passes(self) -> bool:
        """Whether nothing but noise is left over."""
        return self.misfit <= self.limit

    def summary(self) -> str:
        """The verdict in two sentences."""
        f = self.frequency[self.kept]
        verdict = "passes" if self.passes else "fails"
        return (
            f"Linear Kramers-Kronig test of {len(f)} points from {f.min():.3g} to {f.max():.3g} Hz "
            f"with {self.elements} RC elements (mu {self.mu:.2f}): {verdict}.\n"
            f"Noise {100 * self.noise:.2g} % of |Z|; largest structured misfit "
            f"{100 * self.misfit:.2g} % at {self.misfit_frequency:.3g} Hz, where "
            f"{100 * self.limit:.2g} % is allowed."
        )

    def figure(self) -> "Figure":
        """Residuals against frequency, as a :class:`matplotlib.figure.Figure`."""
        from ssb_model.data.validation.figures import draw_residuals

        return draw_residuals(self)


def kramers_kronig(
    frequency: "ArrayLike",
    impedance: "ArrayLike",
    *,
    kept: "ArrayLike | None" = None,
    inductance: bool = True,
    capacitance: bool = True,
) -> KramersKronig:
    """Test whether a spectrum obeys the Kramers-Kronig relations.

    Parameters
    ----------
    frequency
        Hz, in any order.
    impedance
        Ohm, Z' + jZ''.
    kept
        Points to use; all by default.
    inductance, capacitance
        Whether a series inductance or capacitance may be part of the cell and its leads.

    Raises
    ------
    InputError
        For unequal lengths, fewer than five points, frequencies that are not positive or occur
        twice, and impedances that are zero or not finite.

    Examples
    --------
    >>> import numpy as np
    >>> f = np.geomspace(1e5, 1e-1, 61)
    >>> z = 20 + 100 / (1 + (2j * np.pi * f * 1e-3) ** 0.85)
    >>> kramers_kronig(f, z).passes, kramers_kronig(f, z.conj()).passes
    (True, False)
    """
    f, z, kept = checked(frequency, impedance, kept)
    order = np.flatnonzero(kept)[np.argsort(-f[kept])]
    omega, terms = 2 * np.pi * f[order], Terms(inductance, capacitance)
    tau = choose_time_constants(omega, z[order], terms)
    fit = fit_elements(omega, z[order], tau, terms)
    residual = np.full(len(f), np.nan, dtype=complex)
    residual[order] = fit.residual
    noise, means = white_noise(fit.residual, fit.leverage), structure(fit.residual)
    return KramersKronig(
        frequency=f,
        impedance=z,
        kept=kept,
        residual=residual,
        noise=noise,
        misfit=float(means.max()),
        misfit_frequency=float(f[order][means.argmax() + WINDOW // 2]),
        limit=float(max(ACCURACY, SIGNIFICANT * noise / np.sqrt(WINDOW))),
        elements=len(tau),
        mu=fit.mu,
    )
