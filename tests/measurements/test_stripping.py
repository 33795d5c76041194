"""One-way stripping: the capacity before the cell opens, against closed forms and statuses."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import ssb_model
from ssb_model.compiled import CURRENT, Outcome
from ssb_model.measurements import OUTPUTS, measure, stripping_capacity

CONSTANT = "Lithium vacancy transition constant [A.m-2.s0.5]"
LOSS = "Lithium contact loss per charge [m2.C-1]"
PRESSURE = "Stack pressure [Pa]"
LIMIT = "Lower voltage cut-off [V]"
VALUES = {"Negative face contact fraction": 1.0, "Negative face contact spacing [m]": 1e-5}
AREA, HOUR = 1e-4, 3600.0


def made(**options):
    values = ssb_model.cell_parameters("symmetric", coating="bare", values=VALUES)
    model = ssb_model.SymmetricCell({"buffer layer": "none", **options})
    inputs = [CONSTANT, LOSS, PRESSURE, LIMIT] if options else [LIMIT]
    return ssb_model.compile(model, values, inputs=inputs, outputs=OUTPUTS["symmetric"])


@pytest.fixture(scope="module")
def cell():
    return made(**{"contact loss": "vacancies"})


def stripped(cell, J, **given):
    """Capacity [A.s.m-2] and outcome at current densities [A.m-2]."""
    inputs = {CONSTANT: 180.0, PRESSURE: 0.0, LOSS: 2e-5, LIMIT: -5.0} | given
    inputs = {name: value for name, value in inputs.items() if name in cell.input_names}
    longest = np.full(len(J), 3.6e6) / J * 10
    charge, outcome = measure(
        stripping_capacity, cell, {CURRENT: J * AREA} | inputs, {"longest": longest}
    )
    return charge * HOUR / AREA, outcome


def test_where_the_voids_hold_nothing_it_is_sands_charge(cell):
    """J tau = K^2/J: half the current, twice the capacity."""
    J = np.array([0.5, 1.0, 2.0, 4.0, 8.0])
    charge, outcome = stripped(cell, J, **{LOSS: 1.0})
    np.testing.assert_allclose(charge, 180.0**2 / J, rtol=0.01)
    assert (outcome == Outcome.EVENT).all()


def test_voids_add_what_they_hold_at_a_high_current(cell):
    """Where the metal takes up next to nothing, 99 % of 1/kappa."""
    charge, _ = stripped(cell, np.array([50.0]), **{CONSTANT: 1.0})
    assert charge[0] == pytest.approx(0.99 / 2e-5, rel=0.01)


def test_it_ends_at_the_potential_limit_if_that_comes_first(cell):
    J, limits = np.array([2.0, 2.0]), np.array([-5.0, -0.035])
    (lost, limited), outcome = stripped(cell, J, **{LIMIT: limits})
    assert limited < 0.99 * lost and (outcome == Outcome.EVENT).all()


def test_a_cell_that_does_not_end_has_no_number_and_says_so(cell):
    """Below what creep sustains, and without a mechanism that loses contact."""
    charge, outcome = stripped(cell, np.array([0.1]), **{PRESSURE: 1e6})
    assert np.isnan(charge).all() and outcome[0] == Outcome.FINAL_TIME
    charge, outcome = stripped(made(), np.array([1.0]))
    assert np.isnan(charge).all() and outcome[0] == Outcome.FINAL_TIME


def test_a_short_is_no_end_of_stripping():
    shorting = made(**{"contact loss": "vacancies", "short circuit": "critical current"})
    charge, outcome = stripped(shorting, np.array([300.0]), **{CONSTANT: 1e6})
    assert np.isnan(charge).all() and outcome[0] == Outcome.EVENT


def test_a_cell_beyond_its_limit_from_the_start_has_stripped_nothing(cell):
    charge, outcome = stripped(cell, np.array([20.0]), **{LIMIT: -1e-3})
    assert charge[0] == pytest.approx(0, abs=1) and outcome[0] != Outcome.FINAL_TIME


def test_it_has_exact_derivatives(cell):
    @jax.jit
    def capacity(K):
        given = {**cell.system.defaults, CONSTANT: K, LOSS: 2e-5, PRESSURE: 0.0, CURRENT: 2e-4}
        inputs = {name: jnp.full(1, value) for name, value in given.items()}
        return stripping_capacity(cell, inputs, jnp.full(1, 1e7)).value[0]

    _, slope = jax.jvp(capacity, (180.0,), (1.0,))
    expected = (capacity(180.1) - capacity(179.9)) / 0.2
    assert float(slope) == pytest.approx(float(expected), rel=1e-2)
