"""Noise of ln J: Student's law of four degrees of freedom, as normals of unlike variance.

A Student variate is a normal one whose precision is drawn of a Gamma law. Gauss-Laguerre points in
the precision make it a sum of a few normals,

    p(e) = sum_k w_k N(e; 0, s^2 q_k),

to which the normal spreads of lab, garnet and interface are added in closed form, density and
probability alike. Four degrees of freedom are assumed: a cell in a hundred lies beyond 3.7 scales,
and sixty cells cannot say more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import roots_genlaguerre

FREEDOM = 4
POINTS = 5
_x, _w = roots_genlaguerre(POINTS, FREEDOM / 2 - 1)
WEIGHTS = _w / _w.sum()
#: variances of the normals, in squares of the scale
VARIANCES = FREEDOM / 2 / _x
LN_2PI = float(np.log(2 * np.pi))


def log_density(residual: Any, normal_variance: Any, scale: Any, xp: Any) -> Any:
    """ln p of residuals, whose noise has a ``scale`` beside a ``normal_variance``; they broadcast.

    ``xp`` is the module of the arguments, :mod:`numpy` or :mod:`jax.numpy`.
    """
    variance = _variances(normal_variance, scale, xp)
    each = -0.5 * (residual[..., None] ** 2 / variance + xp.log(variance) + LN_2PI)
    top = each.max(axis=-1, keepdims=True)
    return top[..., 0] + xp.log((WEIGHTS * xp.exp(each - top)).sum(axis=-1))


def probability_below(residual: Any, normal_variance: Any, scale: Any, xp: Any, erfc: Any) -> Any:
    """Probability below residuals; ``erfc`` is that of ``xp``'s kind."""
    z = residual[..., None] / xp.sqrt(_variances(normal_variance, scale, xp))
    return (WEIGHTS * 0.5 * erfc(-z / np.sqrt(2))).sum(axis=-1)


def _variances(normal_variance: Any, scale: Any, xp: Any) -> Any:
    return xp.asarray(normal_variance)[..., None] + xp.asarray(scale)[..., None] ** 2 * VARIANCES
