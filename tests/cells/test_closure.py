"""The contact under pressure: limits, creep, what assembly leaves, the measured series."""

import jax
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import erf

import ssb_model
from ssb_model import InputError
from ssb_model.cells.face import constriction_resistance
from ssb_model.cells.face.closure import crept, touching

H, N, TAU, E = 90e6, 5.0, 60.0, 40e3
MADE, CLOSED = "Negative face made contact fraction", "Negative face closing pressure [Pa]"
RESISTANCE, CONSTRICTION = (
    f"Negative face {name} [Ohm.m2]" for name in ("resistance", "constriction resistance")
)
STACK, ASSEMBLY, HELD = "Stack pressure [Pa]", "Assembly pressure [Pa]", "Assembly time [s]"
T, SLOW = "Ambient temperature [K]", "Lithium contact creep time [s]"
WETTED, SPACING = "Negative face contact fraction", "Negative face contact spacing [m]"
NAMES = [STACK, ASSEMBLY, HELD, T, SLOW, WETTED, SPACING, "Lithium contact hardness [Pa]"]
CLOSURE = {"buffer layer": "none", "contact closure": "pressure"}
NO_CREEP = {SLOW: 1e12}


@pytest.fixture(scope="module")
def bare():
    values = ssb_model.cell_parameters("symmetric", coating="bare")
    values["Current function [A]"] = 0.0
    outputs = [MADE, CLOSED, RESISTANCE, CONSTRICTION]
    return ssb_model.compile(
        ssb_model.SymmetricCell(CLOSURE), values, inputs=NAMES, outputs=outputs
    )


def at(cell, name, hours=0.0, *, given):
    """An output after hours at rest, one for each member."""
    members = np.broadcast_arrays(*map(np.atleast_1d, given.values()))
    inputs = dict(zip(given, members, strict=True))
    return cell.solve(inputs, [0, 3600.0 * hours or 1e-3], rtol=1e-9, atol=1e-12)[name][:, -1]


def test_the_limits_of_the_closure():
    """P/H where little touches, all at high pressure, and in between it rises."""
    assert touching(1e-4 * H, H) == pytest.approx(1e-4, rel=1e-6)
    assert touching(1e3 * H, H) == 1
    assert (np.diff(touching(np.geomspace(1e-3, 3, 50) * H, H)) > 0).all()


@pytest.mark.parametrize("P", [1e5, 10e6, 400e6])
def test_numbers_jax_and_pybamm_say_the_same(P):
    import pybamm

    expected = erf(np.sqrt(np.pi) / 2 * P / H)
    assert touching(P, H) == pytest.approx(expected, rel=1e-14)
    assert float(touching(jax.numpy.asarray(P), H)) == pytest.approx(expected, rel=1e-12)
    assert touching(pybamm.Scalar(P), H).evaluate() == pytest.approx(expected, rel=1e-12)
    slope = jax.grad(touching)(jax.numpy.asarray(P), H)
    assert float(slope) == pytest.approx(np.exp(-np.pi / 4 * (P / H) ** 2) / H, rel=1e-9)


@pytest.mark.parametrize(("P", "closed"), [(1e6, 1e6), (1e6, 1.3e6), (2e5, 1e6)])
def test_creep_is_its_rate_law_s_solution(P, closed):
    """dp/dt = p/(n tau) (P/p)^n, by scipy."""
    seconds = 1e6
    found = solve_ivp(
        lambda t, p: p / (N * TAU) * (P / p) ** N,
        (0, seconds),
        [closed],
        method="LSODA",
        rtol=1e-10,
        atol=1e-3,
    )
    assert crept(P, closed, seconds / TAU, N) == pytest.approx(found.y[0, -1], rel=1e-6)


def test_the_cell_s_creep_follows_pressure_time_and_temperature(bare):
    P, temperature, hours = 2e6, 333.15, 10.0
    factor = np.exp(-E / 8.314462618 * (1 / temperature - 1 / 298.15))
    for warm, speed in ((298.15, 1.0), (temperature, factor)):
        age = speed * 3600 * hours / TAU
        [found] = at(bare, CLOSED, hours, given={STACK: P, T: warm})
        assert found == pytest.approx(P * (1 + age) ** 0.2, rel=1e-6)


def test_without_pressure_the_contact_is_today_s(bare):
    """Of the wetted part alone, at rest and after any time."""
    plain = ssb_model.compile(
        ssb_model.SymmetricCell({"buffer layer": "none"}),
        ssb_model.cell_parameters("symmetric", coating="bare"),
        outputs=[RESISTANCE],
    ).solve({"Current function [A]": 0.0}, [0, 1.0])[RESISTANCE][-1]
    for hours in (0.0, 1000.0):
        [R] = at(bare, RESISTANCE, hours, given={STACK: 0.0})
        np.testing.assert_allclose(R, plain, rtol=1e-10)


