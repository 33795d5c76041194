"""Impedance under current: closed forms, an independent linearisation, and states that are none."""

import jax
import jax.numpy as jnp
import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.cells import constriction_resistance
from ssb_model.compiled import CURRENT
from ssb_model.measurements import OUTPUTS, UnderCurrent, measure, spectrum_under_current

R_GAS, FARADAY, T = 8.314462618, 96485.33212, 298.15
EXCHANGE = "Negative face exchange-current density [A.m-2]"
RATE = "Lithium creep reference rate [s-1]"
CONSTANT = "Lithium vacancy transition constant [A.m-2.s0.5]"
THETA, SPACING, AREA, HOUR = 0.3, 1e-5, 1e-4, 3600.0
VALUES = {"Negative face contact fraction": THETA, "Negative face contact spacing [m]": SPACING}
FREQUENCIES = np.logspace(6, -2, 17)
BARE = {"buffer layer": "none", "garnet permittivity": "none", "contact gap": "none"}


def values_of(**more):
    return ssb_model.cell_parameters("symmetric", coating="bare", values=VALUES | more)


@pytest.fixture(scope="module")
def bare():
    model = ssb_model.SymmetricCell(BARE)
    outputs = OUTPUTS["symmetric"]
    return ssb_model.compile(model, values_of(), inputs=[EXCHANGE], outputs=outputs)


def measured(cell, inputs, duration=HOUR, sweep=1e3, f=FREQUENCIES):
    members = len(inputs[CURRENT])
    times = {"duration": np.full(members, duration), "sweep": np.full(members, sweep)}
    return measure(spectrum_under_current, cell, inputs, times, frequencies=f)


def transfer(j0, J):
    """R_ct of one face at a current density [Ohm.m2]."""
    return 2 * R_GAS * T / (FARADAY * THETA) / np.hypot(2 * j0, J / THETA)


def test_charge_transfer_falls_with_the_current_and_nothing_else_does(bare):
    """At every frequency: two faces of R_ct(J) beside C_dl, and resistances."""
    I, j0 = np.array([1e-7, 1e-4, 1e-3, 5e-3]), 3.0
    found = measured(bare, {CURRENT: I, EXCHANGE: j0})
    values = values_of()
    sigma, C = (
        values[name]
        for name in ("Garnet conductivity [S.m-1]", "Negative face double-layer capacity [F.m-2]")
    )
    at_once = values["Garnet thickness [m]"] / sigma + 2 * constriction_resistance(
        THETA, SPACING, sigma
    )
    R = transfer(j0, I / AREA)
    w = 2j * np.pi * FREQUENCIES[:, None]
    expected = at_once + 2 * R / (1 + w * R * C * THETA)
    assert R[0] / R[-1] > 5
    np.testing.assert_allclose(found.impedance * AREA, expected, rtol=1e-6)
    assert found.status == ("steady",) * 4


def test_without_current_it_is_the_spectrum_at_rest(bare):
    found = measured(bare, {CURRENT: np.zeros(1), EXCHANGE: np.full(1, 3.0)})
    at_rest = bare.impedance(FREQUENCIES, {EXCHANGE: 3.0})
    np.testing.assert_allclose(found.impedance[:, 0], at_rest, rtol=1e-9)


def test_both_directions_of_the_current_are_one_cell(bare):
    found = measured(bare, {CURRENT: np.array([2e-3, -2e-3]), EXCHANGE: 3.0}).impedance
    np.testing.assert_allclose(found[:, 0], found[:, 1], rtol=1e-9)


