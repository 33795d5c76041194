"""Other ways to the same numbers: closed forms, a Fourier-Bessel solve, a plain lattice."""

import numpy as np
from scipy.special import gamma, j0, jn_zeros, jv

from ssb_model.cells.face.contact import psi


def stripe_constriction(fraction, period, conductivity):
    """Constriction of perfect stripes on an infinitely deep garnet [Ohm.m2]."""
    return period / (np.pi * conductivity) * np.log(1 / np.sin(np.pi * fraction / 2))


def stripe_current(position, fraction, period):
    """Current density over its mean at perfect stripes; ``position`` from a stripe's middle."""
    edge, here = np.sin(np.pi * fraction / 2), np.sin(np.pi * position / period)
    return np.cos(np.pi * position / period) / np.sqrt(edge**2 - here**2)


def disc_constriction(fraction, cell_area, conductivity=1.0):
    """Constriction of a perfect disc in a circular cell of ``cell_area`` [m2], by psi [Ohm.m2]."""
    s, b = np.sqrt(fraction), np.sqrt(cell_area / np.pi)
    return np.pi * b / (4 * conductivity * s) * psi(s)


def psi_fourier_bessel(s, modes=40_000, functions=8):
    """psi(s) of a disc of radius s in a circular cell of radius 1.

    Galerkin's method with the currents (1 - r^2/s^2)^(p - 1/2), p = 0, 1, ..., whose Bessel
    transforms are Sonine's integrals, on the modes J0(lambda r), J1(lambda) = 0.
    """
    zeros = jn_zeros(1, modes)
    order = np.arange(functions)[:, None] + 0.5
    transforms = (
        s**2 * 2 ** (order - 1) * gamma(order) * jv(order, zeros * s) / (zeros * s) ** order
    )
    weights = 2 / (j0(zeros) ** 2 * zeros)
    system = (transforms * weights) @ transforms.T
    charges = s**2 / (2 * order[:, 0])
    mean = 2 * charges @ np.linalg.solve(system, charges)
    return 4 * s / (np.pi * mean)


def plain_lattice_constriction(fraction, pixels):
    """Constriction of perfect stripes [1/sigma, period 1] by finite volumes without edge care."""
    phase = 2 * np.pi * np.fft.fftfreq(pixels)
    wave = 2 * pixels * np.abs(np.sin(phase / 2))
    symbol = np.where(wave == 0, 0.0, 1 / np.where(wave == 0, 1, wave))
    response = np.fft.ifft(symbol).real
    touching = np.arange(round(fraction * pixels))
    spreading = response[touching[:, None] - touching[None, :]]
    return pixels / np.linalg.solve(spreading, np.ones(len(touching))).sum()


def observed_order(values):
    """Exponent of the pixels' width in the error, from three widths each half the last."""
    coarse, middle, fine = values
    return np.log2((coarse - middle) / (middle - fine))


def hexagonal(pixels, fraction):
    """Discs on a hexagonal lattice of spacing 1: contact and the period (1, sqrt 3)."""
    period = np.array([1.0, np.sqrt(3)])
    shape = (pixels, 2 * round(pixels * np.sqrt(3) / 2))
    x, y = ((np.arange(n) + 0.5) / n * p for n, p in zip(shape, period, strict=True))
    corner, middle = (
        _distance(x - at * period[0], period[0])[:, None] ** 2
        + _distance(y - at * period[1], period[1]) ** 2
        for at in (0, 0.5)
    )
    radius = np.sqrt(fraction * period.prod() / 2 / np.pi)
    return np.minimum(corner, middle) < radius**2, period


def _distance(x, period):
    return x - period * np.round(x / period)
