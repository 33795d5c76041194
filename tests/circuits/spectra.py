"""Spectra of known truth, made like those of a bench, and the right circuit by SciPy."""

import numpy as np
from scipy.optimize import least_squares

LEADS = 1.2  # ohm, with 0.5 uH
BULK, BOUNDARY = 150.0, 50.0  # ohm


def bench(rng, points=60, drift=0.03, noise=0.01, boundary=BOUNDARY):
    """Frequency, impedance, and the interface resistance as the sweep begins [Ohm]."""
    f = np.geomspace(7e6, 0.1, points)
    jw = 2j * np.pi * f
    resistance = 900 * np.exp(0.5 * rng.normal())
    z = LEADS + 0.5e-6 * jw
    z += BULK / (1 + jw * BULK * 8e-11) + boundary / (1 + (jw * BOUNDARY * 2e-9) ** 0.9)
    moved = resistance * (1 + drift * np.linspace(0, 1, points))
    z += moved / (1 + (jw * resistance * 1e-6) ** 0.85)
    return f, noisy(rng, z, noise), resistance


def noisy(rng, z, noise):
    """Normal noise, a share of the modulus, on both parts."""
    return z * (1 + noise * (rng.normal(size=len(z)) + 1j * rng.normal(size=len(z))))


def one_arc(f, R0, R1, tau, n):
    """R-(RQ) in closed form."""
    return R0 + R1 / (1 + (2j * np.pi * f * tau) ** n)


def two_arcs(f, L, R0, R1, tau1, n1, R2, tau2, n2):
    """L-R-(RQ)-(RQ) in closed form."""
    leads = 2j * np.pi * f * L
    return leads + one_arc(f, R0, R1, tau1, n1) + one_arc(f, 0.0, R2, tau2, n2)


def by_scipy(f, z, function, first):
    """Values and standard errors of logarithms by an independent minimiser; errors are NaN where
    its Jacobian is singular."""

    def residuals(logs):
        r = (function(f, *np.exp(logs)) - z) / np.abs(z)
        return np.concatenate([r.real, r.imag])

    found = least_squares(residuals, np.log(first), x_scale="jac", xtol=1e-12, ftol=1e-12)
    variance = 2 * found.cost / (2 * len(f) - len(first))
    try:
        covariance = np.linalg.inv(found.jac.T @ found.jac) * variance
    except np.linalg.LinAlgError:
        covariance = np.full((len(first), len(first)), np.nan)
    return np.exp(found.x), np.sqrt(np.diag(covariance))
