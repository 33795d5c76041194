"""Tables of two and three variables: equivalent circuits, diffusivities, exact splines."""

import itertools

import numpy as np
import pybamm
import pytest
from scipy.interpolate import RectBivariateSpline

import ssb_model
from ssb_model.compiled.from_pybamm.lower import Lowering
from ssb_model.compiled.program import Program

from .oracle import CURRENT, VOLTAGE, Pair, central_difference

TIMES = np.linspace(0, 3600, 61)
CIRCUITS = {
    "one RC element": {},
    "none": {"number of rc elements": 0},
    "three and diffusion": {"diffusion element": "true", "number of rc elements": 3},
}
X, Y, Z = np.array([0, 0.5, 1, 2, 2.5, 4]), np.linspace(-1, 1, 5), np.array([0, 1, 3, 4.5])


def circuit(options):
    """PyBaMM's equivalent circuit, whose further elements are equal to its first."""
    model = pybamm.equivalent_circuit.Thevenin(options=options)
    values = pybamm.ParameterValues("ECM_Example")
    more = {"Diffusion time constant [s]": 580.0}
    for n in range(2, 4):
        more |= {
            f"{name} {unit}": values[f"{name[0]}1 {unit}"]
            for name, unit in ((f"R{n}", "[Ohm]"), (f"C{n}", "[F]"))
        }
        more[f"Element-{n} initial overpotential [V]"] = 0
    values.update(more, check_already_exists=False)
    return model, values


@pytest.mark.parametrize("name", CIRCUITS)
def test_equivalent_circuits_of_tables_are_idaklus(name):
    model, values = circuit(CIRCUITS[name])
    oracle = solved(model, values, pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8))
    ours = ssb_model.compile(model, values).solve({}, TIMES, rtol=1e-7)
    within = oracle.t[-1] > TIMES
    assert ours.termination == "Minimum voltage [V]"
    np.testing.assert_allclose(ours.t_end, oracle.t[-1], rtol=1e-6)
    difference = (ours[VOLTAGE] - oracle[VOLTAGE](TIMES))[within]
    np.testing.assert_allclose(difference, 0, atol=1e-5)


def test_an_equivalent_circuit_in_pybamms_simulation():
    model, values = circuit({})
    oracle = solved(model, values, pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-8))
    ours = solved(model, values, ssb_model.CompiledSolver(rtol=1e-7, atol=1e-9))
    within = TIMES[oracle.t[-1] > TIMES]
    assert ours.termination == oracle.termination
    np.testing.assert_allclose(ours[VOLTAGE](within), oracle[VOLTAGE](within), atol=1e-5)


def solved(model, values, solver):
    simulation = pybamm.Simulation(model, parameter_values=values, solver=solver)
    return simulation.solve([0, TIMES[-1]], t_interp=TIMES)


def diffusivity(sto, temperature):
    """A made-up table of stoichiometry and temperature [m2.s-1]."""
    stoichiometries, temperatures = np.linspace(0, 1, 11), np.linspace(250.0, 350.0, 6)
    heat = np.exp(-2000 * (1 / temperatures - 1 / 298.15))
    values = 4e-14 * np.outer(1 + stoichiometries * (1 - stoichiometries), heat)
    return pybamm.Interpolant(
        (stoichiometries, temperatures), values, (sto, temperature), "D", "linear"
    )


@pytest.fixture(scope="module")
def warm():
    """A single particle model with a table of a diffusivity in a cell that warms up."""
    values = pybamm.ParameterValues("Chen2020")
    values["Negative particle diffusivity [m2.s-1]"] = diffusivity
    model = pybamm.lithium_ion.SPM({"thermal": "lumped"})
    points = {"r_n": 8, "r_p": 8}
    inputs = ("Ambient temperature [K]",)
    outputs = (VOLTAGE, "Volume-averaged cell temperature [K]")
    return Pair(model, values, inputs, points, outputs)


