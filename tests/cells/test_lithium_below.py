"""Lithium that plates below a layer: where it forms, what it takes, what it leaves behind."""

import numpy as np
import pybamm
import pytest

import ssb_model

from . import closed_forms as paper

PLATED = {"lithium below layer": "plated", "interface growth": "none"}
PLAIN = {"interface growth": "none"}
NUCLEATION = "Lithium nucleation overpotential [V]"
PLATING, STRIPPED = "Positive face ", "Negative face "
CHARGE, SHARE = "lithium below layer [A.h.m-2]", "share with lithium below layer"
J_P, DRIVE = "current density plated below layer [A.m-2]", "plating potential below layer [V]"
LIFTED, R_FACE = "lifted share of layer", "resistance [Ohm.m2]"
OUTPUTS = [f"{PLATING}{name}" for name in (CHARGE, SHARE, J_P, DRIVE, LIFTED, R_FACE)]
HALF_AN_HOUR = np.linspace(0, 1800, 5)


def plated(J, coating="zni2-0.5", values=None, times=HALF_AN_HOUR, options=PLATED):
    """Of a current density [A/m2], which plates the positive face."""
    given = ssb_model.cell_parameters("symmetric", coating=coating, values=values)
    cell = ssb_model.SymmetricCell(options)
    outputs = ["Voltage [V]", *(OUTPUTS if "lithium below layer" in options else ())]
    compiled = ssb_model.compile(cell, given, outputs=outputs)
    return compiled.solve({"Current function [A]": J * 1e-4}, times, rtol=1e-9, atol=1e-11)


def onset(coating):
    """J [A/m2] at which h J/s_i and charge transfer together are 30 mV."""
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    j0 = paper.number(values, "Negative face exchange-current density [A.m-2]")
    thermal = 2 * paper.R * 298.15 / paper.F
    r = paper.layer_resistance(values, "Negative")
    low, high = 0.0, 1e4
    for _ in range(60):
        J = (low + high) / 2
        above = J * r + thermal * np.arcsinh(J / (2 * j0)) > 30e-3
        low, high = (low, J) if above else (J, high)
    return low


@pytest.mark.parametrize("coating", ["zni2-0.5", "zni2-1.5", "lizn"])
def test_it_forms_where_the_garnets_side_passes_the_nucleation_overpotential(coating):
    J = onset(coating)
    below, above = (plated(share * J, coating) for share in (0.999, 1.001))
    assert below[PLATING + CHARGE][-1] == 0
    assert above[PLATING + CHARGE][-1] > 0


def test_it_never_forms_where_the_overpotential_is_out_of_reach():
    """And the cell is today's, in time and frequency."""
    with_it = plated(20.0, values={NUCLEATION: 2.0})
    assert with_it[PLATING + CHARGE][-1] == 0
    plain = plated(20.0, options=PLAIN)["Voltage [V]"]
    np.testing.assert_allclose(with_it["Voltage [V]"], plain, rtol=1e-10)


def test_below_a_layer_without_electrons_hardly_any_forms_and_below_one_with_nearly_all():
    """At the same multiple of either's onset, of the charge that was plated."""
    taken = {}
    for coating in ("i2", "zni2-0.5", "lizn"):
        J = 1.5 * onset(coating)
        found = plated(J, coating)
        taken[coating] = found[PLATING + CHARGE][-1] / (J * 0.5)
    assert taken["i2"] < 1e-3
    assert taken["zni2-0.5"] > 0.9 and taken["lizn"] > 0.9


def test_while_it_is_there_it_short_circuits_the_layers_ionic_resistance():
    values = ssb_model.cell_parameters("symmetric", coating="zni2-1.5")
    J = 1.2 * onset("zni2-1.5")
    R = plated(J, "zni2-1.5")[PLATING + R_FACE]
    transfer = paper.charge_transfer_resistance(values, "Negative")
    transfer += paper.constriction_resistance(values, "Negative")  # the formula's, at full contact
    assert R[0] == pytest.approx(transfer + paper.layer_resistance(values, "Negative"), rel=1e-6)
    assert R[-1] == pytest.approx(transfer, rel=0.01)


def test_the_current_divides_by_kirchhoffs_laws():
    """w = (J - J_p) r_i - J_p r_e, with electrons as slow as ions and the double layer at rest."""
    values = {
        "Negative face layer electronic conductivity [S.m-1]": 1e-4,
        "Negative face exchange-current density [A.m-2]": 1e6,
        "Negative face layer lithium concentration [mol.m-3]": 1.0,
        "Lithium coalescence charge [C.m-2]": 1e6,  # nuclei, as good as none
        NUCLEATION: 3e-3,
    }
    J, h = 100.0, 200e-9
    found = plated(J, values=values, times=np.array([0, 1.0, 2.0]))
    w, J_p = found[PLATING + DRIVE][-1], found[PLATING + J_P][-1]
    given = ssb_model.cell_parameters("symmetric", values=values)
    r_i = h / 6e-4 + paper.charge_transfer_resistance(given, "Negative")
    assert J_p > 0.05 * J * 1e-4 / 6e-4
    assert w == pytest.approx((J - J_p) * r_i - J_p * h / 1e-4, rel=1e-3)


