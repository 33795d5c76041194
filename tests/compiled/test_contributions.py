"""What each variable carries of an impedance: nothing is lost, and a series' terms are known."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model import InputError, cell_parameters
from ssb_model.compiled.smallsignal.contributions import AT_ONCE, contributions
from tests.cells import closed_forms as paper

BAND = np.logspace(-3, 7, 31)  # Hz
AREA = 1e-4
MODELS = {
    "symmetric": ssb_model.SymmetricCell,
    "full": ssb_model.FullCell,
    "blocking": ssb_model.BlockingCell,
}
OPTIONS = {
    "symmetric": {"coverage": "partial"},
    "full": {"double layer": "constant phase"},
    "blocking": {"garnet relaxation": "constant phase", "electronic conduction": "parallel"},
}
THICKNESS = "Garnet thickness [m]"


@pytest.mark.parametrize("kind", MODELS)
def test_the_terms_add_up_to_the_impedance(kind):
    compiled = ssb_model.compile(MODELS[kind](OPTIONS[kind]), cell_parameters(kind))
    terms = contributions(compiled, {"Current function [A]": np.zeros(1)}, BAND)
    np.testing.assert_allclose(sum(terms.values())[0], compiled.impedance(BAND), rtol=1e-7)


def test_the_terms_of_a_series_are_its_mechanisms():
    """Grain boundary and each face's charge transfer as RC elements, layer as its closed form."""
    values = cell_parameters("symmetric")
    compiled = ssb_model.compile(ssb_model.SymmetricCell(), values, inputs=[THICKNESS])
    L = paper.number(values, THICKNESS)
    terms = contributions(compiled, {THICKNESS: np.array([L, 2 * L])}, BAND)
    s = 2j * np.pi * BAND
    R = paper.charge_transfer_resistance(values, "Negative")
    C = paper.number(values, "Negative face double-layer capacity [F.m-2]")
    expected = R / (1 + s * R * C) / AREA
    for k in (0, 1):
        found = terms["Negative face charge-transfer overpotential [V]"][k]
        np.testing.assert_allclose(found, expected, rtol=1e-9)
    share = paper.number(values, "Garnet grain boundary share") * paper.garnet_resistance(values)
    eps = paper.number(values, "Garnet grain boundary effective permittivity [F.m-1]")
    boundary = share / (1 + s * share * eps / L) / AREA
    for k, times in enumerate((1, 2)):  # R and 1/C are in proportion to the thickness
        found = terms["Garnet grain boundary voltage [V]"][k]
        np.testing.assert_allclose(found, times * boundary, rtol=1e-9)
    np.testing.assert_allclose(terms[AT_ONCE].imag, 0, atol=1e-12)


def test_a_model_without_terminals_has_no_impedance():
    model = pybamm.BaseModel()
    x = pybamm.Variable("x")
    model.rhs, model.initial_conditions = {x: -x}, {x: pybamm.Scalar(1)}
    model.variables = {"x": x}
    compiled = ssb_model.compile(model, pybamm.ParameterValues({}), outputs=["x"])
    with pytest.raises(InputError, match="no current to perturb"):
        contributions(compiled, {}, BAND)
