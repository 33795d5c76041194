r"""Potential and current below the face, from the current density that enters it.

A mode of wave number :math:`k` [1/m] that enters with :math:`i_k` [A.m-2] has, at the depth
:math:`z` [m] of a garnet of thickness :math:`L`, the potential and the downward current density

.. math::

    \varphi_k(z) = i_k \frac{\sinh[k (L - z)]}{\sigma k \cosh(k L)}, \qquad
    i_k(z) = i_k \frac{\cosh[k (L - z)]}{\cosh(k L)}.

In an infinitely deep garnet both fall as :math:`\mathrm{e}^{-k z}`. The uniform mode keeps its
current at every depth, so the total current is conserved to rounding. The potential is read as the
face's is, as a mean over neighbouring pixels (:mod:`.lattice`); currents are not averaged.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.typing import ArrayLike
from jaxtyping import Float

from ssb_model.field.face import pixel_widths
from ssb_model.field.lattice import Map, Scalar, convolve, phases, pixel_mean, wave_numbers


class VerticalCut(NamedTuple):
    """A cut through the garnet, straight down from one line of pixels."""

    position: Float[np.ndarray, " n"]  #: of the pixels along the line [m]
    depth: Float[np.ndarray, " depths"]  #: below the face [m]
    potential: Float[np.ndarray, "depths n"]  #: against the counter electrode [V]
    along: Float[np.ndarray, "depths n"]  #: current density along the line [A.m-2]
    down: Float[np.ndarray, "depths n"]  #: current density away from the lithium [A.m-2]


@jax.jit
def potential_at(
    current: Map,
    depth: Scalar,
    period: ArrayLike,
    conductivity: Scalar,
    thickness: Scalar | None = None,
) -> Map:
    """Potential [V] at ``depth`` [m] below a face that passes ``current`` [A.m-2]."""
    symbol = _potential_symbol(current, depth, period, thickness) / conductivity
    return convolve(symbol * pixel_mean(current.shape, halved=_real(current)), current)


@jax.jit
def current_at(
    current: Map,
    depth: Scalar,
    period: ArrayLike,
    conductivity: Scalar,
    thickness: Scalar | None = None,
) -> tuple[Map, ...]:
    """Current density [A.m-2] at ``depth`` [m]: one map a direction of the face, then downwards."""
    widths = pixel_widths(current.shape, period)
    symbol = _potential_symbol(current, depth, period, thickness)
    along = [
        convolve(-1j * jnp.sin(phase) / h * symbol, current)
        for phase, h in zip(phases(current.shape, _real(current)), widths, strict=True)
    ]
    k = wave_numbers(current.shape, widths, _real(current))
    return (*along, convolve(_remaining(k, depth, thickness, sign=1), current))


@partial(jax.jit, static_argnames=("line",))
def cut(
    current: Float[jax.Array, "*face"],
    depths: Float[jax.Array, " depths"],
    period: ArrayLike,
    conductivity: Scalar,
    thickness: Scalar | None,
    line: int | None,
) -> tuple[Float[jax.Array, "depths n"], ...]:
    """Potential, current along the first direction and downwards, each (depths, n).

    ``line`` indexes the second direction of a face; it is None on a line of pixels.
    """

    def at(depth: Float[jax.Array, ""]) -> tuple[Float[jax.Array, " n"], ...]:
        potential = potential_at(current, depth, period, conductivity, thickness)
        flows = current_at(current, depth, period, conductivity, thickness)
        maps = (potential, flows[0], flows[-1])
        return maps if line is None else tuple(values[:, line] for values in maps)

    return jax.lax.map(at, depths)


def _potential_symbol(
    current: Map, depth: Scalar, period: ArrayLike, thickness: Scalar | None
) -> Map:
    """sigma phi_k(z) / i_k [m]; the uniform mode falls linearly."""
    k = wave_numbers(current.shape, pixel_widths(current.shape, period), _real(current))
    safe = jnp.where(k == 0, 1.0, k)
    uniform = 0.0 if thickness is None else thickness - depth
    return jnp.where(k == 0, uniform, _remaining(safe, depth, thickness, sign=-1) / safe)


def _remaining(k: Map, depth: Scalar, thickness: Scalar | None, sign: int) -> Map:
    """cosh[k (L - z)]/cosh(k L) for sign 1, sinh[k (L - z)]/cosh(k L) for sign -1.

    In decaying exponentials, which cannot overflow.
    """
    if thickness is None:
        return jnp.exp(-k * depth)
    reflected = 1 + sign * jnp.exp(-2 * k * (thickness - depth))
    return jnp.exp(-k * depth) * reflected / (1 + jnp.exp(-2 * k * thickness))


def _real(current: Map) -> bool:
    return not jnp.iscomplexobj(current)
