"""Voids by diffusion: transition times, conservation, healing, and the limits without voids."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import erf, erfinv

import ssb_model
from ssb_model.compiled.protocols.protocol import Protocol, Step

X = "Negative face retained contact"
SATURATION = "Negative face vacancy saturation"
METAL, VOIDS = (f"Negative face vacancies in {where} [C.m-2]" for where in ("metal", "voids"))
CONSTANT = "Lithium vacancy transition constant [A.m-2.s0.5]"
LOSS = "Lithium contact loss per charge [m2.C-1]"
RECOVERY = "Lithium plating recovery"
RATE = "Lithium creep reference rate [s-1]"
PRESSURE = "Stack pressure [Pa]"
TEMPERATURE = "Ambient temperature [K]"
VOLTAGE = "Voltage [V]"
OUTPUTS = [VOLTAGE, X, SATURATION, METAL, VOIDS]
K, S = 180.0, 2 * 180 / np.sqrt(np.pi)  # A.m-2.s1/2
FULL = {"Negative face contact fraction": 0.8, "Negative face contact spacing [m]": 1e-6}
AREA = 1e-4


def made(loss, *inputs):
    options = {"contact loss": loss, "buffer layer": "none"}
    values = ssb_model.cell_parameters("symmetric", coating="bare", values=FULL)
    model = ssb_model.SymmetricCell(options)
    outputs = OUTPUTS if loss == "vacancies" else [VOLTAGE]
    return ssb_model.compile(model, values, inputs=list(inputs), outputs=outputs)


@pytest.fixture(scope="module")
def cell():
    return made("vacancies", CONSTANT, LOSS, RECOVERY, RATE, PRESSURE, TEMPERATURE)


def stripped(cell, i, times, **inputs):
    """Solution at ``i`` [A.m-2] of the contact that was made, at 1 MPa without creep if not said
    otherwise."""
    given = {CONSTANT: K, PRESSURE: 1e6, RATE: 0.0, LOSS: 2e-5} | inputs
    current = {"Current function [A]": 0.8 * i * AREA}
    return cell.solve(given | current, times, rtol=1e-9, atol=1e-11)


def followed(cell, inputs, *steps):
    """Everything at the end of steps of (A.m-2 of the contact that was made, s)."""
    protocol = Protocol([Step("current", 0.8 * i * AREA, seconds) for i, seconds in steps])
    given = {CONSTANT: K, PRESSURE: 1e6, RATE: 0.0, LOSS: 2e-5, RECOVERY: 0.5} | inputs
    solution = cell.solve(given, experiment=protocol, rtol=1e-9, atol=1e-11)
    return {name: float(solution.final[name]) for name in OUTPUTS}


@pytest.mark.parametrize("i", [0.2, 2.0, 20.0, 100.0])
def test_the_transition_time_is_sands(cell, i):
    """i sqrt(tau) is one constant, from seconds to days."""
    tau = (K / i) ** 2
    times = np.linspace(0.9, 1.1, 401) * tau
    full = stripped(cell, i, times)[SATURATION] >= 1 - 1e-9
    assert times[np.argmax(full)] == pytest.approx(tau, rel=0.01)


def test_heat_raises_the_transition_constant_as_it_does_the_resupply(cell):
    hot, i = 333.15, 5.0
    factor = np.exp(60e3 / 8.314462618 * (1 / 298.15 - 1 / hot))
    times = np.linspace(0.9, 1.1, 201) * (K * factor / i) ** 2
    full = stripped(cell, i, times, **{TEMPERATURE: hot})[SATURATION] >= 1 - 1e-9
    assert times[np.argmax(full)] == pytest.approx((K * factor / i) ** 2, rel=0.01)


@pytest.mark.parametrize("i", [2.5, 6.0, 20.0])
def test_creep_delays_the_transition_and_caps_it(cell, i):
    """erf(sqrt(k tau)) = S sqrt(k)/i; never below S sqrt(k)."""
    k = 1e-4
    tau = erfinv(S * np.sqrt(k) / i) ** 2 / k
    times = np.linspace(0.9, 1.1, 401) * tau
    full = stripped(cell, i, times, **{RATE: k})[SATURATION] >= 1 - 1e-9
    assert times[np.argmax(full)] == pytest.approx(tau, rel=0.011)
    below = stripped(cell, 0.9 * S * np.sqrt(k), [0, 3e6], **{RATE: k})
    assert below[X][-1] == 1
    assert below[SATURATION][-1] == pytest.approx(0.9 * erf(np.sqrt(k * 3e6)), rel=0.01)


def test_what_is_stripped_is_found_in_the_metal_and_in_the_voids(cell):
    times = np.linspace(0, 30e3, 61)[1:]
    solution = stripped(cell, 2.0, times, **{LOSS: 1e-5})
    assert 0.1 < solution[X][-1] < 0.9
    found = solution[METAL] + solution[VOIDS]
    np.testing.assert_allclose(found, 0.8 * 2.0 * times, rtol=1e-9)


def test_the_loss_runs_away(cell):
    """The less contact is left, the less the metal takes up: every further percent is quicker."""
    times = np.linspace(8e3, 5e4, 400)
    solution = stripped(cell, 2.0, times)
    assert solution.termination == "Negative face contact lost"
    x = solution[X][np.isfinite(solution[X])]
    rate = -np.diff(x[x < 0.999])
    assert rate[-2] > 2 * rate[1] and (np.diff(rate[:-1]) > 0).all()


def depths(K_over_i, points=400):
    """Edges of cells of a half space, even where vacancies are."""
    return np.linspace(0, 8 * K_over_i, points + 1)


def test_contact_lost_is_that_of_scipys_solution(cell):
    """The same half space, on cells of its own, by an implicit method of variable order."""
    i, kappa, k = 2.0, 2e-5, 1e-5
    edges = depths(K / i)
    width = np.diff(edges)[0]

    def rates(t, y):
        w, x = y[:-1], y[-1]
        most = 2 * S * (x - w[0]) / width
        into = min(i, most)
        flux = np.concatenate([[into / S], -np.diff(w) / width, [0.0]])
        lost = kappa * max(i - most, 0)
        return np.append(-np.diff(flux) / width - k * w, (1 - x) * k - lost)

    times = np.linspace(0, 24e3, 13)
    start = np.append(np.zeros(len(edges) - 1), 1.0)
    band = {"lband": 1, "uband": 1}
    oracle = solve_ivp(
        rates, (0, times[-1]), start, "LSODA", times, rtol=1e-8, atol=1e-10, max_step=200.0, **band
    )
    ours = stripped(cell, i, times[1:], **{RATE: k, LOSS: kappa})
    assert oracle.y[-1, -1] < 0.8
    np.testing.assert_allclose(ours[X], oracle.y[-1, 1:], atol=3e-3)


@pytest.mark.parametrize("without", [{CONSTANT: 1e14}, {RATE: 1e8}], ids=["vacancies", "voids"])
def test_without_vacancies_or_with_infinite_creep_it_is_the_cell_that_keeps_its_contact(
    cell, without
):
    kept, times = made("none"), np.linspace(0, 3e5, 7)[1:]
    alone = kept.solve({"Current function [A]": 0.8 * 20 * AREA}, times, rtol=1e-9, atol=1e-11)
    solution = stripped(cell, 20.0, times, **without)
    np.testing.assert_allclose(solution[VOLTAGE], alone[VOLTAGE], rtol=1e-10)
    assert (solution[X] == 1).all()


def test_plating_fills_voids_and_vacancies(cell):
    """Voids by a share of the charge; the metal is emptied, and never beyond."""
    i, hours = 3.0, 3 * 3600
    opened = followed(cell, {}, (i, hours))
    refilled = followed(cell, {}, (i, hours), (-i, hours))
    closed = np.exp(-0.5 * 2e-5 * i * hours)
    assert (1 - refilled[X]) / (1 - opened[X]) == pytest.approx(closed, rel=1e-5)
    assert opened[X] < 0.9 and -1e-9 < refilled[METAL] < 0.5 * opened[METAL]
    assert 0 <= followed(cell, {}, (i, hours), (-i, 20 * hours))[SATURATION] < 1e-9


def test_creep_closes_voids_and_fills_vacancies_at_rest(cell):
    i, hours, rest, k = 3.0, 3 * 3600, 2 * 3600, 1e-4
    opened = followed(cell, {RATE: k}, (i, hours))
    rested = followed(cell, {RATE: k}, (i, hours), (0.0, rest))
    for left in (1 - rested[X]) / (1 - opened[X]), rested[METAL] / opened[METAL]:
        assert left == pytest.approx(np.exp(-k * rest), rel=1e-5)


def test_a_rest_without_pressure_lets_vacancies_diffuse_and_voids_stay(cell):
    opened = followed(cell, {}, (3.0, 2 * 3600))
    rested = followed(cell, {}, (3.0, 2 * 3600), (0.0, 20 * 3600))
    assert rested[X] == pytest.approx(opened[X], rel=1e-9) and opened[X] < 0.97
    assert rested[METAL] == pytest.approx(opened[METAL], rel=1e-9)
    assert rested[SATURATION] < 0.5 < opened[SATURATION]


def test_a_full_cell_makes_voids_on_discharge_and_none_on_charge():
    model = ssb_model.FullCell({"contact loss": "vacancies", "buffer layer": "none"})
    values = ssb_model.cell_parameters("full", coating="bare", values=FULL)
    values["Initial concentration in positive electrode [mol.m-3]"] = 12e3
    cell = ssb_model.compile(model, values, inputs=[CONSTANT, LOSS], outputs=[X, VOLTAGE])
    current = 0.5 * float(values["Nominal cell capacity [A.h]"]) * np.array([1.0, -1.0])
    inputs = {CONSTANT: 20.0, LOSS: 2e-5, "Current function [A]": current}
    discharged, charged = cell.solve(inputs, [0, 1800.0])[X][:, -1]
    assert charged == 1 and 0.05 < discharged < 0.95


def test_a_face_coated_in_part_has_metal_behind_either_share():
    options = {"contact loss": "vacancies", "coverage": "partial"}
    values = ssb_model.cell_parameters("symmetric", coating="zni2-0.1")
    shares = [f"Negative face {share} retained contact" for share in ("coated", "uncoated")]
    cell = ssb_model.compile(
        ssb_model.SymmetricCell(options), values, inputs=[CONSTANT], outputs=shares
    )
    inputs = {CONSTANT: 300.0, "Current function [A]": 5e-4}
    early, late = (cell.solve(inputs, [0, seconds]) for seconds in (2500.0, 4e5))
    coated, uncoated = (early[share][-1] for share in shares)
    assert uncoated < 0.9 * coated  # spots are lost first
    assert late.termination == "Negative face contact lost"
    assert late.final[shares[1]] == pytest.approx(0.005, rel=0.01)


def test_contact_left_has_exact_derivatives(cell):
    names, h = [CONSTANT, LOSS, RATE], 1e-4
    at = dict(zip(names, (K, 2e-5, 1e-5), strict=True))
    inputs = at | {PRESSURE: 1e6, "Current function [A]": 0.8 * 2 * AREA}
    solve = {"t_eval": [0, 14e3], "rtol": 1e-9, "atol": 1e-11}
    found = cell.solve(inputs, sensitivities=names, **solve)
    for name in names:
        ends = [cell.solve(inputs | {name: at[name] * (1 + d)}, **solve)[X][-1] for d in (h, -h)]
        slope = found.sensitivities[name][X][-1] * at[name]
        assert slope == pytest.approx((ends[0] - ends[1]) / (2 * h), rel=2e-3)
