"""Both cells run unchanged in PyBaMM: experiments, impedance, and by their registered names."""

import tomllib
from importlib.metadata import entry_points

import numpy as np
import pybamm
import pytest

from ssb_model import FullCell, SymmetricCell, cell_parameters

from . import closed_forms as paper

FULL_CYCLE = (
    "Discharge at C/2 until 2.5 V",
    "Rest for 10 minutes",
    "Charge at C/2 until 4.1 V",
    "Hold at 4.1 V until C/20",
)
SYMMETRIC_CYCLE = ("Discharge at 0.1 mA for 1 hour", "Rest for 10 minutes")
SYMMETRIC_CYCLE += ("Charge at 0.1 mA for 1 hour", "Hold at -0.01 V for 10 minutes")
BARE = {"buffer layer": "none", "interface growth": "none"}
CELLS = {
    "full coated": (FullCell, {}, "full", "zni2-0.5"),
    "full i2": (FullCell, {}, "full", "i2"),
    "full bare": (FullCell, BARE, "full", "bare"),
    "symmetric coated": (SymmetricCell, {}, "symmetric", "zni2-0.5"),
    "symmetric i2": (SymmetricCell, {}, "symmetric", "i2"),
    "symmetric bare": (SymmetricCell, BARE, "symmetric", "bare"),
}


def run(name, steps, **options):
    """PyBaMM's solution of an experiment; nothing but model, values and steps is given."""
    make, own, cell, coating = CELLS[name]
    options = {key.replace("_", " "): value for key, value in options.items()}
    simulation = pybamm.Simulation(
        make(own | options),
        parameter_values=cell_parameters(cell, coating=coating),
        experiment=pybamm.Experiment(steps),
    )
    return simulation.solve()


def completed(solution):
    """Number of steps of each cycle that came to their end."""
    return [len(cycle.steps) for cycle in solution.cycles if cycle is not None]


@pytest.mark.parametrize("name", CELLS)
def test_two_cycles_with_rest_and_hold_run(name):
    steps = FULL_CYCLE if name.startswith("full") else SYMMETRIC_CYCLE
    solution = run(name, [steps] * 2)
    assert completed(solution) == [4, 4]
    hold = solution.cycles[-1].steps[-1]["Voltage [V]"].entries
    np.testing.assert_allclose(hold, 4.1 if name.startswith("full") else -0.01, atol=1e-6)


@pytest.mark.parametrize("name", ["symmetric coated", "symmetric i2", "symmetric bare"])
def test_voltage_hold_of_the_symmetric_cell_runs_with_default_options(name):
    assert completed(run(name, [SYMMETRIC_CYCLE])) == [4]


def test_five_cycles_of_the_full_cell_run_with_default_options():
    assert completed(run("full coated", [FULL_CYCLE] * 5)) == [4] * 5


def test_held_symmetric_cell_draws_voltage_over_resistance():
    """After its relaxations, -0.01 V drives 0.01 V over garnet and faces."""
    values = cell_parameters("symmetric", coating="bare")
    solution = run("symmetric bare", SYMMETRIC_CYCLE)
    current = solution["Current [A]"].entries[-1]
    resistance = paper.cell_resistance(values, layer=False) / 1e-4
    np.testing.assert_allclose(current, 0.01 / resistance, rtol=1e-3)


@pytest.mark.parametrize("permittivity", ["grain boundary", "none"])
def test_hundred_cycles_of_one_hour_each_way_run(permittivity):
    """The founding paper's 200 h at 0.1 mA/cm2."""
    steps = ("Discharge at 0.1 mA for 1 hour", "Charge at 0.1 mA for 1 hour")
    solution = run("symmetric coated", [steps] * 100, garnet_permittivity=permittivity)
    assert completed(solution) == [2] * 100


@pytest.mark.parametrize("name", CELLS)
def test_impedance_needs_no_special_argument(name):
    """EISSimulation accepts the model; the spectrum is passive and falls with frequency."""
    make, options, cell, coating = CELLS[name]
    eis = pybamm.EISSimulation(
        make(options), parameter_values=cell_parameters(cell, coating=coating)
    )
    z = np.asarray(eis.solve(np.logspace(-3, 7, 60)).impedance)
    assert (z.real > 0).all()
    assert (z.imag < 0).all()
    assert (np.diff(np.abs(z)) < 1e-9 * np.abs(z[0])).all()


@pytest.fixture
def installed():
    if not any(point.name == "SSB full cell" for point in entry_points(group="pybamm_models")):
        pytest.skip("ssb_model is on the path but not installed, so it has no entry points")


def registered(repository, group):
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    return project["entry-points"][group]


def test_models_and_parameter_sets_simulate_by_their_registered_names(installed, repository):
    assert set(registered(repository, "pybamm_models")) <= set(pybamm.dispatch.models)
    for name in registered(repository, "pybamm_parameter_sets"):
        kind = next((kind for kind in ("full", "blocking") if kind in name), "symmetric")
        options = BARE if "bare" in name else {}
        values = pybamm.ParameterValues(name)
        if kind == "blocking":
            values["Current function [A]"] = 0.0  # its faces let none pass for ten minutes
        simulation = pybamm.Simulation(
            pybamm.Model(f"SSB {kind} cell", options), parameter_values=values
        )
        assert simulation.solve([0, 600]).t[-1] == 600
