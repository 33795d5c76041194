"""The buffer layer's three rails against Z_L = h/(s_i+s_e) + s_e/(s_i(s_i+s_e)) tanh(lam h)/lam."""

import numpy as np
import pytest
from scipy.sparse import bmat, diags
from scipy.sparse.linalg import spsolve

from ssb_model import SymmetricCell, cell_parameters
from ssb_model.cells.face.layer import depth

from . import closed_forms as paper

CELL = SymmetricCell({"interface growth": "none", "garnet permittivity": "grain boundary"})


def mixed(s_e=1e3):
    """The founding layer, on faces and garnet that are fast and nearly without resistance."""
    return cell_parameters(
        "symmetric",
        values={
            "Negative face layer electronic conductivity [S.m-1]": s_e,
            "Negative face exchange-current density [A.m-2]": 1e6,
            "Negative face double-layer capacity [F.m-2]": 1e-9,
            "Negative face contact spacing [m]": 1e-12,
            "Garnet conductivity [S.m-1]": 1e4,
        },
    )


def layer_spectrum(spectrum, values, frequencies, points=20):
    """Impedance of one of the two equal layers: the cell's less the rest on paper."""
    mesh = {depth(face): points for face in ("negative", "positive")}
    z = spectrum(CELL, values, frequencies, mesh)
    on_paper = layer_on_paper(values, frequencies)
    rest = paper.cell_impedance(values, frequencies, permittivity=False) - 2 * on_paper
    return (z - rest) / 2


def layer_on_paper(values, frequencies):
    return paper.layer_impedance(values, "Negative", 2 * np.pi * np.asarray(frequencies))


def relaxation_frequency(values):
    """Frequency at which |lam h| = 1."""
    h = paper.number(values, "Negative face layer thickness [m]")
    s_i, s_e = paper.layer_conductivities(values, "Negative")
    concentration = paper.number(values, "Negative face layer lithium concentration [mol.m-3]")
    factor = paper.number(values, "Negative face layer thermodynamic factor")
    c_ch = paper.F**2 * concentration / (paper.R * 298.15 * factor)
    return s_i * s_e / (s_i + s_e) / (c_ch * h**2) / (2 * np.pi)


def ladder(h, s_i, s_e, c_ch, omega, sections=3000):
    """Impedance of two rails of resistors tied by capacitors, without the closed form.

    Both rails start at the metal; the ionic one ends at the garnet, where a unit current enters.
    """
    dx = h / sections
    rail = diags(
        [-np.ones(sections - 1), 2 * np.ones(sections), -np.ones(sections - 1)], [-1, 0, 1]
    )
    rail = rail.tolil()
    rail[-1, -1] = 1
    c = np.full(sections, c_ch * dx)
    c[-1] /= 2
    tie = diags(1j * omega * c)
    Y = bmat([[rail * (s_i / dx) + tie, -tie], [-tie, rail * (s_e / dx) + tie]], format="csc")
    current = np.zeros(2 * sections, dtype=complex)
    current[sections - 1] = 1
    return spsolve(Y, current)[sections - 1]


@pytest.mark.parametrize("s_e", [1e3, 6e-4, 1e-5])
def test_the_closed_form_is_a_ladder_of_3000_sections(s_e):
    """From 1e-3 to 1e6 rad/s within 1e-3, the ladder built of resistors and capacitors alone."""
    values = mixed(s_e)
    s_i, s_e = paper.layer_conductivities(values, "Negative")
    h = paper.number(values, "Negative face layer thickness [m]")
    c_ch = s_i * s_e / (s_i + s_e) / h**2 / (2 * np.pi * relaxation_frequency(values))
    omega = np.logspace(-3, 6, 19)
    circuit = [ladder(h, s_i, s_e, c_ch, w) for w in omega]
    closed = layer_on_paper(values, omega / (2 * np.pi))
    np.testing.assert_allclose(circuit, closed, rtol=1e-3)


