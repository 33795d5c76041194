"""An alloy layer: linear it is the mixed conductor, flat and fast an ideal contact; its limits."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.cells.face.layer import depth
from ssb_model.constants import FARADAY as F
from ssb_model.library import load_parameter_set

from . import closed_forms as paper

ALLOY = {"buffer layer": "alloy", "interface growth": "none"}
FREQUENCIES = np.logspace(-3, 6, 19)
TIMES = np.linspace(0, 600, 7)
THERMAL = paper.R * 298.15 / paper.F
AT_GARNET = "Negative face layer lithium content at the garnet"
TABLE = """
[layer_potential]
content = [0, 0.1, 0.8, 1.2]
potential = {}
unit = "mV"
tag = "assumed"
source = "a test"
"""


def with_table(folder, potential, coating="lizn"):
    """A shipped coating's file with a table of U, against contents of 0, 0.1, 0.8 and 1.2."""
    text = load_parameter_set(coating).path.read_text()
    head, mark, rest = text.partition("\n[parameters.")
    path = folder / "coated.toml"
    path.write_text(head + TABLE.format(potential) + mark + rest)
    return path


def answers(options, coating, values=None, current=1e-4):
    """Spectrum, and voltages in time, of the symmetric cell."""
    given = ssb_model.cell_parameters("symmetric", coating=coating, values=values, options=options)
    compiled = ssb_model.compile(ssb_model.SymmetricCell(options), given)
    solved = compiled.solve({"Current function [A]": current}, TIMES, rtol=1e-11, atol=1e-13)
    return np.r_[compiled.impedance(FREQUENCIES), solved["Voltage [V]"][1:]]


@pytest.mark.parametrize("s_e", [1e3, 6e-4])
def test_with_a_straight_potential_it_is_the_mixed_conductor(tmp_path, s_e):
    """In time and frequency; the slope is the thermodynamic factor's."""
    factor = load_parameter_set("zni2-0.5")["layer thermodynamic factor"].value
    line = [THERMAL * factor * (1 - x) * 1e3 for x in (0, 0.1, 0.8, 1.2)]
    path = with_table(tmp_path, line, "zni2-0.5")
    values = {"Negative face layer electronic conductivity [S.m-1]": s_e}
    mixed = answers(ALLOY | {"buffer layer": "mixed conductor"}, "zni2-0.5", values)
    np.testing.assert_allclose(answers(ALLOY, path, values), mixed, rtol=1e-10)


def test_with_a_flat_potential_and_fast_diffusion_it_is_an_ideal_contact(tmp_path):
    path = with_table(tmp_path, [0, 0, 0, 0])
    fast = {
        "Negative face layer ionic conductivity [S.m-1]": 1e4,
        "Negative face layer electronic conductivity [S.m-1]": 1e8,
    }
    none = {"buffer layer": "none", "contact gap": "none", "interface growth": "none"}
    np.testing.assert_allclose(answers(ALLOY, path, fast), answers(none, "lizn"), rtol=1e-10)


def test_a_high_plateau_is_the_mixed_conductor():
    """The single phase is then as wide as the thermodynamic factor makes it."""
    high = {"Negative face layer potential plateau [V]": 1e3}
    mixed = answers(ALLOY | {"buffer layer": "mixed conductor"}, "lizn")
    np.testing.assert_allclose(answers(ALLOY, "lizn", high), mixed, rtol=1e-8)


def slow(thickness, diffusivity=1e-16, plateau=0.1):
    """A layer that limits the current: D [m2/s], thickness [m]."""
    concentration = load_parameter_set("lizn")["layer lithium concentration"].value
    return {
        "Negative face layer thickness [m]": thickness,
        "Negative face layer ionic conductivity [S.m-1]": diffusivity * concentration * F / THERMAL,
        "Negative face layer electronic conductivity [S.m-1]": 1e9,
        "Negative face layer potential plateau [V]": plateau,
    }, F * concentration


def stripped(values, current_density, times, outputs=()):
    given = ssb_model.cell_parameters("symmetric", coating="lizn", values=values)
    names = [AT_GARNET, "Voltage [V]", *outputs]
    compiled = ssb_model.compile(ssb_model.SymmetricCell(ALLOY), given, outputs=names)
    current = {"Current function [A]": current_density * 1e-4}
    return compiled.solve(current, times, rtol=1e-9, atol=1e-11)


