"""The constant-phase double layer: the time-domain ladder against Q (j w)^alpha."""

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters
from ssb_model.cells.face.constant_phase import constant_phase_admittance

from . import closed_forms as paper

BAND = np.logspace(-3, 7, 101)  # Hz


def ladder_admittance(spectrum, exponent):
    """Admittance of one face, from a cell with blocking faces and a garnet without resistance."""
    model = SymmetricCell(
        {
            "buffer layer": "none",
            "interface growth": "none",
            "double layer": "constant phase",
            "garnet permittivity": "grain boundary",
        }
    )
    values = cell_parameters(
        "symmetric",
        coating="bare",
        values={
            "Negative face contact fraction": 1,
            "Negative face exchange-current density [A.m-2]": 1e-9,
            "Negative face constant-phase exponent": exponent,
            "Garnet conductivity [S.m-1]": 1e3,
        },
    )
    z = spectrum(model, values, BAND)
    rest = paper.cell_impedance(values, BAND, layer=False, permittivity=False)
    omega, R = 2 * np.pi * BAND, paper.charge_transfer_resistance(values, "Negative")
    capacitor = 2 / (1 / R + 1j * omega * 0.01)
    return 2 / (z - rest + capacitor) - 1 / R


@pytest.mark.parametrize("exponent", [0.7, 0.85, 0.95])
def test_ladder_is_the_constant_phase_element_from_1_mhz_to_10_mhz(spectrum, exponent):
    """Within 0.12 % of |Y| and 0.3 degree of phase over ten decades, worst for exponent 0.7."""
    ratio = ladder_admittance(spectrum, exponent) / constant_phase_admittance(
        2 * np.pi * BAND, 0.01, exponent
    )
    assert np.abs(np.abs(ratio) - 1).max() < 1.2e-3
    assert np.abs(np.degrees(np.angle(ratio))).max() < 0.3


def test_constant_phase_and_capacitor_agree_at_the_reference_rate():
    """Q is stated through C_dl: the same |Y| at 1 kHz, whatever the exponent."""
    for exponent in (0.7, 0.85, 1.0):
        Y = constant_phase_admittance(2 * np.pi * 1e3, 0.01, exponent)
        assert abs(Y) == pytest.approx(2 * np.pi * 1e3 * 0.01)
        assert np.degrees(np.angle(Y)) == pytest.approx(90 * exponent)


def test_constant_phase_element_changes_no_resistance(spectrum):
    """It is a double layer: at zero frequency only charge transfer is left."""
    options = {"buffer layer": "none", "interface growth": "none"}
    values = cell_parameters("symmetric", coating="bare")
    z = spectrum(SymmetricCell(options | {"double layer": "constant phase"}), values, [1e-9])[0]
    np.testing.assert_allclose(z, paper.cell_resistance(values, layer=False), rtol=1e-6)
