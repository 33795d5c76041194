"""Pinholes of a thin, uneven layer: the share by another road, limits, and what thinning opens."""

import numpy as np
import pytest
from scipy.stats import lognorm

import ssb_model

from . import closed_forms as paper

HOLES = {"coverage": "pinholes", "interface growth": "none", "garnet permittivity": "none"}
FREQUENCIES = np.logspace(-2, 6, 17)
SHARE = "Negative face pinhole share"


def face(mean, variation, least=20e-9, reached=1.0):
    return {
        "Negative face coated share": reached,
        "Negative face layer thickness [m]": mean,
        "Negative face layer thickness variation": variation,
        "Negative face layer continuity thickness [m]": least,
    }


def compiled(options, values, outputs=("Voltage [V]",), coating="zni2-0.5"):
    given = ssb_model.cell_parameters("symmetric", coating=coating, values=values)
    return ssb_model.compile(ssb_model.SymmetricCell(options), given, outputs=list(outputs)), given


def pinholes(values, options=HOLES, times=(1.0,)):
    cell, _ = compiled(options, values, [SHARE])
    return cell.solve({"Current function [A]": 0.0}, np.r_[0, times])[SHARE]


@pytest.mark.parametrize("mean", [10e-9, 60e-9, 200e-9])
@pytest.mark.parametrize("variation", [0.2, 0.8])
def test_the_share_is_the_lognormal_distribution_below_the_least_thickness(mean, variation):
    thinner = lognorm.cdf(20e-9, variation, scale=mean * np.exp(-(variation**2) / 2))
    found = pinholes(face(mean, variation, reached=0.9))[-1]
    assert found == pytest.approx(1 - 0.9 * (1 - thinner), rel=1e-7)


def test_an_even_layer_has_no_holes_and_is_the_layer_alone():
    whole, _ = compiled({**HOLES, "coverage": "complete"}, {})
    even, _ = compiled(HOLES, face(200e-9, 0.0))
    np.testing.assert_allclose(
        even.impedance(FREQUENCIES), whole.impedance(FREQUENCIES), rtol=1e-10
    )


def test_an_even_layer_too_thin_to_hold_together_is_bare_contact():
    bare, _ = compiled(
        {**HOLES, "coverage": "complete", "buffer layer": "none", "contact gap": "none"},
        {},
        coating="bare",
    )
    thin, _ = compiled(HOLES, face(5e-9, 0.0))
    np.testing.assert_allclose(thin.impedance(FREQUENCIES), bare.impedance(FREQUENCIES), rtol=1e-10)


def test_at_rest_holes_and_layer_are_resistances_in_parallel():
    variation, mean = 0.8, 60e-9
    values = face(mean, variation)
    open_share = lognorm.cdf(20e-9, variation, scale=mean * np.exp(-(variation**2) / 2))
    holed, given = compiled(HOLES, values)
    bare = ssb_model.cell_parameters("symmetric", coating="bare")
    garnet = paper.garnet_resistance(given)
    layer = (paper.cell_resistance(given) - garnet) / 2
    contact = (paper.cell_resistance(bare, layer=False) - garnet) / 2
    expected = garnet + 2 / ((1 - open_share) / layer + open_share / contact)
    assert holed.impedance([1e-3])[0].real * 1e-4 == pytest.approx(expected, rel=1e-5)


def test_a_layer_that_dissolves_opens():
    dissolving = HOLES | {"layer dissolution": "into lithium"}
    rate = {"Negative face layer dissolution rate [m.s-1]": 100e-9 / 3600}
    times = 3600 * np.array([0.5, 1.0, 1.5])
    found = pinholes(face(200e-9, 0.5) | rate, dissolving, times)
    assert np.all(np.diff(found) > 0)
    left = [pinholes(face(h, 0.5))[-1] for h in (200e-9, 150e-9, 100e-9)]
    np.testing.assert_allclose(found[:3], left, rtol=0.1)


def test_it_has_a_slope_by_the_variation():
    """Forward derivatives of the resistance, beside a difference."""
    name = "Negative face layer thickness variation"
    given = ssb_model.cell_parameters("symmetric", values=face(60e-9, 0.8))
    outputs = ["Voltage [V]"]
    cell = ssb_model.compile(ssb_model.SymmetricCell(HOLES), given, inputs=[name], outputs=outputs)
    solve = {"t_eval": np.array([0, 1.0]), "rtol": 1e-10, "atol": 1e-12}
    found = cell.solve({name: 0.8}, **solve, sensitivities=[name])
    up, down = (cell.solve({name: 0.8 + d}, **solve)["Voltage [V]"][-1] for d in (1e-4, -1e-4))
    slope = found.sensitivities[name]["Voltage [V]"][-1]
    assert slope == pytest.approx((up - down) / 2e-4, rel=1e-4)
