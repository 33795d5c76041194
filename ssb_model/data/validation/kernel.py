"""The relaxation integral on a grid: which time constants, and the impedance of each."""

import numpy as np
from jaxtyping import Bool, Complex, Float, Shaped

from ssb_model.data.validation.elements import Terms

A_DECADE = 15  # time constants: several within the narrowest arc, 1.14 decades wide in Z''
MARGIN = 10.0  # time constants reach this far beyond the measured band


def time_constants(omega: Float[np.ndarray, " frequencies"]) -> Float[np.ndarray, " constants"]:
    """Log-spaced time constants [s], rising, (K,)."""
    decades = np.log10(MARGIN**2 * omega.max() / omega.min())
    return np.geomspace(
        1 / (MARGIN * omega.max()), MARGIN / omega.min(), int(np.ceil(A_DECADE * decades)) + 1
    )


def in_band(
    tau: Float[np.ndarray, " constants"], omega: Float[np.ndarray, " frequencies"]
) -> Bool[np.ndarray, " constants"]:
    """Which time constants (K,) have 1/tau within the measured band."""
    return (tau * omega.max() >= 1) & (tau * omega.min() <= 1)


def kernel(
    omega: Float[np.ndarray, " frequencies"],
    z: Complex[np.ndarray, " frequencies"],
    tau: Float[np.ndarray, " constants"],
    terms: Terms,
) -> tuple[Complex[np.ndarray, "frequencies unknowns"], Float[np.ndarray, " unknowns"]]:
    """Impedances of the series terms and of gamma at 1, (F, terms + K), and their units.

    In these units (terms + K,) every unknown is of the order of 1, and neither gamma nor the
    strength of its regularisation depends on the size of Z.
    """
    columns = terms.columns(omega, tau)
    columns[:, terms.count :] *= np.log(tau[1] / tau[0])
    unit = np.full(columns.shape[1], np.median(np.abs(z)))
    unit[: terms.count] /= np.abs(columns[:, : terms.count]).max(axis=0)
    return columns, unit


def over_modulus(
    columns: Shaped[np.ndarray, "frequencies columns"], z: Complex[np.ndarray, " frequencies"]
) -> Float[np.ndarray, "parts columns"]:
    """Real parts above imaginary ones, (2F, ...), each row over its |Z|."""
    columns = columns / np.abs(z)[:, None]
    return np.vstack([np.real(columns), np.imag(columns)])
