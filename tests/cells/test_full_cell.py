"""The full cell: charge that passes is lithium that arrives, and ohmic parts stay ohmic."""

import numpy as np
import pytest

from ssb_model import FullCell, cell_parameters

from . import closed_forms as paper

SMALL = {"x_p": 5, "r_p": 5}
LITHIUM = "Total lithium in positive electrode [mol]"
COATINGS = {"zni2-0.5": "mixed conductor", "bare": "none"}


def cell(coating="zni2-0.5", **options):
    return FullCell({"buffer layer": COATINGS[coating], "interface growth": "none"} | options)


@pytest.mark.parametrize("coating", COATINGS)
@pytest.mark.parametrize("c_rate", [0.1, 1.0])
def test_charge_passed_is_lithium_in_the_cathode(galvanostatic, coating, c_rate):
    """To 1e-6, with the double layer's small share taken out of the balance."""
    values = cell_parameters(
        "full", coating=coating, values={"Positive electrode double-layer capacity [F.m-2]": 1e-9}
    )
    current = c_rate * values["Nominal cell capacity [A.h]"]
    times = np.linspace(0, 1000 / c_rate, 5)
    solution = galvanostatic(cell(coating), values, current, times, SMALL)
    lithium = solution[LITHIUM](times)
    np.testing.assert_allclose((lithium - lithium[0])[1:] * paper.F, current * times[1:], rtol=1e-6)


def test_double_layer_of_the_cathode_holds_the_rest_of_the_charge(galvanostatic):
    """Default capacity: charge passed = lithium in the particles + charge of the double layer."""
    values = cell_parameters("full")
    current = values["Nominal cell capacity [A.h]"]
    times = np.linspace(0, 3000.0, 5)
    solution = galvanostatic(cell(), values, current, times, SMALL)
    lithium = solution[LITHIUM](times)
    jump = solution["X-averaged positive electrode surface potential difference [V]"](times)
    radius = values["Positive particle radius [m]"]
    active = 0.374 * 0.92
    volume = values["Positive electrode thickness [m]"] * 1e-4
    capacity = (
        values["Positive electrode double-layer capacity [F.m-2]"] * 3 * active / radius * volume
    )
    charge = (lithium - lithium[0]) * paper.F - capacity * (jump - jump[0])
    np.testing.assert_allclose(charge[1:], current * times[1:], rtol=1e-6)


def test_discharge_capacity_is_current_times_time(galvanostatic):
    values = cell_parameters("full")
    current = values["Nominal cell capacity [A.h]"]
    solution = galvanostatic(cell(), values, current, np.linspace(0, 5000, 3), SMALL)
    capacity = solution["Discharge capacity [A.h]"].entries[-1]
    assert solution.termination == "event: Minimum voltage [V]"
    np.testing.assert_allclose(capacity, current * solution.t[-1] / 3600, rtol=1e-6)


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ("Cathode-side resistance [Ohm.m2]", 1e-2),
        ("Garnet thickness [m]", 1e-3),
    ],
)
def test_more_series_resistance_lowers_the_voltage_by_ohms_law(galvanostatic, part, more):
    """Garnet and cathode side are ohmic: Delta V = -J Delta R at every depth of discharge."""
    base = cell_parameters("full")
    thicker = cell_parameters("full", values={part: base[part] + more})
    current = 0.1 * base["Nominal cell capacity [A.h]"]
    times = np.linspace(0, 20000.0, 6)
    before, after = (
        galvanostatic(cell(), values, current, times, SMALL)["Voltage [V]"](times[1:])
        for values in (base, thicker)
    )
    resistance = more / base["Garnet conductivity [S.m-1]"] if part.startswith("Garnet") else more
    np.testing.assert_allclose(before - after, current / 1e-4 * resistance, rtol=1e-4)


def test_bare_face_costs_the_discharge_its_resistance(galvanostatic):
    """Bare minus coated at C/10: the faces' resistances on paper times the current density."""
    values = {coating: cell_parameters("full", coating=coating) for coating in COATINGS}
    current = 0.01 * values["bare"]["Nominal cell capacity [A.h]"]
    coated, bare = (
        galvanostatic(cell(c), values[c], current, [0, 36000.0], SMALL)["Voltage [V]"].entries[-1]
        for c in COATINGS
    )
    face = {
        c: paper.charge_transfer_resistance(values[c], "Negative")
        + paper.constriction_resistance(values[c], "Negative")
        for c in COATINGS
    }
    face["zni2-0.5"] += paper.layer_resistance(values["zni2-0.5"], "Negative")
    expected = current / 1e-4 * (face["bare"] - face["zni2-0.5"])
    np.testing.assert_allclose(coated - bare, expected, rtol=5e-3)


def test_faded_cell_has_lost_its_share_of_active_material(galvanostatic):
    """0.021 % a cycle: 200 cycles cost 4.2 % of the capacity at low rate."""
    capacity = {}
    for cycle in (0.0, 200.0):
        values = cell_parameters("full", values={"Cycle number": cycle})
        current = 0.05 * values["Nominal cell capacity [A.h]"]
        solution = galvanostatic(cell(), values, current, [0, 80000.0], SMALL)
        capacity[cycle] = solution["Discharge capacity [A.h]"].entries[-1]
    assert 1 - capacity[200] / capacity[0] == pytest.approx(0.042, rel=0.02)
