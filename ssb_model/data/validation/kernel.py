"""The relaxation integral on a grid: which time constants, and the impedance of each."""

import numpy as np

A_DECADE = 15  # time constants: several within the narrowest arc, 1.14 decades wide in Z''
MARGIN = 10.0  # time constants reach this far beyond the measured band


def time_constants(omega):
    """Log-spaced time constants [s], rising, (K,)."""
    decades = np.log10(MARGIN**2 * omega.max() / omega.min())
    return np.geomspace(
        1 / (MARGIN * omega.max()), MARGIN / omega.min(), int(np.ceil(A_DECADE * decades)) + 1
    )


def in_band(tau, omega):
    """Which time constants (K,) have 1/tau within the measured band."""
    return (tau * omega.max() >= 1) & (tau * omega.min() <= 1)


def kernel(omega, z, tau, terms):
    """Impedances of the series terms and of gamma at 1, (F, terms + K), and their units.

    In these units (terms + K,) every unknown is of the order of 1, and neither gamma nor the
    strength of its regularisation depends on the size of Z.
    """
    columns = terms.columns(omega, tau)
    columns[:, terms.count :] *= np.log(tau[1] / tau[0])
    unit = np.full(columns.shape[1], np.median(np.abs(z)))
    unit[: terms.count] /= np.abs(columns[:, : terms.count]).max(axis=0)
    return columns, unit


def over_modulus(columns, z):
    """Real parts above imaginary ones, (2F, ...), each row over its |Z|."""
    columns = columns / np.abs(z)[:, None]
    return np.vstack([columns.real, columns.imag])
