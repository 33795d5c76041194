"""Impedance of a compiled model, from the same equations as its discharge curves.

Small signals around a state obey (i w M - J) x = df/dI and dV = (dV/dy) x + dV/dI, so that
Z = -dV/dI (current positive on discharge). One complex factorisation a frequency and member,
with the elimination order of the time domain.
"""

import jax
import jax.numpy as jnp

VOLTAGE = "Voltage [V]"
CURRENT = "Current function [A]"


def impedance(system, inputs, y, frequencies):
    """Impedance [Ohm] at state ``y``.

    Parameters
    ----------
    system : System
        Must have "Voltage [V]" among its outputs.
    inputs : dict of str to array (batch,)
        The bias current is the input "Current function [A]".
    y : array (states, batch)
    frequencies : array (frequencies,) in Hz

    Returns
    -------
    complex array (frequencies, batch)
    """
    count, batch = frequencies.shape[0], y.shape[1]
    t = jnp.zeros(batch)
    voltage = system.output_names.index(VOLTAGE)

    def response(I):
        port = {**inputs, CURRENT: I}
        return system.f(t, y, port), system.output_values(t, y, port)[voltage]

    ones = jnp.ones(batch)
    _, (f_by_current, v_by_current) = jax.jvp(response, (inputs[CURRENT],), (ones,))

    def repeat(x):
        return jnp.tile(x, (1,) * (x.ndim - 1) + (count,))

    shift = 2j * jnp.pi * jnp.repeat(frequencies, batch)
    jacobian = repeat(system.jacobian_values(t, y, inputs)).astype(complex)
    x = system.shifted_solver(jacobian, shift)(repeat(f_by_current).astype(complex))
    wide = {name: repeat(value) for name, value in inputs.items()}

    def v(y):
        return system.output_values(repeat(t), y, wide)[voltage]

    _, v_by_state = jax.linearize(v, repeat(y))
    z = -(v_by_state(x.real) + 1j * v_by_state(x.imag) + repeat(v_by_current))
    return z.reshape(count, batch)
