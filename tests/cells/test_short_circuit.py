"""Filaments above the critical current: their growth, the short, and the laws as special cases."""

import numpy as np
import pytest

import ssb_model
from ssb_model.cells.short_circuit import SHORT
from ssb_model.compiled.protocols.protocol import Protocol, Step

LAW = "Critical current law {}"
NAMES = [
    LAW.format(name)
    for name in (
        "reference current density [A.m-2]",
        "reference resistance [Ohm.m2]",
        "series resistance [Ohm.m2]",
        "exponent",
        "decay [Ohm-1.m-2]",
        "contact exponent",
    )
]
CRITICAL, FILAMENT = "Critical current density [A.m-2]", "Filament share of garnet"
OUTPUTS = [CRITICAL, FILAMENT, "Garnet resistance [Ohm.m2]", "Voltage [V]"]


@pytest.fixture(scope="module")
def cell():
    options = {"short circuit": "critical current", "interface growth": "none"}
    values = ssb_model.cell_parameters("symmetric")
    resistance = "Negative face layer thickness [m]"
    model = ssb_model.SymmetricCell(options)
    outputs = [*OUTPUTS, "Negative face resistance [Ohm.m2]"]
    return ssb_model.compile(model, values, inputs=[*NAMES, resistance], outputs=outputs)


def law(J=20.0, R=1e-3, series=0.0, exponent=0.0, decay=0.0, contact=0.0):
    return dict(zip(NAMES, (J, R, series, exponent, decay, contact), strict=True))


def held(cell, inputs, J, hours):
    protocol = Protocol([Step("current", J * 1e-4, 3600.0 * hours)])
    return cell.solve(inputs, experiment=protocol)


def test_filaments_grow_with_the_charge_above_the_critical_current(cell):
    excess, charge = 0.3, 0.05 * 3.6e4
    solution = held(cell, law(J=20.0), 20.0 + excess, 1)
    assert solution.final[FILAMENT] == pytest.approx(excess * 3600 / charge, rel=1e-6)


def test_below_the_critical_current_nothing_grows(cell):
    assert held(cell, law(J=20.0), 19.9, 500).final[FILAMENT] == 0


def test_the_short_ends_the_run_when_the_garnet_is_crossed(cell):
    solution = held(cell, law(J=20.0), 25.0, 10)
    assert solution.termination == "Short circuit"
    assert solution.t_end == pytest.approx(SHORT * 0.05 * 3.6e4 / 5.0, rel=1e-6)


def test_a_soft_short_takes_voltage_in_proportion(cell):
    """What is crossed no longer resists."""
    solution = held(cell, law(J=20.0), 21.0, 0.25)
    left = 1 - solution.final[FILAMENT]
    whole = held(cell, law(J=99.0), 21.0, 0.25).final["Garnet resistance [Ohm.m2]"]
    assert solution.final["Garnet resistance [Ohm.m2]"] == pytest.approx(left * whole, rel=1e-9)


def test_the_published_laws_are_special_cases(cell):
    """Of the interface's resistance R, sum of the two faces."""
    thickness = "Negative face layer thickness [m]"
    inputs = {thickness: np.array([100e-9, 800e-9])}

    def critical(**constants):
        solution = cell.solve(inputs | law(**constants), [0, 1.0])
        return solution[CRITICAL][:, 0], 2 * solution["Negative face resistance [Ohm.m2]"][:, 0]

    J, R = critical(J=20.0, R=1e-3, series=7e-3, exponent=1.0)
    np.testing.assert_allclose(J, 20.0 * 8e-3 / (R + 7e-3), rtol=1e-9)
    J, R = critical(J=20.0, R=1e-3, exponent=0.577)
    np.testing.assert_allclose(J, 20.0 * (R / 1e-3) ** -0.577, rtol=1e-9)
    J, R = critical(J=20.0, R=1e-3, decay=1 / 0.0426)
    np.testing.assert_allclose(J, 20.0 * np.exp(-(R - 1e-3) / 0.0426), rtol=1e-9)


def test_a_full_cell_shorts_on_charge_and_not_on_discharge():
    """Discharge strips its lithium: no filament grows, at whatever current."""
    model = ssb_model.FullCell({"short circuit": "critical current"})
    values = ssb_model.cell_parameters("full", values={NAMES[0]: 0.5})
    compiled = ssb_model.compile(model, values, outputs=["Filament share of garnet"])
    current = float(values["Nominal cell capacity [A.h]"])
    there_and_back = Protocol(
        [Step("current", current, duration=1800.0), Step("current", -current, duration=3600.0)]
    )
    solution = compiled.solve(experiment=there_and_back, period=600.0)
    assert solution.termination == "Short circuit"
    assert solution.t_end > 1800
    np.testing.assert_array_equal(solution["Filament share of garnet"][solution.t <= 1800], 0)