def linearised(model, values, current, duration, frequencies):
    """Z [Ohm] of PyBaMM's own model about the state that IDAKLU reaches, by differences."""
    values = values.copy()
    values["Current function [A]"] = "[input]"
    simulation = pybamm.Simulation(
        model, parameter_values=values, solver=pybamm.IDAKLUSolver(rtol=1e-10, atol=1e-12)
    )
    inputs = {"Current function [A]": current}
    solution = simulation.solve([0, duration], inputs=inputs)
    built, y0 = simulation.built_model, solution.y[:, -1]
    V = built.get_processed_variable("Voltage [V]")

    def all_of(y, I):
        given = {"t": 0.0, "y": y[:, None], "inputs": {"Current function [A]": I}}
        return np.append(built.concatenated_rhs.evaluate(**given), V.evaluate(**given))

    def difference(direction, dI):
        up, down = (all_of(y0 + s * direction, current + s * dI) for s in (1, -1))
        return (up - down) / 2

    steps = 1e-6 * np.maximum(np.abs(y0), 1e-3)
    J, n = np.column_stack([difference(d, 0) for d in np.diag(steps)]) / steps, len(y0)
    by_current = difference(np.zeros_like(y0), 1e-8) / 1e-8
    x = [np.linalg.solve(2j * np.pi * f * np.eye(n) - J[:n], by_current[:n]) for f in frequencies]
    return np.array([-(J[n] @ one + by_current[n]) for one in x])


def test_it_is_pybamms_model_linearised_about_the_state_under_current():
    """With a layer, a growing film, and vacancies that creep keeps steady."""
    options = {"contact loss": "vacancies", "double layer": "capacitor"}
    values = ssb_model.cell_parameters("symmetric", values={RATE: 1.0, CONSTANT: 500.0})
    f = np.array([1e5, 1e3, 1e1, 1e-1, 1e-3])
    cell = ssb_model.compile(
        ssb_model.SymmetricCell(options), values, inputs=[RATE], outputs=OUTPUTS["symmetric"]
    )
    found = measured(cell, {CURRENT: np.full(1, 3e-4)}, duration=10 * HOUR, sweep=1e3, f=f)
    exact = linearised(ssb_model.SymmetricCell(options), values, 3e-4, 10 * HOUR, f)
    np.testing.assert_allclose(found.impedance[:, 0], exact, rtol=2e-4)


@pytest.fixture(scope="module")
def losing():
    options = BARE | {"contact loss": "vacancies"}
    inputs = [CONSTANT, RATE, "Lower voltage cut-off [V]"]
    model, outputs = ssb_model.SymmetricCell(options), OUTPUTS["symmetric"]
    return ssb_model.compile(model, values_of(), inputs=inputs, outputs=outputs)


def test_a_cell_that_loses_contact_has_no_steady_state_and_says_so(losing):
    inputs = {CURRENT: np.array([1e-4, 1e-4, 1e-4]), RATE: 0.0}
    inputs[CONSTANT] = np.array([1e4, 500.0, 30.0])
    found = measured(losing, inputs, duration=10 * HOUR, sweep=HOUR)
    steady, drifting, ended = found.status
    assert steady == "steady"
    assert drifting.startswith("no steady state: the polarisation changes by")
    assert ended == "no state under this current: event"
    assert np.isfinite(found.impedance[:, 0]).all()
    assert np.isnan(found.impedance[:, 1:]).all()


def test_it_has_exact_derivatives(bare):
    f = jnp.asarray([1e5, 1e2, 1e-1])

    @jax.jit
    def modulus(j0, I):
        given = {**bare.system.defaults, EXCHANGE: j0, CURRENT: I}
        inputs = {name: jnp.full(1, value) for name, value in given.items()}
        one = jnp.full(1, HOUR)
        found = spectrum_under_current(bare, inputs, f, one, one)
        assert isinstance(found, UnderCurrent)
        return jnp.abs(found.impedance[:, 0])

    at = np.array([3.0, 1e-3])
    slopes = np.stack(jax.jacfwd(modulus, argnums=(0, 1))(*at))
    for k, h in enumerate((1e-4, 1e-7)):
        step = h * np.eye(2)[k]
        expected = (modulus(*(at + step)) - modulus(*(at - step))) / (2 * h)
        np.testing.assert_allclose(slopes[k], expected, rtol=1e-4)
