"""The compiled cells, each compiled once a run."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, SymmetricCell, cell_parameters

from .oracle import Pair
from .protocols import DIFFUSIVITY, NOMINAL, OUTPUTS

FULL_INPUTS = (
    "Positive particle reference diffusivity [m2.s-1]",
    "Garnet thickness [m]",
    "Cathode-side resistance [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
    "Positive electrode reaction rate constant [A.m-2.(m3.mol-1)1.5]",
)
SYMMETRIC_INPUTS = (
    "Lower voltage cut-off [V]",
    "Garnet thickness [m]",
    "Negative face reference calendar growth [Ohm.m2]",
    "Negative face exchange-current density [A.m-2]",
)


@pytest.fixture(scope="session")
def full():
    """The coated full cell on a 5 x 5 mesh."""
    return Pair(FullCell(), cell_parameters("full"), FULL_INPUTS, {"x_p": 5, "r_p": 5})


@pytest.fixture(scope="session")
def symmetric():
    """The coated symmetric cell, its film growing fifty times as fast as found.

    Hours then carry it through a cut-off that its new resistance keeps clear of. The bulk's
    capacitance makes it as stiff as it can be: nanoseconds to hours.
    """
    growth = {"Negative face reference calendar growth [Ohm.m2]": 50 * 1.37e-4}
    values = cell_parameters("symmetric", values=growth)
    model = SymmetricCell({"garnet permittivity": "bulk and grain boundary"})
    return Pair(model, values, SYMMETRIC_INPUTS)


@pytest.fixture(scope="session")
def full_20x20():
    """The coated full cell on PyBaMM's default mesh of 20 x 20 points."""
    return Pair(FullCell(), cell_parameters("full"), FULL_INPUTS)


@pytest.fixture(scope="session")
def single_particles():
    """PyBaMM's own single-particle model, 5 points a particle."""
    values, points = pybamm.ParameterValues("Chen2020"), {"r_n": 5, "r_p": 5}
    return Pair(pybamm.lithium_ion.SPM(), values, (DIFFUSIVITY,), points, OUTPUTS)


@pytest.fixture(scope="session")
def spm(single_particles):
    """It, compiled."""
    return single_particles.compiled


@pytest.fixture(scope="session")
def of_capacity(single_particles):
    """It, compiled with its nominal capacity as an input."""
    pair = single_particles
    return ssb_model.compile(pair.model, pair.values, (NOMINAL,), OUTPUTS, pair.var_pts)


@pytest.fixture(scope="session")
def thermal(single_particles):
    """The single-particle model with a lumped temperature."""
    model = pybamm.lithium_ion.SPM({"thermal": "lumped"})
    outputs = (*OUTPUTS, "Volume-averaged cell temperature [K]")
    return Pair(model, single_particles.values, (), single_particles.var_pts, outputs)


@pytest.fixture(scope="module")
def decay():
    """One state that decays at a rate of the input, of the state and of time.

    They are interpolants: a smooth one, one with jumps, and one of two variables.
    """
    grid = np.linspace(0, 2, 9)
    x, k = pybamm.Variable("x"), pybamm.InputParameter("k")
    rate = pybamm.Interpolant(grid, 1 + np.sin(grid), x, interpolator="cubic")
    jumps = pybamm.Interpolant(np.array([0.0, 1, 1, 5]), np.array([1.0, 1, 2, 2]), pybamm.t)
    table = pybamm.Interpolant((grid, np.arange(2.0)), np.outer(1 + grid, [1, 2]), (x, k))
    model = pybamm.BaseModel()
    model.rhs, model.initial_conditions = {x: -k * jumps * rate * table}, {x: pybamm.Scalar(1)}
    model.variables = {"x": x, "rate": rate}
    values = pybamm.ParameterValues({"k": 0.1})
    return ssb_model.compile(model, values, ("k",), ("x", "rate"))


@pytest.fixture
def saved_decay(decay, tmp_path):
    path = tmp_path / "decay.ssb"
    decay.save(path)
    return path
