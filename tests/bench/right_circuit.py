"""The right circuit of a synthetic spectrum by SciPy: the form it was made of, drift included.

L-R-(RQ)-(RQ)-(RQ) for leads, bulk, grain boundaries and both faces, every number free from the
truth on. Each has a weak normal prior about it (5 nats, an exponent 2 on its logistic scale),
since arcs that lie beyond the band are not determined; of the drift, 1.7 %: that of a uniform 3 %.
"""

import numpy as np
from scipy.optimize import least_squares

LOW = 0.4  # of exponents
SIZES, EXPONENTS, DRIFT = slice(0, 8), slice(8, 11), 11
WIDTHS = np.array([*[5.0] * 8, *[2.0] * 3, 0.017])


def logistic(n):
    """Coordinate of an exponent."""
    return np.log((n - LOW) / (1 - n))


def impedance(x, f):
    """Of lead inductance and resistance, three arcs (resistance, time constant) and the drift."""
    L, leads, *arcs = np.exp(x[SIZES])
    jw = 2j * np.pi * f
    bulk, boundary, faces = (
        R / (1 + (jw * tau) ** (LOW + (1 - LOW) / (1 + np.exp(-n))))
        for R, tau, n in zip(arcs[::2], arcs[1::2], x[EXPONENTS], strict=True)
    )
    return jw * L + leads + bulk + boundary + faces * (1 + x[DRIFT] * along(f))


def along(f):
    """From -1/2 at the first point to 1/2 at the last."""
    return np.linspace(-0.5, 0.5, len(f))


def resistances(x, f):
    """Electrolyte with leads, and interface as its arc's top was measured [ohm]."""
    R = np.exp(x)
    place = np.interp(-x[7], np.log(2 * np.pi * f[::-1]), along(f)[::-1])
    return np.array([R[1] + R[2] + R[4], R[6] * (1 + x[DRIFT] * place)])


def by_scipy(f, z, noise, truth):
    """Both resistances [ohm] and their standard errors, from the true coordinates on."""

    def residuals(x):
        r = (impedance(x, f) - z) / np.abs(z) / noise
        return np.concatenate([r.real, r.imag, (x - truth) / WIDTHS])

    found = least_squares(residuals, truth, x_scale="jac", xtol=1e-10, ftol=1e-10)
    covariance = np.linalg.pinv(found.jac.T @ found.jac)
    steps = 1e-6 * np.eye(len(truth))
    slope = [(resistances(found.x + s, f) - resistances(found.x - s, f)) / 2e-6 for s in steps]
    errors = np.sqrt(np.einsum("pi,pq,qi->i", slope, covariance, slope))
    return resistances(found.x, f), errors
