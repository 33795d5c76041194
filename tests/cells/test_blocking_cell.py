"""The blocking cell against circuits on paper: an electrolyte between two capacitors."""

import numpy as np
import pybamm
import pytest
from scipy.constants import epsilon_0

import ssb_model
from ssb_model import BlockingCell, InputError, SymmetricCell, cell_parameters
from ssb_model.cells import BLOCKING_OPTIONS, CELL_OPTIONS
from ssb_model.library import load_parameter_set

from . import closed_forms as paper

AREA = 1e-4
BAND = np.logspace(-3, 8, 56)  # Hz
CONSTANT_PHASE = {"double layer": "constant phase", "garnet relaxation": "constant phase"}


def impedance(frequencies, options=None, values=None):
    """Of the compiled cell, [Ohm.m2]."""
    parameters = cell_parameters("blocking", values=values)
    compiled = ssb_model.compile(BlockingCell(options), parameters)
    return np.ravel(compiled.impedance(frequencies)) * AREA


def element(frequencies, capacity, exponent, reference):
    """Admittance that is that of the capacity at the reference frequency [Hz]."""
    Q = capacity * (2 * np.pi * reference) ** (1 - exponent)
    return Q * (2j * np.pi * frequencies) ** exponent


def on_paper(frequencies, bulk=1.0, boundary=1.0, face=1.0, values=None):
    """Bulk and grain boundary, R beside a constant-phase element, and two double layers."""
    parameters = cell_parameters("blocking", values=values)
    L = paper.number(parameters, "Garnet thickness [m]")
    share = paper.number(parameters, "Garnet grain boundary share")
    R = paper.garnet_resistance(parameters)
    eps = epsilon_0 * paper.number(parameters, "Garnet bulk relative permittivity")
    eps_gb = paper.number(parameters, "Garnet grain boundary effective permittivity [F.m-1]")
    C_dl = paper.number(parameters, "Negative face double-layer capacity [F.m-2]")
    z = 1 / (1 / ((1 - share) * R) + element(frequencies, eps / L, bulk, 1e6))
    z = z + 1 / (1 / (share * R) + element(frequencies, eps_gb / L, boundary, 1e6))
    return z + 2 / element(frequencies, C_dl, face, 1e3)


def exponents(bulk, boundary, face):
    return {
        "Garnet bulk constant-phase exponent": bulk,
        "Garnet grain boundary constant-phase exponent": boundary,
        "Negative face constant-phase exponent": face,
    }


def test_the_spectrum_is_two_arcs_and_a_capacitor():
    np.testing.assert_allclose(impedance(BAND), on_paper(BAND), rtol=1e-8)


@pytest.mark.parametrize("temperature", [248.15, 333.15])
def test_the_arcs_follow_the_electrolytes_activation_energy(temperature):
    values = {"Ambient temperature [K]": temperature}
    np.testing.assert_allclose(
        impedance(BAND, values=values), on_paper(BAND, values=values), rtol=1e-8
    )


@pytest.mark.parametrize("trio", [(0.65, 0.9, 0.89), (0.9, 0.7, 0.75)])
def test_depressed_arcs_and_an_inclined_spike_are_constant_phase_elements(trio):
    """Within 0.1 % from 1 Hz to 100 MHz, where the ladders are stated to hold."""
    f, values = BAND[BAND >= 1], exponents(*trio)
    z = impedance(f, CONSTANT_PHASE, values)
    np.testing.assert_allclose(z, on_paper(f, *trio, values=values), rtol=1e-3)


def test_an_exponent_of_one_is_the_capacitor():
    z = impedance(BAND, CONSTANT_PHASE, exponents(1.0, 1.0, 1.0))
    np.testing.assert_allclose(z, on_paper(BAND), rtol=1e-6)


def test_below_the_arcs_resistance_and_capacitance_are_in_series():
    f = np.array([1e-3, 1.0])
    z, parameters = impedance(f), cell_parameters("blocking")
    C = paper.number(parameters, "Negative face double-layer capacity [F.m-2]") / 2
    np.testing.assert_allclose(z.real, paper.garnet_resistance(parameters), rtol=1e-6)
    np.testing.assert_allclose(-1 / (2 * np.pi * f * z.imag), C, rtol=1e-6)


