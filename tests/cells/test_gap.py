"""Gaps between contact spots: closed form, all relaxations, the solved field, limits."""

import numpy as np
import pytest
from scipy.linalg import eigh
from scipy.special import j0, jn_zeros, roots_legendre

import ssb_model
from ssb_model.cells.face import constriction_resistance
from ssb_model.cells.face.contact import psi
from ssb_model.field import contact_impedance, disc

from . import closed_forms as paper

EPSILON_0 = 8.8541878128e-12
FREQUENCIES = np.logspace(0, 7, 29)
OMEGA = 2 * np.pi * FREQUENCIES
SPACING, PERMITTIVITY = 100e-6, 40.0
WITHOUT_RESISTANCE = 1e9  # A/m2 of exchange current
OPTIONS = {"buffer layer": "none", "garnet permittivity": "bulk"}
GAPS = {"contact gap": "capacitance"}


def parameters(theta, gap=100e-9, exchange=WITHOUT_RESISTANCE, **more):
    """Of a symmetric cell of a plain garnet, whose faces touch in part."""
    values = {
        "Negative face contact fraction": theta,
        "Negative face contact spacing [m]": SPACING,
        "Negative face exchange-current density [A.m-2]": exchange,
        "Lithium gap width [m]": gap,
        "Garnet bulk relative permittivity": PERMITTIVITY,
        "Garnet grain boundary share": 0.0,
    }
    return ssb_model.cell_parameters("symmetric", coating="bare", values=values | more)


def impedance(options, values):
    """Area-specific impedance of the cell [Ohm.m2]."""
    compiled = ssb_model.compile(ssb_model.SymmetricCell(OPTIONS | options), values)
    return compiled.impedance(FREQUENCIES) * paper.number(values, "Cell area [m2]")


def garnet(values):
    """Complex conductivity [S/m], and the pellet's impedance [Ohm.m2]."""
    sigma = paper.number(values, "Garnet conductivity [S.m-1]")
    complex_sigma = sigma + 1j * OMEGA * EPSILON_0 * PERMITTIVITY
    return complex_sigma, paper.number(values, "Garnet thickness [m]") / complex_sigma


@pytest.mark.parametrize("theta", [1e-3, 0.1, 0.6])
@pytest.mark.parametrize("gap", [1e-8, 3e-6])
def test_the_constriction_is_an_arc(theta, gap):
    """Without charge transfer: that of the module's closed form."""
    values = parameters(theta, gap)
    sigma = paper.number(values, "Garnet conductivity [S.m-1]")
    R_c = constriction_resistance(theta, SPACING, sigma)
    C = EPSILON_0 / gap / (1 - theta) + EPSILON_0 * PERMITTIVITY / sigma / R_c
    arc = R_c / (1 + 1j * OMEGA * R_c * C)
    np.testing.assert_allclose(impedance(GAPS, values), 2 * arc + garnet(values)[1], rtol=5e-6)


def relaxations(s, size=14, modes=1000):
    """Eigenvalues of the constriction of a disc of radius ``s`` in a cell of radius 1, b/sigma = 1,
    and the squares of their means: potentials below the gap, which vanish like a root at the disc.
    """
    z, weight = roots_legendre(2000)
    z, weight = (z + 1) / 2, weight / 2
    r = np.sqrt(s**2 + (1 - s**2) * z**2)
    measure = 2 * (1 - s**2) * z * weight
    basis = z * np.polynomial.legendre.legvander(2 * z - 1, size - 1).T
    A = np.zeros((size, size))
    for delta in np.array_split(jn_zeros(1, modes), 40):
        part = (j0(delta[:, None] * r) / np.abs(j0(delta))[:, None] * measure) @ basis.T
        A += (part * delta[:, None]).T @ part
    eigenvalues, vectors = eigh(A, (basis * measure) @ basis.T)
    return eigenvalues, (vectors.T @ (basis @ measure)) ** 2


@pytest.mark.parametrize("s", [0.3, 0.5, 0.7, 0.85])
def test_one_relaxation_stands_for_all(s):
    """At every frequency, and at each of the ends exactly."""
    eigenvalues, squares = relaxations(s)
    at_rest = np.pi * psi(s) / (4 * s)
    assert np.sum(squares / eigenvalues) == pytest.approx(at_rest, rel=5e-3)
    assert squares.sum() == pytest.approx(1 - s**2, rel=1e-3)
    assert squares[0] / eigenvalues[0] > 0.98 * at_rest
    g = 1j * np.logspace(-3, 5, 200) / at_rest
    whole = np.sum(squares[:, None] / (eigenvalues[:, None] + g), axis=0)
    one = at_rest / (1 + g * at_rest / (1 - s**2))
    assert np.abs(one / whole - 1).max() < 0.06


