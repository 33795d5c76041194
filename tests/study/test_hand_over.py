"""A fit handed over: to another optimiser as a JAX function, to PyBaMM as model and values."""

import jax
import numpy as np
import pybamm
import pytest
from scipy.optimize import least_squares

from ssb_model import CellTable, make_study
from ssb_model.fitting import residual_function
from ssb_model.study import PolarisationTable, ResistanceTable


@pytest.fixture(scope="module")
def fitted():
    return make_study(
        {"coated": CellTable(type="symmetric", coating="zni2-0.5")},
        [
            PolarisationTable(
                current_density=["0.1 mA/cm2", "1 mA/cm2"],
                voltage=["13 mV", "130.5 mV"],
                duration="1 h",
                noise="0.3 mV",
            ),
            ResistanceTable(resistance=["10.3 ohm cm2"], noise="5 %"),
        ],
        ["Garnet conductivity", "Negative face exchange-current density"],
    ).fit(starts=2)


def test_the_residuals_are_those_of_the_fit(fitted):
    problem = fitted.fit.problem
    residuals = residual_function(problem)
    r, J = problem.residuals(fitted.fit.u[None])
    assert residuals(fitted.fit.u) == pytest.approx(r[0], abs=1e-9)
    assert jax.jacfwd(residuals)(fitted.fit.u) == pytest.approx(J[0], rel=1e-6, abs=1e-9)


def test_another_optimiser_finds_the_same_optimum(fitted):
    residuals = jax.jit(residual_function(fitted.fit.problem))
    jacobian = jax.jit(jax.jacfwd(residual_function(fitted.fit.problem)))
    other = least_squares(residuals, np.zeros(2), jac=jacobian)
    assert other.x == pytest.approx(fitted.fit.u, abs=1e-3)
    assert other.cost == pytest.approx(fitted.fit.cost, rel=1e-4)


def test_pybamm_solves_the_fitted_cell(fitted):
    """The polarisation of PyBaMM's own solver is the fitted one."""
    cell, values = fitted.study.cells["coated"], fitted.parameter_values("coated")
    values["Current function [A]"] = 1.0 * cell.area
    simulation = pybamm.Simulation(cell.model, parameter_values=values)
    solution = simulation.solve([0, 3600])
    polarisation = fitted.model(fitted.study.experiments[0])[0]
    assert solution["Polarisation [V]"].entries[-1] == pytest.approx(polarisation, abs=2e-5)
