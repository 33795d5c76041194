"""Voids: what is lost, what comes back, and what a layer does about it, against closed forms."""

import numpy as np
import pytest

import ssb_model
from ssb_model.compiled.protocols.protocol import Protocol, Step

from . import closed_forms as paper

FARADAY, R_GAS, T = 96485.33212, 8.314462618, 298.15
X = "Negative face retained contact"
SUPPLY = "Negative face resupply current density [A.m-2]"
LOSS = "Lithium contact loss per charge [m2.C-1]"
RECOVERY = "Lithium plating recovery"
PRESSURE = "Stack pressure [Pa]"
OUTPUTS = [X, SUPPLY, "Negative face resistance [Ohm.m2]"]


def cell(coating, inputs=()):
    layer = "none" if coating == "bare" else "mixed conductor"
    options = {"contact loss": "voids", "buffer layer": layer, "interface growth": "none"}
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    names = [LOSS, RECOVERY, PRESSURE, *inputs]
    model = ssb_model.SymmetricCell(options)
    return ssb_model.compile(model, values, inputs=names, outputs=OUTPUTS)


@pytest.fixture(scope="module")
def bare():
    return cell("bare")


def run(compiled, inputs, *steps):
    """Retained contact [-] and everything else at the end of steps of (A/m2, hours)."""
    protocol = Protocol([Step("current", J * 1e-4, 3600 * hours) for J, hours in steps])
    solution = compiled.solve(inputs, experiment=protocol, rtol=1e-8, atol=1e-10)
    return {name: float(solution.final[name]) for name in OUTPUTS}


def test_contact_is_lost_exponentially_in_the_charge_that_exceeds_resupply(bare):
    kappa, J, hours = 2e-5, 5.0, 3.0
    found = run(bare, {LOSS: kappa, PRESSURE: 1e5}, (J, hours))
    creep = 0.01 * 0.1**5 * 3600 * hours  # its share of what is lost comes back
    lost = 1 - np.exp(-kappa * (J - found[SUPPLY]) * 3600 * hours)
    assert 1 - found[X] == pytest.approx(lost, rel=creep)
    assert lost > 0.5


def test_below_resupply_nothing_is_lost(bare):
    """Pressure raises what is resupplied: 0.15 mA/cm2 a megapascal."""
    J = 1.0
    assert run(bare, {PRESSURE: 1e6}, (J, 50))[X] == pytest.approx(1, abs=1e-8)
    assert run(bare, {PRESSURE: 1e5}, (J, 50))[X] < 0.5


def test_resupply_is_that_of_the_contact_and_of_the_pressure(bare):
    found = run(bare, {PRESSURE: 2e6}, (0.0, 1))
    theta = 0.005
    assert found[SUPPLY] == pytest.approx(theta * 1.0 + 0.15e-5 * 2e6, rel=1e-9)


def test_plating_refills_a_share_of_the_voids(bare):
    kappa, rho, J = 1e-5, 0.3, 3.0
    inputs = {LOSS: kappa, RECOVERY: rho, PRESSURE: 0.0}
    after = run(bare, inputs, (J, 4))[X]
    back = run(bare, inputs, (J, 4), (-J, 5))[X]
    assert (1 - back) / (1 - after) == pytest.approx(np.exp(-rho * kappa * J * 5 * 3600), rel=1e-6)


def test_creep_closes_voids_at_rest(bare):
    """Roy's rate, 0.01/s at 1 MPa with the fifth power of the stress."""
    inputs, hours = {LOSS: 3e-5, RECOVERY: 0.0, PRESSURE: 3e5}, 2.0
    after = run(bare, inputs, (6.0, 4))[X]
    rested = run(bare, inputs, (6.0, 4), (0.0, hours))[X]
    expected = np.exp(-0.01 * 0.3**5 * 3600 * hours)
    assert (1 - rested) / (1 - after) == pytest.approx(expected, rel=1e-5)


def test_without_pressure_what_is_lost_stays_lost(bare):
    inputs = {LOSS: 3e-5, RECOVERY: 0.0, PRESSURE: 0.0}
    assert run(bare, inputs, (2.0, 4), (0.0, 100))[X] == pytest.approx(
        run(bare, inputs, (2.0, 4))[X], rel=1e-9
    )


def test_resistance_is_that_of_the_contact_left(bare):
    found = run(bare, {LOSS: 2e-5, PRESSURE: 0.0}, (2.0, 3))
    values = ssb_model.cell_parameters("symmetric", coating="bare")
    values["Negative face contact fraction"] = 0.005 * found[X]
    whole = paper.charge_transfer_resistance(values, "Negative") + paper.constriction_resistance(
        values, "Negative"
    )
    assert found["Negative face resistance [Ohm.m2]"] == pytest.approx(whole, rel=1e-6)


def test_a_layer_supplies_sideways_what_its_conductivities_allow():
    """4 h s_a (RT Gamma/F)/a^2: nothing unless it conducts ions and electrons."""
    conductivities = [
        f"Negative face layer {kind} conductivity [S.m-1]" for kind in ("ionic", "electronic")
    ]
    names = ["Lithium void radius [m]", "Negative face layer thermodynamic factor", *conductivities]
    layered = cell("zni2-0.5", names)
    radius, gamma, h, thermal = 4e-6, 50.0, 200e-9, R_GAS * T / FARADAY
    pressed = run(layered, {"Lithium void radius [m]": 1.0}, (0.0, 1))[SUPPLY]
    for s_i, s_e in ((6e-4, 1e3), (3e-5, 1e-10), (1.0, 1e6)):
        inputs = dict(zip(names, (radius, gamma, s_i, s_e), strict=True))
        sideways = 4 * h * s_i * s_e / (s_i + s_e) * thermal * gamma / radius**2
        assert run(layered, inputs, (0.0, 1))[SUPPLY] - pressed == pytest.approx(
            sideways, rel=1e-6, abs=1e-8
        )


def test_the_full_cell_loses_contact_too():
    model = ssb_model.FullCell({"contact loss": "voids", "buffer layer": "none"})
    values = ssb_model.cell_parameters("full", coating="bare")
    compiled = ssb_model.compile(model, values, inputs=[LOSS], outputs=["Voltage [V]", X])
    current = 0.5 * float(values["Nominal cell capacity [A.h]"])
    solution = compiled.solve({LOSS: [0.0, 2e-5], "Current function [A]": current}, [0, 3600.0])
    assert solution[X][0, -1] == pytest.approx(1, abs=1e-8)
    assert solution[X][1, -1] < 0.95
    assert solution["Voltage [V]"][1, -1] < solution["Voltage [V]"][0, -1]
