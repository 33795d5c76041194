"""Any cathode from its file: other oxides, tables, hysteresis, reactions, salt, heat."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import FullCell, cell_parameters
from ssb_model.constants import FARADAY
from ssb_model.library import load_parameter_set

from .cathodes import csv, electrode

SMALL = {"x_p": 5, "r_p": 5, "R_p": 8}
VOLTAGE = "Voltage [V]"
X = np.linspace(0, 1, 101)
U = 3.9 - 0.9 * X - 0.2 * np.tanh(30 * (X - 0.5)) + 0.6 * np.exp(-60 * X)
STORED = "Catholyte salt concentration over initial one"


def made(cathode, **options):
    """Model and parameter values of a full cell with a cathode, at C/2."""
    chosen = {**load_parameter_set(cathode).options, **options}
    values = cell_parameters("full", cathode=cathode, options=chosen)
    values["Current function [A]"] = values["Nominal cell capacity [A.h]"] / 2
    return FullCell(chosen), values


def solved(model, values, seconds=3600.0, count=13, current=None, points=SMALL):
    """PyBaMM's solution by IDAKLU, and the times."""
    values = values.copy()
    if current is not None:
        values["Current function [A]"] = current
    times = np.linspace(0, seconds, count)
    simulation = pybamm.Simulation(
        model,
        parameter_values=values,
        var_pts={**model.default_var_pts, **points},
        solver=pybamm.IDAKLUSolver(rtol=1e-8, atol=1e-10),
    )
    return simulation.solve([0, seconds], t_interp=times), times


def compiled_voltage(model, values, times):
    points = {**model.default_var_pts, **SMALL}
    compiled = ssb_model.compile(model, values, var_pts=points)
    return np.ravel(compiled.solve({}, times)[VOLTAGE])


def table(folder, head, tables, **more):
    window = {"lower_cut_off_voltage": "2.7 V", "upper_cut_off_voltage": "4.5 V"}
    named = {key.replace("cut_off", "cut-off"): value for key, value in (window | more).items()}
    return electrode(folder, head=head, tables=tables, **named)


def one_branch(folder, **more):
    head = 'open_circuit_potential = { table = "ocp.csv" }'
    return table(folder, head, {"ocp.csv": csv(stoichiometry=X, voltage=U)}, **more)


def two_branches(folder, **more):
    head = 'open_circuit_potential = { table = "ocp.csv" }'
    columns = csv(stoichiometry=X, lithiation=U - 0.03, delithiation=U + 0.03)
    return table(folder, head, {"ocp.csv": columns}, hysteresis_decay_rate="30 1", **more)


SITES = [  # as of PyBaMM's MSMR_Example; V, share, ideality, A.m-2
    (3.62274, 0.13442, 0.9671, 5),
    (3.72645, 0.3246, 1.39712, 5),
    (3.90575, 0.21118, 3.505, 5),
    (4.22955, 0.3298, 5.52757, 50),
]


def site(V, share, ideality, j):
    keys = f'potential = "{V} V", share = {share}, ideality = {ideality}'
    return f'{{ {keys}, exchange_current_density = "{j} A/m2" }}'


REACTIONS = f"open_circuit_potential = {{ reactions = [{', '.join(site(*s) for s in SITES)}] }}"


def reactions(folder, **more):
    return table(folder, REACTIONS, {}, charged_stoichiometry="0.3 1", **more)


def sloped(folder):
    factor = {"diffusivity.csv": csv(stoichiometry=X[::10], factor=1 - 0.9 * X[::10])}
    head = 'open_circuit_potential = "afshar2017"\n'
    head += 'relative_diffusivity = { table = "diffusivity.csv", factor = "factor" }'
    return electrode(folder, head=head, tables=factor)


FILES = {
    "NMC811": lambda folder: "nmc811",
    "LCO": lambda folder: "lco",
    "a table": one_branch,
    "hysteresis": two_branches,
    "reactions": reactions,
    "a diffusivity that falls": sloped,
}


@pytest.mark.parametrize("name", FILES)
def test_a_cell_from_a_file_compiled_is_as_idaklu_solves_it(name, tmp_path):
    model, values = made(FILES[name](tmp_path))
    solution, times = solved(model, values)
    known = solution[VOLTAGE](times)
    np.testing.assert_allclose(compiled_voltage(model, values, times), known, atol=5e-5)
    assert known[1] - known[-1] > 5e-3  # it has been discharged


