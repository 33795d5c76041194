r"""Current at the rim of a contact disc with a resistance: an axisymmetric solution.

A disc of radius :math:`a` in a circular cell of radius :math:`b` on an infinitely deep garnet of
conductivity :math:`\sigma`, with the area-specific resistance :math:`r` under it. The current
density :math:`i(\varrho)` enters through the disc alone,

.. math::

    r \, i(\varrho) + \varphi(\varrho) = V \quad (\varrho < a), \qquad
    \varphi(\varrho) = \sum_n \frac{b}{\sigma \delta_n} \, i_n \, J_0(\delta_n \varrho/b), \qquad
    J_1(\delta_n) = 0,

with the Hankel-Dini modes :math:`i_n` of the current. On rings that narrow towards the rim this is
one small dense system. With a uniform current the potential differs between the disc's mean and
its rim by :math:`(8/3\pi - 2/\pi) \, i a/\sigma` (a disc far from others), hence for small
:math:`t = a/(\sigma r)` the rim has, over the disc's mean,

.. math::

    E \to 1 + \left( \frac{8}{3\pi} - \frac{2}{\pi} \right) t = 1 + 0.2122 \, t.

Derived here; ``tests/critical_current/test_hot_spot.py`` compares it with that limit and with the
pixels of :mod:`ssb_model.field`.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from jaxtyping import Float
from scipy.special import j0, j1, jn_zeros

RINGS, MODES = 100, 12000


def rim_factor(contact_fraction: float, resistance: float) -> float:
    """E, the current density at the rim over the disc's mean.

    Parameters
    ----------
    contact_fraction
        theta = (a/b)^2, above 0, up to 1.
    resistance
        sigma r/a.
    """
    edges, potential = _potential(float(contact_fraction))
    current = np.linalg.solve(potential + resistance * np.eye(RINGS), np.ones(RINGS))
    return float(_at_rim(edges, current) / (np.diff(edges**2) @ current))


@lru_cache(maxsize=1)
def _potential(
    contact_fraction: float,
) -> tuple[Float[np.ndarray, " edges"], Float[np.ndarray, "rings rings"]]:
    """Edges of the rings in disc radii, and the mean potential of each ring by the currents."""
    edges = np.sin(np.linspace(0, np.pi / 2, RINGS + 1))
    delta, norm = _modes()
    k = delta[:, None] * np.sqrt(contact_fraction)  # of the modes, times the disc's radius
    of_rings = np.diff(edges * j1(k * edges) / k, axis=1)  # integrals of J_0 over each
    weight = 4 * contact_fraction * norm / k[:, 0]
    return edges, (of_rings.T * weight) @ of_rings / np.diff(edges**2)[:, None]


def _at_rim(edges: Float[np.ndarray, " n"], current: Float[np.ndarray, " rings"]) -> float:
    """The parabola through the last three rings' middles, at the rim."""
    middles = (edges[1:] + edges[:-1])[-3:] / 2
    return float(np.polyval(np.polyfit(middles - 1, current[-3:], 2), 0.0))


@cache
def _modes() -> tuple[Float[np.ndarray, " modes"], Float[np.ndarray, " modes"]]:
    """Zeros of J_1 and 1/J_0^2 there; asymptotic zeros beyond the first hundred."""
    n = np.arange(1, MODES + 1)
    x = (n + 0.25) * np.pi
    delta = x - 3 / (8 * x) + 3 / (128 * x**3)
    delta[:100] = jn_zeros(1, 100)
    return delta, 1 / j0(delta) ** 2