def test_lithium_is_conserved():
    """What the garnet brings: below the layer, into the layer, or past it into the metal."""
    names = (CHARGE, "layer stored lithium [C.m-2]", "layer lithium potential [V]")
    values = ssb_model.cell_parameters("symmetric", coating="zni2-1.5")
    J = 1.3 * onset("zni2-1.5")
    values["Current function [A]"] = J * 1e-4
    times = np.r_[0, np.geomspace(1e-4, 60, 4000)]
    simulation = pybamm.Simulation(
        ssb_model.SymmetricCell(PLATED),
        parameter_values=values,
        solver=pybamm.IDAKLUSolver(rtol=1e-9, atol=1e-12),
    )
    solution = simulation.solve([0, times[-1]], t_interp=times)
    q, stored, u = (solution[PLATING + name].entries for name in names)
    s_i, s_e = paper.layer_conductivities(values, "Negative")
    slope = u[0] / simulation.mesh["positive face layer"].nodes[0]
    h = paper.number(values, "Negative face layer thickness [m]")
    into_metal = s_i / (s_i + s_e) * J + s_i * s_e / (s_i + s_e) * slope / h
    total = (
        q * 3600
        + stored
        + np.r_[0, np.cumsum((into_metal[1:] + into_metal[:-1]) / 2 * np.diff(times))]
    )
    eta = solution[f"{PLATING}charge-transfer overpotential [V]"].entries
    double_layer = -eta * paper.number(values, "Negative face double-layer capacity [F.m-2]")
    np.testing.assert_allclose((total + double_layer)[-1], J * times[-1], rtol=2e-4)


def reversed_(rest="Rest for 1 second", pressure=0.2e6):
    """Plated on the positive face above its onset, then stripped as long again, and rested."""
    values = ssb_model.cell_parameters("symmetric", values={"Stack pressure [Pa]": pressure})
    steps = ("Discharge at 10 mA for 5 minutes", "Charge at 10 mA for 8 minutes", rest)
    simulation = pybamm.Simulation(
        ssb_model.SymmetricCell(PLATED),
        parameter_values=values,
        experiment=pybamm.Experiment([steps]),
        solver=pybamm.IDAKLUSolver(rtol=1e-6, atol=1e-8),
    )
    return [step[PLATING + SHARE].entries[-1] for step in simulation.solve().cycles[0].steps], [
        step[PLATING + LIFTED].entries[-1] for step in simulation.solution.cycles[0].steps
    ]


def test_stripped_again_it_has_lifted_the_layer_and_creep_brings_it_back():
    shares, lifted = reversed_()
    assert shares[0] > 0.99 and shares[1] < 1e-6
    assert lifted[1] > 0.9
    _, healed = reversed_("Rest for 1 hour", 1e6)
    assert healed[2] < 0.1


def test_filaments_grow_from_its_nuclei_below_the_laws_critical_current():
    """Slowly coalescing nuclei carry more than their share: a layer that bears more shorts."""
    options = PLATED | {"short circuit": "critical current"}
    law = {"Critical current law reference current density [A.m-2]": 1e3}
    few = law | {"Lithium coalescence charge [C.m-2]": 1e6}
    J, times = 80.0, np.linspace(0, 3600, 5)

    def share(values, options):
        given = ssb_model.cell_parameters("symmetric", values=values)
        outputs = ["Filament share of garnet"]
        compiled = ssb_model.compile(ssb_model.SymmetricCell(options), given, outputs=outputs)
        return compiled.solve({"Current function [A]": J * 1e-4}, times)

    without = share(few, PLAIN | {"short circuit": "critical current"})
    assert without["Filament share of garnet"][-1] == 0
    nuclei = share(few, options)
    assert nuclei.termination == "Short circuit"
    film = share(law | {"Lithium coalescence charge [C.m-2]": 3.6}, options)
    assert film.succeeded and film["Filament share of garnet"][-1] < 0.1


def test_a_full_cell_plates_it_on_charge_alone():
    half = {"Positive electrode charged stoichiometry": 0.5}
    values = ssb_model.cell_parameters("full", values={NUCLEATION: 1e-3, **half})
    outputs = [f"{STRIPPED}{CHARGE}"]
    cell = ssb_model.compile(ssb_model.FullCell(PLATED), values, outputs=outputs)
    ends = {
        sign: cell.solve({"Current function [A]": sign * 5e-4}, np.array([0, 60.0]))[outputs[0]][-1]
        for sign in (1, -1)
    }
    assert ends[1] == 0 and ends[-1] > 0


@pytest.mark.parametrize("make", [ssb_model.SymmetricCell, ssb_model.FullCell])
def test_layers_own_ways_need_a_layer(make):
    for option in (
        {"lithium below layer": "plated"},
        {"layer dissolution": "into lithium"},
        {"coverage": "pinholes"},
    ):
        with pytest.raises(ssb_model.InputError, match="needs a layer"):
            make({"buffer layer": "none", **option})
    with pytest.raises(ssb_model.InputError, match="electrons short it"):
        make({"buffer layer": "alloy", "layer permittivity": "dielectric"})
    with pytest.raises(ssb_model.InputError, match="cannot be combined"):
        make({"coverage": "pinholes", "contact gap": "capacitance"})