@pytest.mark.parametrize(
    "options",
    [
        {"catholyte": "binary"},
        {"thermal": "lumped"},
        {"particle size": "distribution"},
        {"catholyte": "binary", "thermal": "lumped"},
    ],
    ids=str,
)
def test_options_of_the_cathode_compiled_are_as_idaklu_solves_them(options):
    model, values = made("lfp", **options)
    solution, times = solved(model, values, 1800.0, 7)
    np.testing.assert_allclose(
        compiled_voltage(model, values, times), solution[VOLTAGE](times), atol=2e-5
    )


def test_a_table_of_a_function_is_the_function(tmp_path):
    """Afshar's curve, tabulated, gives Afshar's discharge to a tenth of a millivolt."""
    x = np.concatenate([np.linspace(0, 0.05, 40), np.linspace(0.06, 0.94, 89)])
    x = np.concatenate([x, np.linspace(0.95, 1, 40)])
    V = 3.4077 - 0.020269 * x + 0.5 * np.exp(-150 * x) - 0.9 * np.exp(-30 * (1 - x))
    head = 'open_circuit_potential = { table = "ocp.csv" }'
    own = electrode(tmp_path, head=head, tables={"ocp.csv": csv(stoichiometry=x, voltage=V)})
    both = [solved(*made(cathode))[0][VOLTAGE].entries for cathode in ("lfp", own)]
    np.testing.assert_allclose(both[1], both[0], atol=1e-4)


def test_at_rest_the_voltage_is_the_curve_at_the_charged_stoichiometry(tmp_path):
    for cathode in (one_branch(tmp_path), "nmc811", "lco"):
        model, values = made(cathode)
        solution, _ = solved(model, values, current=0.0)
        start = pybamm.Scalar(values["Positive electrode charged stoichiometry"])
        curve = values["Positive electrode OCP [V]"](start).evaluate().item()
        np.testing.assert_allclose(solution[VOLTAGE].entries, curve, atol=1e-6)


def test_a_charged_cell_with_hysteresis_rests_on_the_upper_branch(tmp_path):
    model, values = made(two_branches(tmp_path))
    solution, _ = solved(model, values, current=0.0)
    start = values["Positive electrode charged stoichiometry"]
    upper = (
        values["Positive electrode delithiation OCP [V]"](pybamm.Scalar(start)).evaluate().item()
    )
    np.testing.assert_allclose(solution[VOLTAGE].entries, upper, atol=1e-6)


def measured_lfp(repository):
    """The measured table of LFP of NREL/batmods-lite, between empty and full, or a skip."""
    for folder in (repository, repository.parent):
        path = folder / "shared" / "data" / "lfp" / "lfp_ocv.csv"
        if path.exists():
            rows = np.genfromtxt(path, delimiter=",", names=True)
            return rows[(rows["x"] >= 0) & (rows["x"] <= 1)]
    pytest.skip("lfp_ocv.csv is not here")


def test_charge_after_discharge_lies_above_by_the_measured_hysteresis(repository, tmp_path):
    """At half lithium the branches are 56 mV apart; at C/50 the cell's resistance adds little."""
    rows = measured_lfp(repository)
    named = {"stoichiometry": "x", "lithiation": "V_lith", "delithiation": "V_delith"}
    keys = ", ".join(f'{key} = "{name}"' for key, name in named.items())
    cathode = electrode(
        tmp_path,
        head=f'open_circuit_potential = {{ table = "ocp.csv", {keys} }}',
        tables={"ocp.csv": csv(**{name: rows[name] for name in named.values()})},
        hysteresis_decay_rate="100 1",
        diffusivity="1e-15 m2/s",
        **{"upper_cut-off_voltage": "3.9 V"},
    )
    model, values = made(cathode)
    way = pybamm.Experiment(["Discharge at C/50 for 30 h", "Charge at C/50 for 20 h"])
    solution = pybamm.Simulation(
        model,
        experiment=way,
        parameter_values=values,
        var_pts={**model.default_var_pts, **SMALL},
    ).solve()
    down, up = (
        np.interp(0.5, x[:: 1 if x[0] < x[-1] else -1], V[:: 1 if x[0] < x[-1] else -1])
        for x, V in (
            (cycle["Average positive particle stoichiometry"].entries, cycle[VOLTAGE].entries)
            for cycle in solution.cycles
        )
    )
    low, high = (np.interp(0.5, rows["x"], rows[name]) for name in ("V_lith", "V_delith"))
    ohmic = 2 * 200e-4 * values["Nominal cell capacity [A.h]"] / 50 / 1e-4  # 200 ohm cm2, twice
    assert high - low == pytest.approx(0.0562, abs=1e-4)
    assert high - low < up - down < high - low + 2 * ohmic + 1e-3