def test_the_content_at_the_garnet_falls_in_proportion_to_the_limiting_current():
    values, charge = slow(200e-9)
    limit = charge * 1e-16 / 200e-9
    for share in (0.3, 0.9):
        found = stripped(values, share * limit, np.array([0, 3e3, 6e3]))
        assert found.succeeded
        assert found[AT_GARNET][-1] == pytest.approx(1 - share, abs=1e-4)


def test_above_it_the_layer_is_exhausted_after_the_transition_time_of_a_half_space():
    """Sand's: tau = pi D/4 (F c/J)^2, to 1 %, where it is short beside h2/D."""
    values, charge = slow(2e-6)
    J = 12 * charge * 1e-16 / 2e-6
    tau = np.pi * 1e-16 / 4 * (charge / J) ** 2
    found = stripped(values, J, np.linspace(0, 2 * tau, 5))
    assert found.termination == "Negative face layer exhausted"
    assert found.t_end == pytest.approx(tau, rel=0.01)


def test_lithium_is_conserved():
    """What the metal gives the layer, less what the garnet takes, is what the layer stores."""
    values, charge = slow(200e-9)
    J, times = 0.5 * charge * 1e-16 / 200e-9, np.r_[0, np.geomspace(1e-2, 2e3, 4000)]
    stored, content = (
        "Negative face layer stored lithium [C.m-2]",
        "Negative face layer lithium content",
    )
    model = ssb_model.SymmetricCell(ALLOY)
    given = ssb_model.cell_parameters("symmetric", coating="lizn", values=values)
    given["Current function [A]"] = J * 1e-4
    solver = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-11)
    simulation = pybamm.Simulation(model, parameter_values=given, solver=solver)
    solution = simulation.solve([0, times[-1]], t_interp=times)
    first = simulation.mesh["negative face layer"].nodes[0]
    assert depth("negative").name == "xi_n"
    x = solution[content].entries[0]
    given_by_metal = charge * 1e-16 / 200e-9 * (1 - x) / first
    taken = np.trapezoid(given_by_metal - J, times)
    assert solution[stored].entries[-1] == pytest.approx(taken, rel=2e-4)


def test_beyond_its_narrow_phase_the_plateau_is_its_overpotential():
    """Gamma 1e3 leaves a phase 1/250 wide: at a third of the limit the garnet's side is beyond.
    The plated face keeps a straight potential: beyond lithium the plateau's has a wall."""
    values, charge = slow(200e-9, plateau=0.1)
    factor, J = 1e3, charge * 1e-16 / 200e-9 / 3
    s_i = "face layer ionic conductivity [S.m-1]"
    values |= {
        "Negative face layer thermodynamic factor": factor,
        "Positive face layer thermodynamic factor": 1.0,
        "Positive face layer potential plateau [V]": 1e3,
        f"Positive {s_i}": values[f"Negative {s_i}"],
        f"Negative {s_i}": values[f"Negative {s_i}"] / factor,
    }
    slow_part = "Negative face layer slow overpotential [V]"
    found = stripped(values, J, np.array([0, 3e3, 6e3]), [slow_part])
    assert found[slow_part][-1] == pytest.approx(0.1, rel=1e-6)


@pytest.mark.parametrize("make", [ssb_model.SymmetricCell, ssb_model.FullCell])
def test_a_table_is_solved_as_idaklu_does(tmp_path, make):
    """Compiled beside PyBaMM's own solver, past a kink of the table."""
    path = with_table(tmp_path, [400, 150, 100, -50])
    cell = "symmetric" if make is ssb_model.SymmetricCell else "full"
    more = {} if cell == "symmetric" else {"Current function [A]": 1e-4}
    thick, charge = slow(200e-9)
    J = 0.5 * charge * 1e-16 / 200e-9
    values = ssb_model.cell_parameters(cell, coating=path, values=thick | more)
    values["Current function [A]"] = J * 1e-4
    times = np.linspace(0, 1000, 6)
    solver = pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-11)
    simulation = pybamm.Simulation(make(ALLOY), parameter_values=values, solver=solver)
    exact = simulation.solve([0, 1000], t_interp=times)
    ours = ssb_model.compile(make(ALLOY), values, outputs=["Voltage [V]"])
    ours = ours.solve({"Current function [A]": J * 1e-4}, times, rtol=1e-9, atol=1e-11)
    np.testing.assert_allclose(ours["Voltage [V]"], exact["Voltage [V]"](times), rtol=3e-6)
