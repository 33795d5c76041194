"""Impedance of a compiled model, from the same equations as its discharge curves.

Small signals around a state obey (i w M - J) x = 0 but for the last equation, which is made
the voltage's. The current, the last unknown, is eliminated last: what is left on the
diagonal then is Z = -dV/dI (current positive on discharge), and no system is solved.
"""

import jax
import jax.numpy as jnp

from ssb_model.compiled.linear import factorise, solve_last
from ssb_model.compiled.protocols import SHARES


def impedance(system, inputs, y, frequencies):
    """Impedance [Ohm] at state ``y``.

    Parameters
    ----------
    system : System
        With a controlled current.
    inputs : dict of str to array (batch,)
        All inputs, those of the control included.
    y : array (states, batch)
    frequencies : array (frequencies,) in Hz

    Returns
    -------
    complex array (frequencies, batch)
    """
    t = jnp.zeros(y.shape[1])
    by_voltage = {**inputs, **dict(zip(SHARES, (t + 1, t, t), strict=True))}
    if system.kernel:
        return system.kernel.last_pivot(t, y, by_voltage, frequencies)
    jacobian = system.jacobian_values(t, y, by_voltage)
    return _last_pivot(system)(jacobian, frequencies)


def _last_pivot(system):
    """Last pivot of i w M - J, complex (frequencies, batch), of J's entries (entries, batch)."""

    def matrix(jacobian, frequencies):
        shift = jnp.repeat(2j * jnp.pi * frequencies, jacobian.shape[1])
        return system.shifted(jnp.tile(jacobian, (1, len(frequencies))), shift)

    @jax.custom_jvp
    def pivot(jacobian, frequencies):
        store = factorise(system.plan, matrix(jacobian, frequencies))
        return (1 / store[_last(system)]).reshape(len(frequencies), -1)

    @pivot.defjvp
    def pivot_jvp(primals, tangents):
        """dp = l' dA x, where A x = p e and l' A = p e' with last unit vector e."""
        store = factorise(system.plan, matrix(*primals))
        z = (1 / store[_last(system)]).reshape(len(primals[1]), -1)
        x, left = solve_last(system.plan, store)
        weight = (left[system.rows] * x[system.columns]).reshape(len(system.rows), *z.shape)
        return z, -jnp.sum(weight * tangents[0][:, None], axis=0)

    return pivot


def _last(system):
    """Where the last pivot's inverse lies in the store of a factorisation."""
    return system.plan.entries - system.plan.levels[-1].size