def test_a_wetted_face_has_nothing_to_close(bare):
    made = at(bare, MADE, 1.0, given={WETTED: 1.0, STACK: np.array([0.0, 1e5, 1e8])})
    np.testing.assert_allclose(made, 1, rtol=1e-14)


def test_without_creep_the_larger_pressure_counts_and_time_does_not(bare):
    given = {STACK: np.array([2e5, 2e5, 4e7]), ASSEMBLY: np.array([0.0, 1e7, 1e7])} | NO_CREEP
    for hours in (0.0, 100.0):
        closed = at(bare, CLOSED, hours, given=given)
        np.testing.assert_allclose(closed, [2e5, 1e7, 4e7], rtol=1e-5)


def test_what_assembly_made_stays_on_release(bare):
    """Held at 10 MPa for an hour, released to 0.2 MPa: as closed after a year as at once."""
    given = {STACK: 2e5, ASSEMBLY: 1e7, HELD: 3600.0}
    [new], [old] = (at(bare, CLOSED, hours, given=given) for hours in (0.0, 8760.0))
    assert new == pytest.approx(1e7 * (1 + 3600 / TAU) ** 0.2, rel=1e-9)
    assert old == pytest.approx(new, rel=1e-3)


def test_the_measured_series_under_pressure_and_its_release(bare):
    """300, 50 and < 0.1 ohm cm2 a face at 10, 41 and 400 MPa, kept after release.

    Krauskopf 2019, as read in Eckhardt 2023, on a garnet of 0.46 mS/cm; charge transfer left out.
    Two of the three are met by the shipped hardness and a spacing of 2.1 mm, the third follows.
    """
    b, sigma = 1.06e-3, 0.046
    pressures = np.array([10e6, 41e6, 400e6])
    for given in ({STACK: pressures}, {STACK: 1e5, ASSEMBLY: pressures}):
        made = at(bare, MADE, given={WETTED: 1e-8} | given)
        R = constriction_resistance(made, 2 * b, sigma) * 1e4
        assert R[0] == pytest.approx(300, rel=0.1)
        assert R[1] == pytest.approx(50, rel=0.1)
        assert R[2] < 0.1
        assert 0.05 < made[0] < 0.25  # about 20 % is told of 10 MPa


def test_the_resistance_falls_with_time_under_pressure(bare):
    R = [at(bare, RESISTANCE, hours, given={STACK: 2e6})[0] for hours in (0, 1, 10, 100)]
    assert (np.diff(R) < 0).all()


def test_its_derivative_by_pressure_is_the_closed_form_s(bare):
    """Of the contact fraction at first: the gaussian of Persson's error function, over H."""
    P = np.array([1e6, 2e7])
    solution = bare.solve({STACK: P} | NO_CREEP, [0, 1.0], sensitivities=[STACK])
    slope = 0.995 * np.exp(-np.pi / 4 * (P / H) ** 2) / H
    np.testing.assert_allclose(solution.sensitivities[STACK][MADE][:, 0], slope, rtol=1e-6)


@pytest.mark.parametrize("coverage", ["complete", "partial"])
def test_it_goes_with_voids_gaps_and_coated_shares(coverage):
    options = {"contact closure": "pressure", "contact loss": "voids", "coverage": coverage}
    if coverage == "complete":
        options |= {"buffer layer": "none", "contact gap": "capacitance"}
    coating = "bare" if coverage == "complete" else "zni2-0.1"
    values = ssb_model.cell_parameters("symmetric", coating=coating)
    outputs = ["Voltage [V]", "Interface resistance [Ohm.m2]"]
    compiled = ssb_model.compile(
        ssb_model.SymmetricCell(options), values, inputs=[STACK], outputs=outputs
    )
    given = {STACK: np.array([0.0, 2e6]), "Current function [A]": 1e-5}
    solution = compiled.solve(given, [0, 3600.0])
    R = solution["Interface resistance [Ohm.m2]"][:, -1]
    assert solution.succeeded.all() and R[1] < R[0]


def test_the_full_cell_has_it_too():
    values = ssb_model.cell_parameters("full", coating="bare")
    outputs = ["Voltage [V]", MADE]
    model = ssb_model.FullCell(CLOSURE)
    compiled = ssb_model.compile(model, values, inputs=[STACK], outputs=outputs)
    current = 0.2 * float(values["Nominal cell capacity [A.h]"])
    given = {STACK: np.array([0.0, 5e6]), "Current function [A]": current}
    V = compiled.solve(given, [0, 600.0])["Voltage [V]"][:, -1]
    assert V[1] > V[0]


def test_a_face_of_arcs_has_no_contact_to_close():
    with pytest.raises(InputError, match="contact closure"):
        ssb_model.SymmetricCell({"interface": "one arc", "contact closure": "pressure"})
