"""Impedance of a compiled model, from the same equations as its discharge curves.

Small signals around a state obey (i w M - J) x = 0 but for the last equation, which is made
the voltage's. The current, the last unknown, is eliminated last: what is left on the
diagonal then is Z = -dV/dI (current positive on discharge), and no system is solved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

from ssb_model.compiled.linear import factorise, solve_last
from ssb_model.compiled.protocols import SHARES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jaxtyping import Complex, Float

    from ssb_model.compiled.integration import System


def impedance(
    system: System,
    inputs: Mapping[str, Float[jax.Array, " batch"]],
    y: Float[jax.Array, "states batch"],
    frequencies: Float[jax.Array, " frequencies"],
) -> Complex[jax.Array, "frequencies batch"]:
    """Impedance [Ohm] at state ``y``.

    Parameters
    ----------
    system
        With a controlled current.
    inputs
        All inputs, those of the control included.
    y
        State.
    frequencies
        [Hz].
    """
    t = jnp.zeros(y.shape[1])
    by_voltage = {**inputs, **dict(zip(SHARES, (t + 1, t, t), strict=True))}
    if kernel := system.kernel(t.shape[0]):
        return kernel.last_pivot(t, y, by_voltage, frequencies)
    jacobian = system.jacobian_values(t, y, by_voltage)
    return _last_pivot(system)(jacobian, frequencies)


def _last_pivot(
    system: System,
) -> Callable[
    [Float[jax.Array, "entries batch"], Float[jax.Array, " frequencies"]],
    Complex[jax.Array, "frequencies batch"],
]:
    """Last pivot of i w M - J, complex (frequencies, batch), of J's entries (entries, batch)."""

    def matrix(
        jacobian: Float[jax.Array, "entries batch"], frequencies: Float[jax.Array, " frequencies"]
    ) -> Complex[jax.Array, "entries frequencies_times_batch"]:
        shift = jnp.repeat(2j * jnp.pi * frequencies, jacobian.shape[1])
        return system.shifted(jnp.tile(jacobian, (1, len(frequencies))), shift)

    @jax.custom_jvp
    def pivot(
        jacobian: Float[jax.Array, "entries batch"], frequencies: Float[jax.Array, " frequencies"]
    ) -> Complex[jax.Array, "frequencies batch"]:
        store = factorise(system.plan, matrix(jacobian, frequencies))
        return (1 / store[_last(system)]).reshape(len(frequencies), -1)

    @pivot.defjvp
    def pivot_jvp(
        primals: tuple[jax.Array, jax.Array], tangents: tuple[jax.Array, jax.Array]
    ) -> tuple[Complex[jax.Array, "frequencies batch"], Complex[jax.Array, "frequencies batch"]]:
        """dp = l' dA x, where A x = p e and l' A = p e' with last unit vector e."""
        store = factorise(system.plan, matrix(*primals))
        z = (1 / store[_last(system)]).reshape(len(primals[1]), -1)
        x, left = solve_last(system.plan, store)
        weight = (left[system.rows] * x[system.columns]).reshape(len(system.rows), *z.shape)
        return z, -jnp.sum(weight * tangents[0][:, None], axis=0)

    return pivot


def _last(system: System) -> int:
    """Where the last pivot's inverse lies in the store of a factorisation."""
    return system.plan.entries - system.plan.levels[-1].size
