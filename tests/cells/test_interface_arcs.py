"""A face made of arcs, leads and own activation energies against their closed forms."""

import numpy as np
import pytest

import ssb_model
from ssb_model import InputError
from ssb_model.cells import arc_times, cell_parameters, split_options
from ssb_model.constants import GAS_CONSTANT, ROOM_TEMPERATURE, VACUUM_PERMITTIVITY

F = np.geomspace(1e6, 1e-1, 36)
TEMPERATURE = "Ambient temperature [K]"
HOT = 333.15
ARCS = {"interface": "two arcs", "leads": "series", "garnet activation": "bulk and grain boundary"}
VALUES = {
    "Lead resistance [Ohm]": 1.3,
    "Garnet grain boundary activation energy [J.mol-1]": 52e3,
    "Negative face slow interface resistance [Ohm.m2]": 3e-3,
    "Negative face slow double-layer capacity [F.m-2]": 20.0,
}


def arrhenius(energy, T):
    return np.exp(energy / GAS_CONSTANT * (1 / T - 1 / ROOM_TEMPERATURE))


def q_arc(R, C, n, reference):
    """An arc of a resistance beside a constant-phase element."""
    s = 2j * np.pi * F
    return R / (1 + R * C * reference ** (1 - n) * s**n)


def closed_form(values, T, n_face=1.0, n_garnet=1.0):
    """Ohm m2: leads, brick layer, two faces of two arcs each."""
    L, w = values["Garnet thickness [m]"], values["Garnet grain boundary share"]
    R = L / values["Garnet conductivity [S.m-1]"]
    boundary = arrhenius(values["Garnet grain boundary activation energy [J.mol-1]"], T)
    bulk = arrhenius(values["Garnet conductivity activation energy [J.mol-1]"], T)
    z = values["Lead resistance [Ohm]"] * values["Cell area [m2]"] + 0j
    rate = 2 * np.pi * 1e6
    epsilon = VACUUM_PERMITTIVITY * values["Garnet bulk relative permittivity"]
    z = z + q_arc((1 - w) * R * bulk, epsilon / L, n_garnet, rate)
    C = values["Garnet grain boundary effective permittivity [F.m-1]"] / L
    z = z + q_arc(w * R * boundary, C, n_garnet, rate)
    for arc in ("", "slow "):
        energy = values[f"Negative face {arc}interface activation energy [J.mol-1]"]
        R_face = values[f"Negative face {arc}interface resistance [Ohm.m2]"] * arrhenius(energy, T)
        C = values[f"Negative face {arc}double-layer capacity [F.m-2]"]
        z = z + 2 * q_arc(R_face, C, n_face, 2 * np.pi * 1e3)
    return z


@pytest.mark.parametrize("depressed", [False, True])
def test_the_spectrum_is_that_of_the_circuit(depressed):
    options = ARCS | {"garnet permittivity": "bulk and grain boundary"}
    values = cell_parameters("symmetric", coating="interface", values=VALUES)
    exponents = 0.85 if depressed else 1.0
    if depressed:
        options |= {"double layer": "constant phase", "garnet relaxation": "constant phase"}
        names = ["Negative face constant-phase", "Negative face slow constant-phase"]
        names += ["Garnet bulk constant-phase", "Garnet grain boundary constant-phase"]
        values.update({f"{name} exponent": 0.85 for name in names})
    model = ssb_model.SymmetricCell(options)
    compiled = ssb_model.compile(model, values, inputs=[TEMPERATURE])
    z = compiled.impedance(F, {TEMPERATURE: np.array([ROOM_TEMPERATURE, HOT])})
    for k, T in enumerate((ROOM_TEMPERATURE, HOT)):
        expected = closed_form(values, T, exponents, exponents) / values["Cell area [m2]"]
        assert (
            np.abs(z[k] - expected).max() < (4e-3 if depressed else 1e-6) * np.abs(expected).max()
        )


def test_leads_of_a_blocking_and_of_a_full_cell_are_in_series():
    for name, make in (("blocking", ssb_model.BlockingCell), ("full", ssb_model.FullCell)):
        values = cell_parameters(name, values={"Lead resistance [Ohm]": 1.3})
        without, with_leads = (
            ssb_model.compile(make(options), values).impedance(F)
            for options in ({}, {"leads": "series"})
        )
        assert np.allclose(with_leads - without, 1.3, atol=1e-6 * np.abs(without).max()), name


def test_the_order_of_the_arcs():
    values = dict(cell_parameters("symmetric", coating="interface"))
    options, _ = split_options(ARCS | {"garnet permittivity": "bulk and grain boundary"})
    bulk, boundary, face, slow = arc_times(values, options, ROOM_TEMPERATURE)
    w, R = values["Garnet grain boundary share"], 1 / values["Garnet conductivity [S.m-1]"]
    epsilon = VACUUM_PERMITTIVITY * values["Garnet bulk relative permittivity"]
    assert bulk == pytest.approx((1 - w) * R * epsilon)
    C = values["Garnet grain boundary effective permittivity [F.m-1]"]
    assert boundary == pytest.approx(w * R * C)
    assert face == pytest.approx(5e-3 * 0.1)
    assert bulk < boundary < face < slow


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"interface": "one arc", "coverage": "partial"}, '"coverage" cannot be "partial"'),
        ({"interface": "three arcs"}, 'choose one of .*"?two arcs'),
        ({"interfce": "one arc"}, "Did you mean 'interface'"),
        ({"Double layer": "constant phase"}, "Did you mean 'double layer'"),
    ],
)
def test_options_that_cannot_be(options, said):
    with pytest.raises(InputError, match=said):
        ssb_model.SymmetricCell(options)
