"""The symmetric cell against Ohm's law and circuits on paper."""

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters

from . import closed_forms as paper

COATINGS = ("zni2-0.5", "i2", "bare")
BAND = np.logspace(-3, 7, 60)  # Hz


def cell(coating, **options):
    """A cell that does not grow, with a layer unless it is bare; without gaps (test_gap.py)."""
    layer = "none" if coating == "bare" else "mixed conductor"
    options = {name.replace("_", " "): value for name, value in options.items()}
    plain = {"interface growth": "none", "buffer layer": layer, "contact gap": "none"}
    return SymmetricCell(plain | options)


def slow_faces(coating):
    """Faces that relax below 1 Hz, decades below bulk and grain boundary; unequal on purpose."""
    faces = {
        "Negative face double-layer capacity [F.m-2]": 1e6,
        "Positive face exchange-current density [A.m-2]": 60.0,
        "Positive face contact fraction": 0.6,
    }
    if coating != "bare":
        faces |= {
            "Negative face layer lithium concentration [mol.m-3]": 1e16,
            "Negative face layer electronic conductivity [S.m-1]": 3e-4,
            "Positive face layer thickness [m]": 500e-9,
        }
    return cell_parameters("symmetric", coating=coating, values=faces)


@pytest.mark.parametrize("coating", COATINGS)
@pytest.mark.parametrize("current", [1e-9, -1e-9])
def test_steady_polarisation_is_current_times_the_sum_of_resistances(
    galvanostatic, coating, current
):
    """Garnet and both faces in series; 1e-9 A is far inside the linear part of sinh."""
    values = cell_parameters("symmetric", coating=coating)
    solution = galvanostatic(cell(coating), values, current, [0, 1e8], rtol=1e-10, atol=1e-16)
    resistance = paper.cell_resistance(values, layer=coating != "bare")
    voltage = solution["Voltage [V]"].entries[-1]
    np.testing.assert_allclose(voltage, -current / 1e-4 * resistance, rtol=1e-6)


@pytest.mark.parametrize("coating", COATINGS)
def test_impedance_tends_to_the_sum_of_resistances_at_zero_frequency(spectrum, coating):
    unequal = {"Positive face contact fraction": 0.6}
    values = cell_parameters("symmetric", coating=coating, values=unequal)
    z = spectrum(cell(coating), values, [1e-12])[0]
    resistance = paper.cell_resistance(values, layer=coating != "bare")
    np.testing.assert_allclose(z, resistance, rtol=1e-6)


@pytest.mark.parametrize("coating", ("zni2-0.5", "bare"))
@pytest.mark.parametrize("permittivity", ("bulk and grain boundary", "grain boundary"))
def test_plateau_between_bulk_and_faces_is_garnet_and_instant_resistances(
    spectrum, coating, permittivity
):
    """At 1 kHz bulk and grain boundary have relaxed and the faces have not begun to.

    Charge transfer is short-circuited by its double layer and the layer passes h/(s_i+s_e);
    the constriction is part of the garnet and stays.
    """
    values = slow_faces(coating)
    z = spectrum(cell(coating, garnet_permittivity=permittivity), values, [1e3])[0]
    plateau = paper.garnet_resistance(values) + paper.instant_resistance(values, coating != "bare")
    np.testing.assert_allclose(z.real, plateau, rtol=1e-4)
    assert abs(z.imag) < 2e-3 * plateau


@pytest.mark.parametrize("coating", COATINGS)
def test_with_permittivity_the_impedance_vanishes_at_infinite_frequency(spectrum, coating):
    """Every part has a capacitance beside it: |Z| falls as 1/f."""
    values = cell_parameters("symmetric", coating=coating)
    model = cell(coating, garnet_permittivity="bulk and grain boundary")
    z = np.abs(spectrum(model, values, [1e13, 1e14]))
    assert z[0] < 1e-4 * paper.cell_resistance(values, layer=coating != "bare")
    np.testing.assert_allclose(z[0] / z[1], 10, rtol=1e-3)