def test_salt_is_conserved_and_leans_as_the_steady_state_says():
    """Li+ carries all current at the garnet: D_eff dc/dx = -(1 - t) i / F there, 0 at the end."""
    model, values = made("lfp", catholyte="binary")
    values["Positive electrode salt diffusivity [m2.s-1]"] = 1e-12
    values["Positive electrode salt concentration [mol.m-3]"] = 500.0
    solution, _ = solved(model, values, points={"x_p": 40, "r_p": 5})
    salt = solution[STORED].entries
    np.testing.assert_allclose(salt.mean(axis=0), 1, atol=1e-6)
    length = values["Positive electrode thickness [m]"]
    i = values["Current function [A]"] / 1e-4
    spreading = 1e-12 * values["Positive electrode porosity"] ** 1.5
    slope = -(1 - 0.3) * i / (FARADAY * spreading * 500)  # of c over c_0, at the garnet
    # a reaction even over the depth lets the current fall linearly: a parabola
    assert salt[0, -1] - salt[-1, -1] == pytest.approx(-slope * length / 2, rel=0.15)


def test_salt_used_up_ends_the_discharge():
    model, values = made("lfp", catholyte="binary")
    values["Positive electrode salt diffusivity [m2.s-1]"] = 2e-14
    solution, _ = solved(model, values)
    assert solution.termination in (
        "event: Catholyte without salt",
        "event: Minimum voltage [V]",
    )
    assert solution.t[-1] < 3600


def test_a_cell_that_loses_no_heat_is_warmed_by_what_it_does_not_deliver():
    """C (T - T_0) = integral of (U - V) i over time, with U at the particles' surfaces."""
    model, values = made("nmc811", thermal="lumped")
    transfer = "Positive electrode areal heat transfer coefficient [W.m-2.K-1]"
    values[transfer] = 1e-4
    solution, times = solved(model, values, 3600.0, 361)
    T = solution["Volume-averaged cell temperature [K]"].entries
    U = solution["X-averaged positive electrode open-circuit potential [V]"].entries
    i = values["Current function [A]"] / 1e-4
    C = values["Positive electrode areal heat capacity [J.m-2.K-1]"]
    lost = np.trapezoid((U - solution[VOLTAGE].entries) * i, times)
    assert T[-1] - T[0] > 0.5
    assert C * (T[-1] - T[0]) == pytest.approx(lost, rel=0.02)


def test_heat_that_is_passed_on_at_once_leaves_an_isothermal_cell():
    transfer = "Positive electrode areal heat transfer coefficient [W.m-2.K-1]"
    both = []
    for thermal in ("lumped", "isothermal"):
        model, values = made("nmc811", thermal=thermal)
        values[transfer] = 1e6
        both.append(solved(model, values)[0][VOLTAGE].entries)
    np.testing.assert_allclose(*both, atol=1e-5)


def test_leads_make_no_heat_in_the_cell():
    found = []
    for leads in ("none", "series"):
        model, values = made("nmc811", thermal="lumped", leads=leads)
        values["Lead resistance [Ohm]"] = 100.0
        solution, _ = solved(model, values)
        found.append(solution["Volume-averaged cell temperature [K]"].entries[-1])
    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_a_lumped_cell_begins_at_the_temperature_around_it():
    model, values = made("lfp", thermal="lumped")
    values["Ambient temperature [K]"] = 333.15
    solution, _ = solved(model, values, current=0.0)
    T = solution["Volume-averaged cell temperature [K]"].entries
    np.testing.assert_allclose(T, 333.15, atol=1e-8)


def test_one_size_of_particles_is_the_limit_of_a_narrow_distribution():
    model, values = made("lfp", **{"particle size": "distribution"})
    values["Positive electrode particle radius spread"] = 0.01
    wide, _ = solved(model, values, points={"x_p": 5, "r_p": 10, "R_p": 12})
    single, _ = solved(*made("lfp"), points={"x_p": 5, "r_p": 10})
    np.testing.assert_allclose(wide[VOLTAGE].entries, single[VOLTAGE].entries, atol=5e-4)


def test_a_relative_diffusivity_of_one_changes_nothing(tmp_path):
    flat = csv(stoichiometry=X[::10], factor=np.ones(11))
    head = 'open_circuit_potential = "afshar2017"\n'
    head += 'relative_diffusivity = { table = "d.csv", factor = "factor" }'
    own = electrode(tmp_path, head=head, tables={"d.csv": flat})
    both = [solved(*made(cathode))[0][VOLTAGE].entries for cathode in ("lfp", own)]
    np.testing.assert_allclose(*both, atol=1e-6)