def test_a_diffusivity_of_temperature_is_idaklus(warm):
    inputs = {CURRENT: 5.0, "Ambient temperature [K]": 290.0}
    times = np.linspace(0, 2400, 25)
    oracle = warm.idaklu(inputs, times)
    ours = warm.compiled.solve(inputs, times, rtol=1e-7, atol=1e-9)
    assert ours[warm.outputs[1]][-1] > 292
    for name, tolerance in zip(warm.outputs, (1e-5, 1e-3), strict=True):
        np.testing.assert_allclose(ours[name], oracle[name](times), rtol=0, atol=tolerance)


def test_sensitivities_through_a_table_are_differences(warm):
    name, times = "Ambient temperature [K]", np.linspace(0, 1200, 7)

    def voltage(value):
        given = {CURRENT: 5.0, name: value}
        return [warm.compiled.solve(given, times, rtol=1e-9, atol=1e-10)[VOLTAGE]]

    (expected,) = central_difference(voltage, 291.3, 1e-5)
    given = {CURRENT: 5.0, name: 291.3}
    ours = warm.compiled.solve(given, times, rtol=1e-8, atol=1e-10, sensitivities=[name])
    np.testing.assert_allclose(ours.sensitivities[name][VOLTAGE], expected, rtol=1e-4, atol=1e-8)


def spline(variables=("x", "y"), values=None, grid=(X, Y, Z), kind="cubic"):
    """The lowered polynomial of a table of ``values`` in inputs ``variables``."""
    children = [pybamm.InputParameter(name) for name in variables]
    symbol = pybamm.Interpolant(grid[: len(variables)], values, children, "table", kind)
    program = Program()
    return program.nodes[Lowering(program)(symbol)].data


def test_a_cubic_table_is_the_spline_that_is_not_a_knot_at_its_ends():
    """Inside its knots; PyBaMM's own evaluation solves for it to 1e-6 only."""
    values = np.random.default_rng(1).uniform(size=(X.size, Y.size))
    at = np.random.default_rng(2).uniform((0, -1), (4, 1), size=(40, 2)).T
    polynomial = spline(values=values)
    exact = RectBivariateSpline(X, Y, values)
    np.testing.assert_allclose(polynomial(*at), exact(*at, grid=False), rtol=1e-12)
    for n, derivative in enumerate(polynomial.derivatives()):
        expected = exact(*at, dx=int(n == 0), dy=int(n == 1), grid=False)
        np.testing.assert_allclose(derivative(*at), expected, rtol=1e-10, atol=1e-11)


def test_a_cubic_table_goes_on_outside_as_its_end_pieces():
    """Also one of three variables; and its mixed derivatives are those of the polynomial."""
    x, y, z = np.meshgrid(X, Y, Z, indexing="ij")
    values = x**3 * y**2 + z**3 * y - 2 * x * z**2
    polynomial = spline(variables=("x", "y", "z"), values=values)
    at = np.array([[-0.4, 1.1, 5.0, 2.0], [0.3, -1.2, 1.4, 0.1], [5.5, -1.0, 0.2, 3.0]])
    a, b, c = at
    expected = a**3 * b**2 + c**3 * b - 2 * a * c**2
    np.testing.assert_allclose(polynomial(*at), expected, rtol=1e-11)
    by_x, by_y, by_z = polynomial.derivatives()
    np.testing.assert_allclose(by_x.derivatives()[1](*at), 6 * a**2 * b, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(by_y.derivatives()[2](*at), 3 * c**2, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(by_z.derivatives()[0](*at), -4 * c, rtol=1e-10, atol=1e-10)


def test_every_corner_of_a_linear_table_is_its_value():
    values = np.random.default_rng(3).uniform(size=(X.size, Y.size, Z.size))
    polynomial = spline(variables=("x", "y", "z"), values=values, kind="linear")
    corners = np.array(list(itertools.product(X, Y, Z))).T
    np.testing.assert_allclose(polynomial(*corners), values.ravel(), rtol=1e-14)


def test_the_numbers_of_a_large_table_are_kept_few_times():
    """200 x 200 values, cubic: no cell keeps its own sixteen coefficients."""
    grid = np.linspace(0, 1, 200)
    polynomial = spline(values=np.outer(grid, grid), grid=(grid, grid))
    derivatives = polynomial.derivatives()
    assert polynomial.coefficients.size < 4 * 200**2
    assert derivatives[0].coefficients is polynomial.coefficients
