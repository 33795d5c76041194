"""Impedance against PyBaMM's EISSimulation: 1e-6 at 60 frequencies, at rest."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from ssb_model import FullCell, SymmetricCell, cell_parameters

from .oracle import CURRENT, Pair

FREQUENCIES = np.logspace(-3, 7, 60)
BARE = {"buffer layer": "none", "interface growth": "none"}
CELLS = {
    "full coated": (FullCell, {}, "full", "zni2-0.5"),
    "full bare": (FullCell, BARE, "full", "bare"),
    "full constant phase": (FullCell, {"double layer": "constant phase"}, "full", "zni2-0.5"),
    "symmetric coated": (SymmetricCell, {}, "symmetric", "zni2-0.5"),
    "symmetric i2": (SymmetricCell, {}, "symmetric", "i2"),
    "symmetric bare": (SymmetricCell, BARE, "symmetric", "bare"),
    "symmetric constant phase": (
        SymmetricCell,
        {"double layer": "constant phase"},
        "symmetric",
        "zni2-0.5",
    ),
    "symmetric bare constant phase": (
        SymmetricCell,
        BARE | {"double layer": "constant phase"},
        "symmetric",
        "bare",
    ),
    "symmetric without permittivity": (
        SymmetricCell,
        {"garnet permittivity": "grain boundary"},
        "symmetric",
        "zni2-0.5",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_impedance_is_pybamms(name):
    make, options, cell, coating = CELLS[name]
    points = {"x_p": 8, "r_p": 8} if cell == "full" else None
    pair = Pair(make(options), cell_parameters(cell, coating=coating), (), points)
    z = pair.compiled.impedance(FREQUENCIES)
    np.testing.assert_allclose(z, pair.eis(FREQUENCIES), rtol=1e-6)


def test_impedance_on_the_default_mesh_is_pybamms(full_20x20):
    z = full_20x20.compiled.impedance(FREQUENCIES)
    np.testing.assert_allclose(z, full_20x20.eis(FREQUENCIES), rtol=1e-6)


def test_impedance_of_a_batch_is_pybamms_for_every_member(symmetric):
    thickness = np.array([0.6e-3, 0.85e-3, 1.2e-3])
    z = symmetric.compiled.impedance(FREQUENCIES, {"Garnet thickness [m]": thickness})
    oracle = [symmetric.eis(FREQUENCIES, {"Garnet thickness [m]": L}) for L in thickness]
    np.testing.assert_allclose(z, oracle, rtol=1e-6)


def test_bias_lowers_the_charge_transfer_resistance():
    """At a current density J, d(eta)/dJ = (RT/F j0)/sqrt(1 + (J/2 j0)^2) for each face."""
    values = cell_parameters(
        "symmetric", coating="bare", values={"Negative face contact fraction": 1}
    )
    compiled = Pair(SymmetricCell(BARE), values).compiled
    J, j0 = 500.0, 128.0
    inputs = {name: jnp.array([value]) for name, value in compiled.system.defaults.items()}
    current = inputs | {CURRENT: jnp.array([0.05])}
    y, t = jnp.zeros((compiled.system.states, 1)), jnp.zeros(1)
    residual = jax.jit(lambda y: compiled.system.f(t, y[:, None], current)[:, 0])
    slope = jax.jit(jax.jacfwd(residual))
    for _ in range(40):
        y = y - jnp.linalg.lstsq(slope(y[:, 0]), residual(y[:, 0]))[0][:, None]
    z = compiled.impedance([1e-3], state=np.asarray(y)[:, 0], current=0.05)[0].real
    at_rest = compiled.impedance([1e-3])[0].real
    charge_transfer = 2 * 8.314462618 * 298.15 / (96485.33212 * j0) / 1e-4
    expected = charge_transfer * (1 - 1 / np.hypot(1, J / (2 * j0)))
    np.testing.assert_allclose(at_rest - z, expected, rtol=1e-6)


@pytest.mark.parametrize("name", ["full", "symmetric"])
def test_derivative_of_the_impedance_is_its_central_difference(request, name):
    """jax.jvp through factorisation and consistent state, over the whole band."""
    pair = request.getfixturevalue(name)
    compiled, parameter = pair.compiled, "Negative face exchange-current density [A.m-2]"
    frequencies = jnp.asarray(FREQUENCIES)
    inputs = {key: jnp.array([value]) for key, value in compiled.system.defaults.items()}
    inputs[CURRENT] = jnp.array([0.0])
    spectrum = jax.jit(lambda j0: compiled.spectrum({**inputs, parameter: j0}, frequencies))
    j0, one, step = inputs[parameter], jnp.ones(1), 1e-3
    _, derivative = jax.jvp(spectrum, (j0,), (one,))
    ahead, behind = spectrum(j0 * (1 + step)), spectrum(j0 * (1 - step))
    difference = np.asarray((ahead - behind) / (2 * step * j0))
    np.testing.assert_allclose(derivative, difference, atol=1e-5 * np.abs(difference).max())