EVERY = pytest.mark.verify
CASES = [
    (0.1, 1e-7, WITHOUT_RESISTANCE),
    (0.3, 1e-8, 1e3),
    *(pytest.param(0.01, 1e-7, j, marks=EVERY) for j in (1e2, 1e3, 1e4)),
    *(pytest.param(0.001, gap, WITHOUT_RESISTANCE, marks=EVERY) for gap in (1e-8, 1e-7, 3e-6)),
    *(pytest.param(0.5, gap, j, marks=EVERY) for gap in (1e-8, 3e-6) for j in (1e3, 1e9)),
]


@pytest.mark.parametrize("theta, gap, exchange", CASES)
def test_the_cell_is_the_field(theta, gap, exchange):
    """Within 3 % of |Z| from 1 Hz to 10 MHz, with a resistance of the contact too (a small
    capacity, as the field has none)."""
    quick = {"Negative face double-layer capacity [F.m-2]": 1e-8}
    values = parameters(theta, gap, exchange, **quick)
    sigma, pellet = garnet(values)
    pixels = 512 if theta < 0.01 else 256 if theta < 0.05 else 128
    field = contact_impedance(
        disc((pixels, pixels), theta),
        OMEGA,
        period=SPACING / 2 * np.sqrt(np.pi),  # as large a cell as the circular one
        conductivity=sigma[0].real,
        relative_permittivity=PERMITTIVITY,
        gap_width=gap,
        contact_resistance=paper.R * 298.15 / 96485.33212 / exchange,
    )
    np.testing.assert_allclose(
        impedance(GAPS, values) / (2 * field.total + pellet), 1, rtol=0, atol=0.03
    )


@pytest.mark.parametrize("coating", ["bare", "zni2-0.5", "i2"])
def test_a_wide_gap_is_none_and_so_is_a_whole_contact(coating):
    """In time and frequency; a garnet without permittivity, whose constriction follows at once.

    The formula of the constriction leaves 1e-4 of the cell at whole contact, where there is none.
    """
    layer = {} if coating == "bare" else {"buffer layer": "mixed conductor"}
    plain = {"garnet permittivity": "none", **layer}
    known = {"Garnet bulk relative permittivity": 1e-12}
    times = np.linspace(0, 3600, 7)
    wide = {"Lithium gap width [m]": 1e3, "Negative face contact fraction": 0.05}
    whole = {"Negative face contact fraction": 1.0}
    for more, tolerance in ((wide, 1e-7), (whole, 1e-4)):
        values = ssb_model.cell_parameters("symmetric", coating=coating, values=known | more)
        found = []
        for gap in ({}, GAPS):
            cell = ssb_model.SymmetricCell(OPTIONS | plain | gap)
            compiled = ssb_model.compile(cell, values)
            solved = compiled.solve(t_eval=times, rtol=1e-9, atol=1e-11)["Voltage [V]"]
            found.append(np.r_[compiled.impedance(FREQUENCIES), solved[1:]])
        np.testing.assert_allclose(found[1], found[0], rtol=tolerance)


def test_at_rest_all_current_passes_the_spots():
    """And more of it, the other way round, as soon as the gaps discharge."""
    values = parameters(0.01, exchange=20.0)
    names = ["Negative face contact current density [A.m-2]", "Total current density [A.m-2]"]
    cell = ssb_model.SymmetricCell(OPTIONS | GAPS)
    compiled = ssb_model.compile(cell, values, outputs=names)
    solved = compiled.solve(t_eval=[1e-9, 1e-7, 10.0])
    shares = solved[names[0]] / paper.number(values, "Current function [A]")
    shares *= paper.number(values, "Cell area [m2]")
    assert 0.005 < shares[0] < shares[1] < shares[2] == pytest.approx(1, rel=1e-6)


def test_a_face_coated_in_part_has_no_gaps_yet():
    with pytest.raises(ssb_model.InputError, match="cannot be combined: leave one of them out"):
        ssb_model.SymmetricCell(GAPS | {"coverage": "partial"})
