"""Distribution of relaxation times: a spectrum as resistance against time constant.

    Z(w) = R_inf + j w L + 1/(j w C) + integral gamma(ln tau) / (1 + j w tau) d(ln tau)

with gamma [Ohm] >= 0 constant around each of 15 time constants a decade. The inverse
problem is ill-posed: of all gamma that fit, the one is taken that minimises

    sum |dZ|^2/|Z|^2 + lambda sum (second differences of gamma)^2

(Tikhonov). Everything is found at once by non-negative least squares. Which of the peaks stand for
a process is not said by gamma but by the sum of arcs of :mod:`~ssb_model.data.validation.arcs`;
loops, which no gamma can show, are taken off first.
"""

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.data.validation.elements import Terms
from ssb_model.data.validation.kernel import in_band, kernel, over_modulus, time_constants
from ssb_model.data.validation.kramers_kronig import kramers_kronig
from ssb_model.data.validation.peaks import find_peaks
from ssb_model.data.validation.regularisation import choose_regularisation, solve
from ssb_model.data.validation.relaxation import Relaxation
from ssb_model.data.validation.resolved import resolve
from ssb_model.data.validation.spectrum import checked
from ssb_model.library import one_positive

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


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
    >>> len(found.processes), round(found.processes[0].resistance)
    (1, 100)
    """
    f, z, kept = checked(frequency, impedance, kept)
    order = np.flatnonzero(kept)[np.argsort(-f[kept])]
    f, z = f[order], z[order]
    omega, terms = 2 * np.pi * f, Terms(inductance, capacitance)
    test = kramers_kronig(f, z, inductance=inductance)
    resolved = resolve(omega, z, test.noise, tail=capacitance, loops=test.passes)
    tau = time_constants(omega)
    columns, unit = kernel(omega, z, tau, terms)
    rest = over_modulus((z - resolved.looped)[:, None], z)[:, 0]
    A = over_modulus(columns * unit, z)
    strength = _strength(regularisation, A, rest, terms.count)
    x = unit * solve(A, rest, terms.count, strength)
    gamma, series = x[terms.count :], dict(zip(terms.names, x, strict=False))
    return Relaxation(
        frequency=f,
        impedance=z,
        fitted=columns @ x + resolved.looped,
        noise=test.noise,
        tau=tau,
        gamma=gamma,
        resolved=resolved,
        peaks=find_peaks(tau, gamma, in_band(tau, omega), resolved.processes),
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