E = LAW.format("activation energy [J.mol-1]")
K = LAW.format("over-pressure strength [Pa-1]")
P_0 = LAW.format("over-pressure threshold [Pa]")
STACK, T = "Stack pressure [Pa]", "Ambient temperature [K]"
R_GAS, ROOM = 8.314462618, 298.15
LAW_A = law(J=23.0, R=10.3e-4, series=70.8e-4, exponent=1.0)


def of_conditions(coating="zni2-0.5", cell="symmetric", **options):
    """A cell with a short circuit, whose temperature and pressure are inputs."""
    layer = "none" if coating == "bare" else "mixed conductor"
    options = {"short circuit": "critical current", "buffer layer": layer} | options
    model = {"symmetric": ssb_model.SymmetricCell, "full": ssb_model.FullCell}[cell](options)
    values = ssb_model.cell_parameters(cell, coating=coating)
    values["Current function [A]"] = 0.0
    outputs = [CRITICAL, "Negative face resistance [Ohm.m2]"]
    inputs = [*NAMES, E, K, P_0, STACK, T]
    return ssb_model.compile(model, values, inputs=inputs, outputs=outputs)


@pytest.fixture(scope="module", params=["zni2-0.5", "bare"])
def conditions(request):
    return of_conditions(request.param)


def critical_at(cell, **given):
    members = np.broadcast_arrays(*map(np.atleast_1d, given.values()))
    inputs = LAW_A | dict(zip(given, members, strict=True))
    return cell.solve(inputs, [0, 1.0])[CRITICAL][:, 0]


def test_temperature_counts_once_by_the_energy_alone(conditions):
    """The resistance is that at 25 degC, whatever the layer's and the garnet's own energies."""
    temperature, energy = np.array([258.15, ROOM, 313.15, 333.15]), 50e3
    J = critical_at(conditions, **{T: temperature, E: energy})
    expected = np.exp(-energy / R_GAS * (1 / temperature - 1 / ROOM))
    np.testing.assert_allclose(J / J[1], expected, rtol=1e-9)


def test_at_the_reference_temperature_no_energy_counts(conditions):
    J = critical_at(conditions, **{E: np.array([0.0, 38.6e3, 2e5])})
    np.testing.assert_allclose(J, J[0], rtol=1e-12)


@pytest.mark.parametrize("coating", ["zni2-0.5", "bare"])
def test_through_the_resistance_it_is_the_law_at_the_resistance_of_that_temperature(coating):
    """Without an energy of its own and without over-pressure: the law as it was."""
    cell = of_conditions(coating, **{"critical current temperature": "resistance"})
    inputs = LAW_A | {T: np.array([258.15, ROOM, 353.15]), E: 0.0, K: 0.0, STACK: 5e7}
    solution = cell.solve(inputs, [0, 1.0])
    R = 2 * solution["Negative face resistance [Ohm.m2]"][:, 0]
    expected = 23.0 * (10.3e-4 + 70.8e-4) / (R + 70.8e-4)
    np.testing.assert_allclose(solution[CRITICAL][:, 0], expected, rtol=1e-10)


def test_over_pressure_is_a_factor_above_its_threshold(conditions):
    P = np.array([0.0, 1e7, 1.25e7, 2.5e7])
    J = critical_at(conditions, **{STACK: P, K: 4.1e-8, P_0: 1e7})
    expected = np.exp(-4.1e-8 * np.maximum(P - 1e7, 0))
    np.testing.assert_allclose(J / J[0], expected, rtol=1e-9)
    np.testing.assert_allclose(critical_at(conditions, **{STACK: P, K: 0.0}), J[0], rtol=1e-12)


def test_the_full_cell_s_follows_its_temperature():
    J = critical_at(of_conditions(cell="full"), **{T: np.array([ROOM, 333.15]), E: 38.6e3})
    assert J[1] / J[0] == pytest.approx(np.exp(-38.6e3 / R_GAS * (1 / 333.15 - 1 / ROOM)))


def test_a_film_that_grew_counts_as_it_is():
    """Its age is a state: what changes with temperature is only what it resists."""
    grown = of_conditions()
    inputs = LAW_A | {T: np.array([ROOM, 333.15]), E: 0.0, "Current function [A]": 0.0}
    start, end = grown.solve(inputs, [0, 3600.0 * 500])[CRITICAL].T
    assert start[0] == pytest.approx(start[1], rel=1e-12)
    assert end[1] < end[0] < start[0]  # it grows faster when warm