@pytest.mark.parametrize("coating", COATINGS)
def test_without_any_permittivity_the_plateau_remains_at_infinite_frequency(spectrum, coating):
    """Garnet, constriction and h/(s_i+s_e) of each face."""
    values = cell_parameters("symmetric", coating=coating)
    z = spectrum(cell(coating, garnet_permittivity="none"), values, [1e15])[0]
    plateau = paper.garnet_resistance(values) + paper.instant_resistance(values, coating != "bare")
    np.testing.assert_allclose(z, plateau, rtol=1e-6)


@pytest.mark.parametrize("share", [0.5, 0.15, 1e-9])
@pytest.mark.parametrize("coating", ("zni2-0.5", "bare"))
def test_without_permittivity_of_the_bulk_the_bulk_and_the_instant_resistances_remain(
    spectrum, coating, share
):
    """Only the grain boundary still relaxes: as its share goes to zero, the plateau remains."""
    values = cell_parameters(
        "symmetric", coating=coating, values={"Garnet grain boundary share": share}
    )
    z = spectrum(cell(coating, garnet_permittivity="grain boundary"), values, [1e15])[0]
    instant = paper.instant_resistance(values, coating != "bare")
    remains = (1 - share) * paper.garnet_resistance(values) + instant
    np.testing.assert_allclose(z, remains, rtol=1e-6)


@pytest.mark.parametrize("permittivity", ("bulk and grain boundary", "grain boundary"))
@pytest.mark.parametrize("theta", [1.0, 0.3, 0.005])
def test_face_without_layer_is_charge_transfer_beside_its_double_layer(
    spectrum, theta, permittivity
):
    """The whole spectrum on paper: RT/(F j0) beside C_dl on the share in contact, and garnet."""
    values = cell_parameters(
        "symmetric", coating="bare", values={"Negative face contact fraction": theta}
    )
    z = spectrum(cell("bare", garnet_permittivity=permittivity), values, BAND)
    expected = paper.cell_impedance(values, BAND, False, permittivity == "bulk and grain boundary")
    np.testing.assert_allclose(z, expected, rtol=1e-8)


def test_full_contact_leaves_no_constriction_worth_naming(spectrum):
    """psi(1) is 5e-4, not 0: below 0.02 ohm cm2 a cell, where charge transfer has 4."""
    values = cell_parameters(
        "symmetric", coating="bare", values={"Negative face contact fraction": 1}
    )
    z = spectrum(cell("bare"), values, [1e-6])[0].real
    plain = paper.garnet_resistance(values) + 2 * paper.charge_transfer_resistance(
        values, "Negative"
    )
    assert abs(z - plain) < 0.02e-4


@pytest.mark.parametrize("coating", COATINGS)
def test_spectrum_is_that_of_the_circuit_on_paper(spectrum, coating):
    """Default mesh, 1 mHz to 10 MHz: the layer's twenty points cost less than 0.1 %."""
    values = cell_parameters("symmetric", coating=coating)
    expected = paper.cell_impedance(values, BAND, layer=coating != "bare")
    model = cell(coating, garnet_permittivity="bulk and grain boundary")
    np.testing.assert_allclose(spectrum(model, values, BAND), expected, rtol=1e-3)


@pytest.mark.parametrize("overpotential", [0.01, 0.1, 0.3])
def test_large_currents_follow_symmetric_butler_volmer(galvanostatic, overpotential):
    """J = 2 j0 sinh(F eta/2RT): a bare face with full contact polarises by eta at that J."""
    values = cell_parameters(
        "symmetric", coating="bare", values={"Negative face contact fraction": 1}
    )
    j0 = paper.number(values, "Negative face exchange-current density [A.m-2]")
    J = 2 * j0 * np.sinh(paper.F * overpotential / (2 * paper.R * 298.15))
    ohmic = paper.garnet_resistance(values) + paper.instant_resistance(values, layer=False)
    values["Lower voltage cut-off [V]"] = -1e6
    solution = galvanostatic(cell("bare"), values, J * 1e-4, [0, 60.0])
    polarisation = -solution["Voltage [V]"].entries[-1]
    np.testing.assert_allclose(polarisation - J * ohmic, 2 * overpotential, rtol=1e-6)
