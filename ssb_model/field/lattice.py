r"""The garnet below a periodic face as one number a Fourier mode.

Laplace's equation below the face is exact in depth, mode by mode: current of the wave number
:math:`k` [1/m] that enters a garnet of thickness :math:`L` [m] and conductivity :math:`\sigma`
[S.m-1], over a counter electrode at one potential, raises the face's potential [V] by

.. math::

    \nabla \cdot (\sigma \nabla \varphi) = 0: \qquad \varphi_k = S(k) \, i_k, \qquad
    S(k) = \frac{\tanh(k L)}{\sigma k}, \qquad S(0) = \frac{L}{\sigma},

and by :math:`1/(\sigma k)` in an infinitely deep garnet, whose uniform mode is left out. Along the
face :math:`k` is that of second-order finite volumes of width :math:`h`, in each direction

.. math::

    k_h = \frac{2}{h} \sin\frac{k h}{2}.

The current at the edge of a perfect contact is singular, and a plain lattice places that edge a
quarter of a pixel inside the contact. The reason is exact: its symbol factorises, and the
half-line problem has a solution on pixels n = 0, 1, ..., whose centres lie at n + 1/2,

.. math::

    \left| 1 - \mathrm{e}^{\mathrm{j} k h} \right|, \qquad
    \frac{\Gamma(n + 1/2)}{\Gamma(n + 1)} \approx (n + 1/4)^{-1/2}.

Reading the potential as the mean (3, 10, 3)/16 over a pixel and its two neighbours multiplies
:math:`S` by

.. math::

    1 - \tfrac{3}{4} \sin^2 \frac{k h}{2} = \frac{\left| 3 + \mathrm{e}^{\mathrm{j} k h} \right|^2}
    {16},

whose factor moves the edge outwards by just that quarter. The error of a perfect contact then
falls with the square of :math:`h` instead of :math:`h` (``tests/field/test_convergence.py``); that
of a smooth problem falls with the square either way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import jax
import jax.numpy as jnp
from jax.typing import ArrayLike
from jaxtyping import Float, Inexact

Map = Inexact[jax.Array, "*face"]
Scalar = float | complex | Inexact[jax.Array, ""]
#: what a user may give: a number, an array, or lists of numbers
Given = ArrayLike | Sequence[float] | Sequence[Sequence[float]]


def phases(shape: tuple[int, ...], halved: bool) -> list[Float[jax.Array, " ..."]]:
    """Phases k h of the modes, one broadcastable array a direction.

    ``halved``: only the modes that the transform of a real map keeps.
    """
    last = len(shape) - 1
    return [
        _along(2 * math.pi * _frequencies(n, halved and axis == last), axis, len(shape))
        for axis, n in enumerate(shape)
    ]


def _frequencies(n: int, halved: bool) -> Float[jax.Array, " modes"]:
    return jnp.fft.rfftfreq(n) if halved else jnp.fft.fftfreq(n)


def _along(
    values: Float[jax.Array, " modes"], axis: int, dimensions: int
) -> Float[jax.Array, " ..."]:
    return values.reshape([-1 if d == axis else 1 for d in range(dimensions)])


def wave_numbers(
    shape: tuple[int, ...], widths: Float[jax.Array, " directions"], halved: bool
) -> Float[jax.Array, "*modes"]:
    """Magnitude k_h [1/m] of the modes on pixels of ``widths`` [m]."""
    components = [
        2 / h * jnp.sin(phase / 2) for phase, h in zip(phases(shape, halved), widths, strict=True)
    ]
    squared = sum(k**2 for k in components)
    # The square root's slope is infinite at the uniform mode, whose wave number is 0 for any h.
    uniform = squared == 0
    return jnp.where(uniform, 0.0, jnp.sqrt(jnp.where(uniform, 1.0, squared)))


def pixel_mean(shape: tuple[int, ...], halved: bool) -> Float[jax.Array, "*modes"]:
    """Factor of the mean (3, 10, 3)/16 over neighbouring pixels, a product over directions."""
    factors = (1 - 0.75 * jnp.sin(phase / 2) ** 2 for phase in phases(shape, halved))
    return jnp.asarray(math.prod(factors))


def spreading(
    shape: tuple[int, ...],
    widths: Float[jax.Array, " directions"],
    thickness: Scalar | None,
    halved: bool,
) -> Inexact[jax.Array, "*modes"]:
    """sigma S(k) [m]: potential of the face a unit of current density, times the conductivity.

    ``thickness`` [m]: of the garnet; None for an infinitely deep one, without its uniform mode.
    """
    k = wave_numbers(shape, widths, halved)
    safe = jnp.where(k == 0, 1.0, k)
    if thickness is None:
        depth = jnp.where(k == 0, 0.0, 1 / safe)
    else:
        depth = jnp.where(k == 0, thickness, jnp.tanh(safe * thickness) / safe)
    return pixel_mean(shape, halved) * depth


def convolve(symbol: Inexact[jax.Array, "*modes"], values: Map) -> Map:
    """The map whose modes are ``symbol`` times those of ``values``; a real map stays real.

    ``symbol`` is on the halved modes where ``values`` is real.
    """
    if jnp.iscomplexobj(values):
        return jnp.fft.ifftn(symbol * jnp.fft.fftn(values))
    return jnp.fft.irfftn(symbol * jnp.fft.rfftn(values), s=values.shape)
