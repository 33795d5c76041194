"""A layer composed of LiI and alloy: its fractions, and what percolation makes of it."""

import numpy as np
import pybamm
import pytest

import ssb_model
from ssb_model.cells.face.composition import (
    Conductivities,
    LayerComposition,
    alloy_ionic_conductivity,
    bruggeman,
    effective_medium,
    layer_conductivities,
    layer_values,
    reacted_composition,
    spanning_path,
    volume_gain,
)
from ssb_model.errors import InputError

RULES = (spanning_path, effective_medium, bruggeman)
IODIDE = Conductivities(3e-5, 1e-10)  # 3e-7 and 1e-12 S/cm, assumed
ALLOY = Conductivities(alloy_ionic_conductivity(1e-12, 56e3), 1e6)  # 1e-8 cm2/s, 1e4 S/cm, assumed
ZNI2, IODINE, METAL = reacted_composition(), LayerComposition(1, 0), LayerComposition(0, 1)
THICKNESS, OHM_CM2 = 200e-9, 1e-4


def resistance(composition, threshold, rule=spanning_path):
    """h/s_i of 200 nm [ohm cm2]."""
    layer = layer_conductivities(composition, IODIDE, ALLOY, threshold=threshold, rule=rule)
    return THICKNESS / layer.ionic / OHM_CM2


def test_the_reaction_leaves_four_parts_of_iodide_to_one_of_alloy():
    assert ZNI2.lithium_iodide == pytest.approx(0.785, abs=1e-3)
    assert ZNI2.alloy == pytest.approx(0.215, abs=1e-3)
    assert volume_gain() == pytest.approx(1.24, abs=1e-3)
    assert reacted_composition(alloy=0.0) == IODINE


@pytest.mark.parametrize(("threshold", "expected"), [(0.16, 2.2), (0.20, 27)])
def test_resistance_of_the_alloys_path_alone(threshold, expected):
    """2.2 and 27 ohm cm2 for 200 nm: the percolation law at an alloy fraction of 0.215."""
    path = spanning_path(0.215, 0.0, ALLOY.ionic, threshold)
    assert THICKNESS / path / OHM_CM2 == pytest.approx(expected, rel=0.02)


def test_below_its_threshold_the_alloy_spans_nothing():
    assert spanning_path(0.215, 0.0, ALLOY.ionic, np.array([0.215, 0.25, 0.3])).max() == 0
    layer = layer_conductivities(ZNI2, IODIDE, ALLOY, threshold=0.25)
    assert layer.ionic == pytest.approx(0.7856 * IODIDE.ionic, rel=1e-4)
    assert layer.electronic == pytest.approx(0.7856 * IODIDE.electronic, rel=1e-4)


@pytest.mark.parametrize("threshold", [0.16, 0.18, 0.2])
@pytest.mark.parametrize("rule", RULES)
def test_ionic_resists_most_then_mixed_then_electronic(threshold, rule):
    ionic, mixed, electronic = (resistance(c, threshold, rule) for c in (IODINE, ZNI2, METAL))
    assert ionic == pytest.approx(67, abs=0.5)
    assert electronic == pytest.approx(0.0095, abs=1e-4)
    assert ionic > 2 * mixed > 100 * electronic


def test_the_founding_resistance_needs_a_threshold_near_0_18():
    """About 5 ohm cm2 a face lies between thresholds of 0.16 and 0.20, by the spanning path."""
    assert resistance(ZNI2, 0.16) < resistance(ZNI2, 0.178) < 5.15 < resistance(ZNI2, 0.20)
    assert resistance(ZNI2, 0.178) == pytest.approx(5, abs=0.5)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("threshold", [0.16, 0.3])
def test_pure_phases_are_limits_of_the_composite(rule, threshold):
    for composition, phase in ((IODINE, IODIDE), (METAL, ALLOY)):
        layer = layer_conductivities(composition, IODIDE, ALLOY, threshold=threshold, rule=rule)
        np.testing.assert_allclose(layer, phase, rtol=1e-7)


