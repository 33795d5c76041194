r"""Current density at a face that lithium touches in part: one symmetric linear system.

Each pixel of the face passes the current density :math:`i` [A.m-2] between lithium at the
potential :math:`V` [V] and the garnet's face at the potential :math:`S i` (:mod:`.lattice`),
through an area-specific impedance :math:`z` [Ohm.m2] of its own,

.. math::

    z i + S i = V.

It is the contact resistance where lithium touches, one over the admittance across a gap, and
infinite where the gap insulates. With the scale :math:`\rho` of a pixel's own spreading resistance
(pixels of width :math:`h`) and :math:`q` between 0 (insulated) and 1 (perfect contact), this is

.. math::

    \left[ 1 + \sqrt{q} \left( \frac{S}{\rho} - 1 \right) \sqrt{q} \right] u
    = \sqrt{q} \, \frac{V}{\rho}, \qquad i = \sqrt{q} \, u, \qquad
    q = \frac{1}{1 + z/\rho}, \qquad \rho = \frac{h}{4 \sigma}:

symmetric, positive definite where all is resistive, and regular for every impedance, from perfect
contact to insulation. It is solved by conjugate gradients with fast Fourier transforms; the
preconditioner is the inverse for uniform :math:`q`. Derivatives by conductivity, thickness, period,
resistance and admittance are implicit: one more solve each, never through the iterations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax.typing import ArrayLike
from jaxtyping import Bool, Float, Inexact

from ssb_model.field.conjugate_gradients import conjugate_gradients
from ssb_model.field.lattice import Map, Scalar, convolve, spreading


class FaceCurrent(NamedTuple):
    """What flows through the face at 1 V between lithium and counter electrode.

    All are area-specific over the whole face [Ohm.m2], and complex where a parameter is.
    ``residual`` is that of the linear system, relative: above 1e-8, do not use the rest.
    """

    current_density: Map  #: from lithium into garnet [A.m-2]
    total: Inexact[jax.Array, ""]  #: voltage over mean current density
    constriction: Inexact[jax.Array, ""]  #: ``total`` less the garnet's L/sigma less ``contact``
    contact: Inexact[jax.Array, ""]  #: of all pixels in parallel, 1/mean(1/z): r/theta for one r
    residual: Float[jax.Array, ""]


def face_current(
    contact: ArrayLike,
    period: ArrayLike,
    conductivity: Scalar,
    thickness: Scalar | None = None,
    contact_resistance: Scalar | Float[jax.Array, "*face"] = 0.0,
    gap_admittance: Scalar | None = None,
) -> FaceCurrent:
    """Solve the face: differentiable and batched by JAX's own transformations; checks no input.

    Parameters
    ----------
    contact
        True where lithium touches the garnet; (n,) in two dimensions or (n, m) in three.
    period
        Lengths of the periodic face [m], one or one a direction.
    conductivity
        Of the garnet, sigma or sigma + j omega eps [S/m].
    thickness
        Of the garnet above an equipotential counter electrode [m]; None for an infinitely deep
        one, from which the uniform drop is left out.
    contact_resistance
        Area-specific, of contact [Ohm.m2], one or one a pixel; 0 for perfect contact.
    gap_admittance
        Area-specific, of the gaps elsewhere, j omega eps0 / width [S/m2]; None insulates.
    """
    touching = jnp.asarray(contact)
    widths = pixel_widths(touching.shape, period)
    scale = jnp.min(widths) / (4 * conductivity)
    share = _coupling(touching, scale, contact_resistance, gap_admittance)
    halved = not jnp.iscomplexobj(share)
    symbol = 4 * spreading(touching.shape, widths, thickness, halved) / jnp.min(widths)
    current, residual = _solve(symbol, share, 1 / scale)
    total = 1 / jnp.mean(current)
    passing = _contact_part(touching, contact_resistance, gap_admittance)
    garnet = 0.0 if thickness is None else thickness / conductivity
    return FaceCurrent(current, total, total - garnet - passing, passing, residual)


def pixel_widths(shape: tuple[int, ...], period: ArrayLike) -> Float[jax.Array, " directions"]:
    """Width of a pixel in each direction [m]."""
    return jnp.broadcast_to(jnp.asarray(period, float), (len(shape),)) / jnp.array(shape)


def _coupling(
    contact: Bool[jax.Array, "*face"],
    scale: Inexact[jax.Array, ""],
    resistance: Scalar | Float[jax.Array, "*face"],
    gap_admittance: Scalar | None,
) -> Map:
    """sqrt(q) of each pixel, from 0 (insulated) to 1 (perfect contact)."""
    touching = jnp.sqrt(1 / (1 + resistance / scale))
    if gap_admittance is None:
        return jnp.where(contact, touching, 0.0)
    gap = jnp.sqrt(gap_admittance * scale / (1 + gap_admittance * scale))
    return jnp.where(contact, touching, gap)


def _solve(
    symbol: Inexact[jax.Array, "*modes"], share: Map, voltage: Inexact[jax.Array, ""]
) -> tuple[Map, Float[jax.Array, ""]]:
    """Current density and relative residual; ``voltage`` is in units of the scale rho."""
    excess = symbol - 1
    highest = share.ravel()[jnp.argmax(jnp.abs(share))] ** 2
    smooth = _without_zero(symbol) - 1
    inverse = smooth / (1 + highest * smooth)

    def matvec(u: Map) -> Map:
        return u + share * convolve(excess, share * u)

    def precondition(residual: Map) -> Map:
        return residual - share * convolve(inverse, share * residual)

    def solve(matvec: Callable[[Map], Map], right: Map) -> Map:
        return conjugate_gradients(matvec, right, precondition)

    right = share * voltage
    u = jax.lax.custom_linear_solve(matvec, right, solve, solve, symmetric=True)
    residual = jnp.linalg.norm((matvec(u) - right).ravel()) / jnp.linalg.norm(right.ravel())
    return share * u, jax.lax.stop_gradient(residual)


def _without_zero(symbol: Inexact[jax.Array, "*modes"]) -> Inexact[jax.Array, "*modes"]:
    """The symbol with an absent uniform mode replaced by twice the slowest other one."""
    return jnp.where(symbol == 0, 2 * jnp.max(symbol), symbol)


def _contact_part(
    contact: Bool[jax.Array, "*face"],
    resistance: Scalar | Float[jax.Array, "*face"],
    gap_admittance: Scalar | None,
) -> Inexact[jax.Array, ""]:
    """1/mean(1/z) over the face: what the contacts would have below an equipotential face."""
    theta = jnp.mean(contact, dtype=float)
    gaps = 0.0 if gap_admittance is None else (1 - theta) * gap_admittance
    if jnp.ndim(resistance) == 0:
        return resistance / (theta + resistance * gaps)
    perfect = jnp.any(contact & (resistance == 0))
    passing = jnp.where(contact & (resistance != 0), resistance, 1.0)
    conductance = jnp.mean(jnp.where(contact, 1 / passing, 0.0)) + gaps
    return jnp.where(perfect, 0.0, 1 / conductance)
