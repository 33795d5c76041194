"""A circuit's reading of a computed spectrum, and its derivatives."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model.circuits import fit_circuits, parse_circuit, read_resistances

jax.config.update("jax_enable_x64", True)
F = np.geomspace(7e6, 0.1, 80)  # Hz
CIRCUIT = parse_circuit("L-R-(RQ)-(RQ)")


def _arcs(theta):
    """Two sharp arcs and a Warburg-like shoulder that no such circuit has; (frequencies, batch)."""
    jw = 2j * jnp.pi * F[:, None]
    fast, slow, wide = (theta[k] for k in range(3))
    z = 40 + fast / (1 + (jw * 2e-7) ** 0.9) + slow / (1 + (jw * 3e-4) ** 0.8)
    return z + wide / (1 + jw * 2e-3) + 1e-7 * jw


def _read(theta):
    return read_resistances(CIRCUIT, F, _arcs(theta))


def test_what_is_such_a_circuit_is_read_as_it_is():
    theta = jnp.array([[60.0, 5.0], [900.0, 30.0], [0.0, 0.0]])
    np.testing.assert_allclose(_read(theta)[1:], theta[:2], rtol=2e-3)


def test_what_is_not_is_read_as_the_fit_of_a_measured_spectrum_reads_it():
    theta = jnp.array([[60.0], [900.0], [150.0]])
    z = np.asarray(_arcs(theta))[:, 0]
    fit = fit_circuits([(F, z)], CIRCUIT.text, drift=0)[0]
    np.testing.assert_allclose(_read(theta)[2, 0], fit["R2"].value, rtol=0.02)


@pytest.mark.parametrize("wide", [0.0, 20.0, 300.0])
def test_derivatives_are_those_of_the_reading_itself(wide):
    theta, step = jnp.array([[60.0], [900.0], [wide]]), 1e-3
    for k in range(3):
        unit = jnp.zeros((3, 1)).at[k, 0].set(1.0)
        _, slope = jax.jvp(_read, (theta,), (unit,))
        differences = (_read(theta + step * unit) - _read(theta - step * unit)) / (2 * step)
        np.testing.assert_allclose(slope, differences, rtol=1e-4, atol=1e-5)


def test_a_spectrum_that_is_none_reads_as_no_number_beside_one_that_is():
    theta = jnp.array([[60.0, 60.0], [900.0, np.nan], [0.0, 0.0]])
    read = np.asarray(jax.jit(_read)(theta))
    assert np.isfinite(read[:, 0]).all()
    assert np.isnan(read[:, 1]).all()