@pytest.mark.parametrize("rule", RULES)
def test_more_alloy_conducts_more_and_never_beyond_the_phases(rule):
    phi = np.linspace(0, 1, 101)
    s = rule(phi, 1.0, 1e4, 0.2)
    assert (np.diff(s)[phi[1:] > 0.35] > 0).all()
    assert s.min() > 0.79 and s.max() <= 1e4 * (1 + 1e-12)


@pytest.mark.parametrize("phi", [0.01, 0.215, 0.5, 0.9])
def test_bruggeman_solves_its_own_equation(phi):
    """(1-phi)(s_m - s)/(s_m + 2s) + phi (s_a - s)/(s_a + 2s) = 0."""
    s = bruggeman(phi, 1.0, 1e3)
    rest = (1 - phi) * (1 - s) / (1 + 2 * s) + phi * (1e3 - s) / (1e3 + 2 * s)
    assert rest == pytest.approx(0, abs=1e-12)


def test_effective_medium_becomes_the_percolation_law_when_the_matrix_insulates():
    phi = np.array([0.1, 0.25, 0.5, 0.9])
    law = np.where(phi > 0.2, ((phi - 0.2) / 0.8) ** 2, 0)
    np.testing.assert_allclose(effective_medium(phi, 0.0, 1.0, 0.2), law, atol=1e-12)
    np.testing.assert_allclose(spanning_path(phi, 0.0, 1.0, 0.2), law, atol=1e-12)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("phi", [0.1, 0.215, 0.6])
def test_arrays_symbols_and_jax_give_the_same_number(rule, phi, jax_x64):
    alloy = pybamm.InputParameter("alloy")
    composition = LayerComposition(1 - alloy, alloy)
    symbol = layer_conductivities(composition, IODIDE, ALLOY, threshold=0.2, rule=rule)
    number = rule(phi, IODIDE.ionic, ALLOY.ionic, 0.2)
    assert symbol.ionic.evaluate(inputs={"alloy": phi}) == pytest.approx(number, rel=1e-12)
    traced = jax_x64.jit(lambda p: rule(p, IODIDE.ionic, ALLOY.ionic, 0.2))(phi)
    assert traced == pytest.approx(number, rel=1e-12)


def test_the_composite_differentiates_in_its_threshold(jax_x64):
    def ionic(threshold):
        return layer_conductivities(ZNI2, IODIDE, ALLOY, threshold=threshold).ionic

    _, slope = jax_x64.jvp(ionic, (0.18,), (1.0,))
    assert slope == pytest.approx((ionic(0.18 + 1e-6) - ionic(0.18 - 1e-6)) / 2e-6, rel=1e-6)


def test_a_cell_with_a_composed_layer_has_its_resistance():
    """200 nm of LiI and alloy on both faces: 2 h/s_i more than a cell whose layer conducts well."""
    conductivities = layer_conductivities(ZNI2, IODIDE, ALLOY, threshold=0.2)
    composed = layer_values(ZNI2, conductivities, 56e3)
    well = composed | {"Negative face layer ionic conductivity [S.m-1]": 1e6}
    resistances = [
        ssb_model.compile(
            ssb_model.SymmetricCell({"interface growth": "none"}),
            ssb_model.cell_parameters("symmetric", values=values),
            outputs=["Cell resistance [Ohm.m2]"],
        ).solve({}, [1.0])["Cell resistance [Ohm.m2]"][0]
        for values in (composed, well)
    ]
    expected = 2 * 200e-9 / conductivities.ionic
    assert resistances[0] - resistances[1] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: LayerComposition(1.2, -0.2), "between 0 and 1"),
        (lambda: LayerComposition(0.7, 0.2), "sum to 1"),
        (lambda: LayerComposition("most", 0.2), "number"),
        (lambda: LayerComposition(float("nan"), 0.2), "between 0 and 1"),
        (lambda: reacted_composition(0.0, 0.0), "needs LiI or alloy"),
        (lambda: reacted_composition(-1.0, 1.0), "moles"),
        (lambda: layer_conductivities(ZNI2, IODIDE, ALLOY, threshold=0.0), "threshold"),
        (lambda: layer_conductivities(ZNI2, (-1.0, 1.0), ALLOY, threshold=0.2), "conductivity"),
    ],
)
def test_what_cannot_be_is_refused(call, told):
    with pytest.raises(InputError, match=told):
        call()
