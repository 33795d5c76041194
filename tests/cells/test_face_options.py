"""Skin, permittivity of the layer and a face coated in part: limits and closed forms."""

import numpy as np
import pytest

import ssb_model

from . import closed_forms as paper

EPSILON_0 = 8.8541878128e-12
FREQUENCIES = np.logspace(-2, 8, 31)
REST = {"garnet permittivity": "none", "interface growth": "none"}


def impedance(options, coating="zni2-0.5", values=None):
    """Area-specific impedance [Ohm.m2] of the symmetric cell."""
    parameters = ssb_model.cell_parameters("symmetric", coating=coating, values=values)
    compiled = ssb_model.compile(ssb_model.SymmetricCell(REST | options), parameters)
    return compiled.impedance(FREQUENCIES) * 1e-4, parameters


def test_a_skin_is_one_more_arc_of_its_own():
    clean, values = impedance({})
    skinned, _ = impedance({"surface skin": "dielectric"})
    d = paper.number(values, "Garnet skin thickness [m]")
    resistance = d / paper.number(values, "Garnet skin conductivity [S.m-1]")
    capacity = EPSILON_0 * paper.number(values, "Garnet skin relative permittivity") / d
    arc = resistance / (1 + 2j * np.pi * FREQUENCIES * resistance * capacity)
    np.testing.assert_allclose(skinned - clean, 2 * arc, rtol=1e-6, atol=1e-12)


def test_a_skin_has_its_own_activation_energy():
    warm = {"Ambient temperature [K]": 333.15}
    hot = impedance({"surface skin": "dielectric"}, values=warm)[0] - impedance({}, values=warm)[0]
    cold = impedance({"surface skin": "dielectric"})[0] - impedance({})[0]
    slope = np.log(cold[0].real / hot[0].real) / (1 / 298.15 - 1 / 333.15) * paper.R
    assert slope == pytest.approx(0.6 * 96485.33212, rel=1e-4)


@pytest.mark.parametrize("thickness", [50e-9, 900e-9])
def test_an_ionic_layer_shows_an_arc_whose_frequency_is_its_conductivity_over_permittivity(
    thickness,
):
    given = {"Negative face layer thickness [m]": thickness}
    flat, values = impedance({}, "i2", given)
    arced, _ = impedance({"layer permittivity": "dielectric"}, "i2", given)
    s_i, _ = paper.layer_conductivities(values, "Negative")
    relaxation = EPSILON_0 * paper.number(values, "Negative face layer relative permittivity") / s_i
    expected = 2 * thickness / s_i / (1 + 2j * np.pi * FREQUENCIES * relaxation)
    np.testing.assert_allclose(arced - flat + 2 * thickness / s_i, expected, rtol=1e-5, atol=1e-6)


def test_permittivity_changes_nothing_at_rest_frequency():
    for coating in ("i2", "zni2-0.5"):
        flat, _ = impedance({}, coating)
        arced, _ = impedance({"layer permittivity": "dielectric"}, coating)
        assert arced[0] == pytest.approx(flat[0], rel=1e-6)


def test_a_face_coated_in_part_is_two_faces_in_parallel():
    share = 0.22
    partly, values = impedance(
        {"coverage": "partial"}, values={"Negative face coated share": share}
    )
    coated, _ = impedance({})
    bare, _ = impedance({"buffer layer": "none", "contact gap": "none"}, "bare")
    garnet = paper.garnet_resistance(values)
    faces = [(z - garnet) / 2 for z in (coated, bare)]
    expected = garnet + 2 / (share / faces[0] + (1 - share) / faces[1])
    np.testing.assert_allclose(partly, expected, rtol=1e-6)


def test_a_face_coated_all_over_is_that_of_the_coating():
    whole, _ = impedance({})
    nearly, _ = impedance({"coverage": "partial"}, values={"Negative face coated share": 1 - 1e-9})
    np.testing.assert_allclose(nearly, whole, rtol=1e-6)


def test_every_spectrum_of_the_face_keeps_to_kramers_and_kronig():
    """The real part falls with frequency, the imaginary part is negative: passive networks."""
    for options in (
        {"coverage": "partial"},
        {"surface skin": "dielectric", "layer permittivity": "dielectric"},
        {"double layer": "constant phase"},
    ):
        z, _ = impedance(options)
        assert (np.diff(z.real) < 1e-15).all()
        assert (z.imag < 1e-15).all()
