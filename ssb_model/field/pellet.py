r"""Constriction below contact spots in a pellet of finite thickness.

Each face has one disc of radius :math:`a` [m], held at one potential, in every circular cell of
radius :math:`b` [m]: :math:`s = a/b`, contact fraction :math:`\theta = s^2`. The discs of the two
faces lie opposite each other, so that the mid-plane is at one potential and each face has half the
pellet's thickness, :math:`t = L/2`, :math:`\tau = t/b`. The resistance beyond that of the garnet
itself is, per area of one face,

.. math::

    R_c = \frac{b}{\sigma} f(s, \tau).

The flux through the disc is a sum of trial fluxes over the radius :math:`r`, k = 0, 1, ...; the
sum that makes the least heat is the one that leaves the disc at one potential, and

.. math::

    \left( 1 - \frac{r^2}{a^2} \right)^{k - 1/2}: \qquad
    f = \frac{1}{w M^{-1} w}, \qquad
    M_{kl} = \sum_n \frac{\tanh(\delta_n \tau) \, g_k(\delta_n s) \, g_l(\delta_n s)}
    {\delta_n J_0(\delta_n)^2},

.. math::

    g_k(x) = (2k - 1)!! \, \frac{j_k(x)}{x^k}, \qquad w_k = g_k(0) = \frac{1}{2k + 1}, \qquad
    J_1(\delta_n) = 0.

Limits are the half-space formula of :mod:`ssb_model.cells.face.contact` in a thick pellet and the
straight current tube in a thin one,

.. math::

    f \to \frac{\pi}{4 s} \psi(s) \quad (\tau \gg 1), \qquad
    f \to \tau \left( \frac{1}{s^2} - 1 \right) \quad (\tau \ll s).

For s from 0.03 to 1 and from a half thickness of 0.025 cell radii on, it is good to 2e-4 of
:math:`f` up to s = 0.5, and to 5e-5 of :math:`b/\sigma` beyond, where :math:`f` goes to zero.
Derived here; ``tests/field`` compares it with both limits and with finite volumes.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.library import namespace

if TYPE_CHECKING:
    import jax

    Array = np.ndarray | jax.Array
    Numbers = float | Float[Array, " ..."]

MODES = 300
TRIAL_FLUXES = 5
SERIES_TERMS = 12
SERIES_BELOW = 2.0  # the recurrence loses digits as x falls, the power series as x rises
FIRST_MODES = 24  # x of the others is above that wherever s is 0.03 or more


def pellet_constriction(
    contact_fraction: Numbers, radius_ratio: Numbers, garnet_resistance: Numbers
) -> Float[Array, " ..."]:
    """Constriction resistance of one face [Ohm.m2]; shapes broadcast.

    Parameters
    ----------
    contact_fraction
        theta, between 1e-3 and 1.
    radius_ratio
        Radius of a spot's cell over the pellet's thickness b/L, up to 20.
    garnet_resistance
        L/sigma [Ohm.m2].
    """
    s, tau = contact_fraction**0.5, 1 / (2 * radius_ratio)
    # At full contact the truncated sum leaves about 5e-5 where there is no constriction.
    f = constriction_factor(s, tau) - contact_fraction * constriction_factor(1.0, tau)
    return garnet_resistance * radius_ratio * f


def constriction_factor(s: Numbers, tau: Numbers) -> Float[Array, " ..."]:
    """f(s, tau), shapes broadcast; 0.03 <= s <= 1 and tau >= 0.025."""
    xp = namespace(s, tau)
    s, tau = xp.asarray(s)[..., None], xp.asarray(tau)[..., None]
    delta, norm = _modes()
    g = _transforms(delta * s, xp)
    M = (g * (xp.tanh(delta * tau) * norm)[..., None, :]) @ xp.swapaxes(g, -1, -2)
    # Beyond the last mode sin^2 averages to 1/2 in the first trial flux; the others have faded.
    tail = 1 / (4 * s**2 * delta[-1])
    first = np.zeros((TRIAL_FLUXES, TRIAL_FLUXES))
    first[0, 0] = 1.0
    w = 1 / (2 * np.arange(TRIAL_FLUXES) + 1)
    inverse = xp.linalg.solve(M + tail[..., None] * first, w[:, None])
    return 1 / (w @ inverse)[..., 0]


@cache
def _modes() -> tuple[Float[np.ndarray, " modes"], Float[np.ndarray, " modes"]]:
    """Zeros of J_1 and the weights 1/(delta J_0(delta)^2)."""
    from scipy.special import j0, jn_zeros

    delta = jn_zeros(1, MODES)
    return delta, 1 / (delta * j0(delta) ** 2)


def _transforms(
    x: Float[Array, "*shape modes"], xp: ModuleType
) -> Float[Array, "*shape trial_fluxes modes"]:
    """g_0 ... g_(K-1), in front of the modes: by power series for small x, else by recurrence."""
    previous, current = -xp.cos(x), xp.sin(x) / x
    transforms = []
    for odd in 2 * np.arange(TRIAL_FLUXES) + 1:
        transforms.append(current)
        previous, current = current, (odd**2 * current - odd * (odd - 2) * previous) / x**2
    first, rest = x[..., :FIRST_MODES], xp.stack(transforms, axis=-2)
    small = (first < SERIES_BELOW)[..., None, :]
    low = xp.where(small, _power_series(first[..., None, :]), rest[..., :FIRST_MODES])
    return xp.concatenate([low, rest[..., FIRST_MODES:]], axis=-1)


def _power_series(
    x: Float[Array, "*shape 1 modes"],
) -> Float[Array, "*shape trial_fluxes modes"]:
    """g_k(x) = sum_m c_km x^(2m), by Horner's scheme."""
    total = 0 * x
    for column in _coefficients().T[::-1]:
        total = total * x**2 + column[:, None]
    return total


@cache
def _coefficients() -> Float[np.ndarray, "trial_fluxes terms"]:
    """c_km = (-1/2)^m / (m! (2k+1)(2k+3)...(2k+2m+1))."""
    k, m = np.arange(TRIAL_FLUXES)[:, None], np.arange(1, SERIES_TERMS)
    ratios = -1 / (2 * m * (2 * k + 2 * m + 1))
    return np.cumprod(np.hstack([1 / (2 * k + 1), ratios]), axis=1)
