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
