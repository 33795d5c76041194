"""The Jacobian's own program against jax.jacfwd of the right-hand side."""

import numpy as np
import pybamm
import pytest

from ssb_model import SymmetricCell, cell_parameters

from .oracle import CURRENT, Pair

BARE = {"buffer layer": "none", "interface growth": "none"}


@pytest.fixture(scope="module")
def bare():
    return Pair(SymmetricCell(BARE), cell_parameters("symmetric", coating="bare"))


@pytest.fixture(scope="module")
def constant_phase():
    values = cell_parameters("symmetric")
    return Pair(SymmetricCell({"double layer": "constant phase"}), values)


@pytest.fixture(scope="module")
def doyle_fuller_newman():
    points = {"x_n": 4, "x_s": 4, "x_p": 4, "r_n": 5, "r_p": 5}
    values = pybamm.ParameterValues("Marquis2019")
    return Pair(pybamm.lithium_ion.DFN(), values, (), points)


@pytest.mark.parametrize(
    "name", ["full", "symmetric", "bare", "constant_phase", "doyle_fuller_newman"]
)
def test_sparse_jacobian_is_the_dense_one(jax_x64, request, name):
    """At a random state near the initial one, every entry to 1e-10 of its row's largest."""
    jnp, system = jax_x64.numpy, request.getfixturevalue(name).compiled.system
    inputs = {key: jnp.array([value]) for key, value in system.defaults.items()}
    inputs[CURRENT] = jnp.array([3e-4])
    start = np.asarray(system.initial_state(inputs))[:, 0]
    noise = np.random.default_rng(7).uniform(0.5, 1, start.size)
    y = jnp.asarray(np.where(start == 0, 1e-2, 1e-2 * start) * noise + start)
    t = jnp.array([12.0])
    dense = jax_x64.jit(jax_x64.jacfwd(lambda y: system.f(t, y[:, None], inputs)[:, 0]))(y)
    sparse = np.zeros(dense.shape)
    values = jax_x64.jit(lambda y: system.jacobian_values(t, y[:, None], inputs)[:, 0])(y)
    sparse[system.rows, system.columns] = values
    scale = np.maximum(np.abs(dense).max(axis=1, keepdims=True), 1e-300)
    assert np.isfinite(sparse).all()
    np.testing.assert_allclose(sparse / scale, dense / scale, rtol=1e-10, atol=1e-10)