def test_a_relative_diffusivity_of_pybamm_is_one_at_half_lithium(tmp_path):
    head = 'open_circuit_potential = { parameter_set = "Chen2020" }\n'
    head += 'relative_diffusivity = { parameter_set = "ORegan2022" }'
    values = made(electrode(tmp_path, like="nmc811", head=head))[1]
    D = values["Positive particle diffusivity [m2.s-1]"]
    at = [values.evaluate(D(pybamm.Scalar(x), pybamm.Scalar(298.15))) for x in (0.5, 0.32)]
    assert at[0] == pytest.approx(4e-15)
    assert at[1] < at[0] / 2  # O'Regan's first dip


def test_reactions_start_where_their_sites_are_filled_as_charged(tmp_path):
    model, values = made(reactions(tmp_path))
    solution, _ = solved(model, values, current=0.0)
    x = solution["Average positive particle stoichiometry"].entries
    np.testing.assert_allclose(x, 0.3, atol=1e-6)


def test_cut_offs_and_the_nominal_capacity_are_the_cathodes():
    values = cell_parameters("full", cathode="lco")
    assert values["Lower voltage cut-off [V]"] == 3.105
    assert values["Upper voltage cut-off [V]"] == 4.1
    assert values["Open-circuit voltage at 100% SOC [V]"] == 4.1
    assert values["Nominal cell capacity [A.h]"] == pytest.approx(137 * 0.1 * 1e-4)  # 10 mg/cm2
    changed = cell_parameters("full", cathode="lco", values={"Lower voltage cut-off [V]": 3.2})
    assert changed["Open-circuit voltage at 0% SOC [V]"] == 3.2


def test_the_heat_of_entropy_shifts_the_potential(tmp_path):
    """U(T) = U + dU/dT (T - T_ref)."""
    own = electrode(tmp_path, open_circuit_potential_temperature_coefficient="1e-4 V/K")
    voltages = []
    for T in (298.15, 318.15):
        model, values = made(own)
        values["Ambient temperature [K]"] = T
        voltages.append(solved(model, values, current=0.0)[0][VOLTAGE].entries)
    np.testing.assert_allclose(voltages[1] - voltages[0], 2e-3, atol=1e-6)  # from the start


def limited(**values):
    model, parameters = made("lfp", **{"lithium inventory": "limited"})
    named = {"thickness": "Lithium thickness [m]", "efficiency": "Lithium plating efficiency"}
    named["assembled"] = "Positive electrode assembled stoichiometry"
    parameters.update({named[key]: value for key, value in values.items()})
    return model, parameters


def test_a_discharge_ends_when_the_lithium_is_used_up():
    """Without a foil, after the charge that the cathode gave: half of its sites here."""
    model, values = limited(thickness=0.0, assembled=0.51, efficiency=1.0)
    solution, _ = solved(model, values, 7200.0)
    assert solution.termination == "event: Lithium exhausted"
    sites = (
        values["Maximum concentration in positive electrode [mol.m-3]"]
        * values["Positive electrode thickness [m]"]
        * 0.374
        * values["Positive electrode utilisation"]
        * 1e-4
        * FARADAY
    )
    charge = values["Current function [A]"] * solution.t[-1]
    assert charge == pytest.approx(0.5 * sites, rel=1e-6)


def test_a_thick_foil_changes_no_discharge():
    both = [solved(*one)[0][VOLTAGE].entries for one in (limited(), made("lfp"))]
    np.testing.assert_allclose(*both, atol=1e-7)


def test_plating_loses_what_its_efficiency_says():
    """Charge after discharge: q returns by the efficiency."""
    model, values = limited(efficiency=0.9)
    way = pybamm.Experiment(["Discharge at C/2 for 30 minutes", "Charge at C/2 for 30 minutes"])
    solution = pybamm.Simulation(
        model,
        experiment=way,
        parameter_values=values,
        var_pts={**model.default_var_pts, **SMALL},
    ).solve()
    q = solution["Lithium inventory [A.h.m-2]"].entries
    passed = values["Nominal cell capacity [A.h]"] / 4 / 1e-4
    assert q[0] - q.min() == pytest.approx(passed, rel=1e-4)
    assert q[-1] - q.min() == pytest.approx(0.9 * passed, rel=1e-3)


def test_a_cell_with_limited_lithium_compiled_ends_as_idaklu_does():
    model, values = limited(thickness=0.0, assembled=0.4, efficiency=1.0)
    solution, times = solved(model, values, 7200.0, 25)
    points = {**model.default_var_pts, **SMALL}
    compiled = ssb_model.compile(model, values, var_pts=points).solve({}, times)
    assert float(np.ravel(compiled.t_end)[0]) == pytest.approx(solution.t[-1], rel=1e-6)