@pytest.mark.parametrize("s_e", [1e3, 6e-4, 1e-5])
def test_default_mesh_has_the_layers_spectrum_within_one_percent(spectrum, s_e):
    """Five decades up to |lam h| = 3, the layer alone; electronic, mixed and nearly ionic."""
    values = mixed(s_e)
    frequencies = relaxation_frequency(values) * np.logspace(-4, np.log10(9), 40)
    z = layer_spectrum(spectrum, values, frequencies)
    np.testing.assert_allclose(z, layer_on_paper(values, frequencies), rtol=0.01)


@pytest.mark.parametrize("s_e", [1e3, 6e-4, 1e-5])
def test_at_any_frequency_the_layer_errs_by_little_of_its_resistance(spectrum, s_e):
    """Where the diffusion front is thinner than a mesh cell, the error is below 1.5 % of h/s_i."""
    values = mixed(s_e)
    frequencies = relaxation_frequency(values) * np.logspace(-4, 8, 120)
    error = layer_spectrum(spectrum, values, frequencies) - layer_on_paper(values, frequencies)
    assert np.abs(error).max() < 0.015 * paper.layer_resistance(values, "Negative")


@pytest.mark.parametrize("front", [1.0, 3.0, 10.0])
def test_error_falls_at_second_order_with_the_mesh(spectrum, front):
    """At |lam h| = 1, 3 and 10: twice the points, less than a third of the error."""
    values = mixed()
    frequency = [relaxation_frequency(values) * front**2]
    exact = layer_on_paper(values, frequency)
    coarse, fine = (
        abs(layer_spectrum(spectrum, values, frequency, points) - exact)[0] for points in (40, 80)
    )
    assert coarse > 3 * fine > 0


@pytest.mark.parametrize("s_e", [1e3, 6e-4, 1e-5])
def test_layer_has_the_ionic_resistance_at_rest_and_both_rails_at_high_frequency(spectrum, s_e):
    """DC h/s_i, HF h/(s_i+s_e): electrons help only where lithium need not move."""
    values = mixed(s_e)
    s_i, h = 6e-4, 200e-9
    at = relaxation_frequency(values) * np.array([1e-9, 1e13])
    low, high = layer_spectrum(spectrum, values, at)
    np.testing.assert_allclose(low, h / s_i, rtol=1e-6)
    np.testing.assert_allclose(high.real, h / (s_i + s_e), rtol=1e-3, atol=1e-6 * h / s_i)


def test_layer_without_electrons_is_a_resistor(spectrum):
    """The I2 layer: h/s_i at every frequency, but for s_e/s_i = 3e-6 of it."""
    values = cell_parameters("symmetric", coating="i2")
    z = layer_spectrum(spectrum, values, np.logspace(-3, 7, 60))
    np.testing.assert_allclose(z, 200e-9 / 3e-5, rtol=1e-5)


def test_layer_that_conducts_electrons_is_a_finite_length_warburg(spectrum):
    """s_e >> s_i: Z = h/s_i tanh(sqrt(jw tau))/sqrt(jw tau), tau = h^2 c_ch/s_i; 45 degrees."""
    values = mixed(1e6)
    f = relaxation_frequency(values) * np.array([0.1, 1.0, 20.0])
    root = np.sqrt(1j * f / relaxation_frequency(values))
    warburg = 200e-9 / 6e-4 * np.tanh(root) / root
    np.testing.assert_allclose(layer_spectrum(spectrum, values, f, 80), warburg, rtol=0.005)
    assert np.degrees(np.angle(warburg[-1])) == pytest.approx(-45, abs=0.2)


def test_lithium_potential_at_the_garnet_is_current_times_ionic_resistance(galvanostatic):
    """|u(h)| = J h/s_i in the steady state, whatever electrons do: what drives nucleation."""
    values = cell_parameters("symmetric")
    solution = galvanostatic(CELL, values, 1e-4, [0, 3600.0])
    u = [
        solution[f"{side} face layer lithium potential at the garnet [V]"].entries[-1]
        for side in paper.SIDES
    ]
    np.testing.assert_allclose(u, np.array([-1, 1]) * 200e-9 / 6e-4, rtol=1e-6)
