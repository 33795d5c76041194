"""Constriction under point contacts: the disc in a circular cell, and whose temperature it has."""

import numpy as np
import pytest

from ssb_model import SymmetricCell, cell_parameters
from ssb_model.cells.face.contact import constriction_resistance, psi


@pytest.mark.parametrize(
    ("s", "value"),
    [
        (0.1, 0.859),
        (0.2, 0.721),
        (0.3, 0.587),
        (0.4, 0.459),
        (0.5, 0.34),
        (0.6, 0.232),
        (0.7, 0.14),
    ],
)
def test_psi_has_the_tabulated_values(s, value):
    assert psi(s) == pytest.approx(value, abs=6e-4)


def test_psi_falls_from_one_for_a_lone_contact_to_zero_for_full_contact():
    assert psi(0) == 1
    assert abs(psi(1)) < 1e-3
    assert (np.diff(psi(np.linspace(0, 1, 200))) < 0).all()


def test_lone_contacts_have_holms_resistance():
    """Far apart, each disc of radius a has 1/(4 sigma a), times the area pi b^2 of its cell."""
    b, sigma, s = 1e-4, 0.07, 1e-4
    holm = np.pi * b**2 / (4 * sigma * s * b)
    assert constriction_resistance(s**2, 2 * b, sigma) == pytest.approx(holm, rel=2e-4)


def test_psi_agrees_with_cooper_mikic_yovanovich_where_that_is_good():
    """(1 - s)^1.5 is within 1.5 % up to s = 0.4."""
    s = np.linspace(0.01, 0.4, 40)
    np.testing.assert_allclose(psi(s), (1 - s) ** 1.5, rtol=0.015)


@pytest.mark.parametrize("celsius", [0, 40, 80])
def test_constriction_has_the_garnets_activation_energy(spectrum, celsius):
    """With charge transfer made negligible, a bare cell's whole resistance follows the garnet."""
    model = SymmetricCell({"buffer layer": "none", "interface growth": "none"})
    fast = {"Negative face exchange-current density [A.m-2]": 1e12}
    here = {"Ambient temperature [K]": 273.15 + celsius}
    low, high = (
        spectrum(model, cell_parameters("symmetric", coating="bare", values=v), [1e-3])[0].real
        for v in (fast, fast | here)
    )
    energy = cell_parameters("symmetric")["Garnet conductivity activation energy [J.mol-1]"]
    ratio = np.exp(energy / 8.314462618 * (1 / (273.15 + celsius) - 1 / 298.15))
    assert high / low == pytest.approx(ratio, rel=1e-6)