@pytest.mark.parametrize("exponent", [0.7, 0.89])
def test_the_spike_has_the_phase_of_its_exponent(exponent):
    z = impedance([0.01], {"double layer": "constant phase"}, exponents(1, 1, exponent))
    assert np.degrees(np.angle(z[0])) == pytest.approx(-90 * exponent, abs=0.3)


@pytest.mark.parametrize("permittivity", BLOCKING_OPTIONS["garnet permittivity"])
def test_electrons_carry_the_direct_current(permittivity):
    """L/s_e at zero frequency, and beside the ions at every other."""
    options = {"garnet permittivity": permittivity}
    parameters = cell_parameters("blocking")
    L = paper.number(parameters, "Garnet thickness [m]")
    R_e = L / paper.number(parameters, "Garnet electronic conductivity [S.m-1]")
    ions = impedance(BAND, options)
    both = impedance(BAND, options | {"electronic conduction": "parallel"})
    np.testing.assert_allclose(both, ions * R_e / (ions + R_e), rtol=1e-8)
    at_rest = impedance([1e-9], options | {"electronic conduction": "parallel"})
    np.testing.assert_allclose(at_rest, R_e, rtol=1e-5)


def test_pybamms_own_impedance_is_the_same(spectrum):
    options = CONSTANT_PHASE | {"electronic conduction": "parallel"}
    own = spectrum(BlockingCell(options), cell_parameters("blocking"), BAND)
    np.testing.assert_allclose(impedance(BAND, options), own, rtol=1e-7)


def test_charge_stays_on_the_double_layers():
    """1 uA for 10 s through 1e-2 F.m-2 a face; no ion returns in an hour of rest."""
    current = pybamm.Interpolant(
        np.array([0.0, 10.0, 10.001, 4e3]), np.array([1e-8, 1e-8, 0.0, 0.0]), pybamm.t
    )
    values = cell_parameters("blocking")
    values["Current function [A]"] = current
    solution = pybamm.Simulation(
        BlockingCell(), parameter_values=values, solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-12)
    ).solve(np.array([0, 10, 10.001, 3600]))
    C = paper.number(values, "Negative face double-layer capacity [F.m-2]") / 2
    charge = 1e-8 * (10 + 0.0005) / AREA
    assert solution["Voltage [V]"].entries[-1] == pytest.approx(-charge / C, rel=1e-5)


def test_at_rest_the_cell_stays_without_voltage():
    values = cell_parameters("blocking", values={"Current function [A]": 0.0})
    solution = pybamm.Simulation(BlockingCell(), parameter_values=values).solve([0, 3600])
    assert np.abs(solution["Voltage [V]"].entries).max() < 1e-12


@pytest.mark.parametrize(
    "make, option", [(BlockingCell, "buffer layer"), (SymmetricCell, "electronic conduction")]
)
def test_an_option_of_another_cell_is_refused_by_name(make, option):
    value = (CELL_OPTIONS | BLOCKING_OPTIONS)[option][0]
    with pytest.raises(InputError, match=f'no option "{option}": remove it'):
        make({option: value})


def test_a_quantity_that_an_option_needs_and_the_users_file_lacks_is_named(tmp_path):
    text = load_parameter_set("unknown-electrolyte").path.read_text(encoding="utf-8")
    head, _, rest = text.partition('[parameters."electronic conductivity"]')
    own = tmp_path / "own.toml"
    own.write_text(head + rest[rest.index("[parameters") :])
    values = cell_parameters("blocking", garnet=str(own))
    assert ssb_model.compile(BlockingCell(), values)
    with pytest.raises(InputError, match="needs the parameter Garnet electronic conductivity"):
        ssb_model.compile(BlockingCell({"electronic conduction": "parallel"}), values)


@pytest.mark.parametrize("option", BLOCKING_OPTIONS)
def test_an_option_value_that_is_not_offered_is_refused(option):
    with pytest.raises(InputError, match=f'"{option}" cannot be'):
        BlockingCell({option: "nothing of the kind"})
