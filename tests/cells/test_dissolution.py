"""A layer that dissolves into lithium: closed form, temperature, limits."""

import numpy as np
import pytest

import ssb_model
from ssb_model.cells.face.thickness import LAST, TAIL

from . import closed_forms as paper

DISSOLVING = {"layer dissolution": "into lithium", "interface growth": "none"}
RATE = "Negative face layer dissolution rate [m.s-1]"
ENERGY = "Negative face layer dissolution activation energy [J.mol-1]"
LEFT, THICKNESS = (
    "Negative face layer share that is left",
    "Negative face layer thickness that is left [m]",
)
H_0 = 200e-9
HOURS = 3600 * np.array([0, 20.0, 50.0, 90.0, 99.0, 105.0])


def progress(y):
    """k t/h0 of the share that is left."""
    return 1 - y - TAIL * np.log((y - LAST) / (1 - LAST))


def solved(values, times=HOURS, options=DISSOLVING, coating="zni2-0.5", current=1e-5):
    given = ssb_model.cell_parameters("symmetric", coating=coating, values=values)
    outputs = ["Voltage [V]", "Negative face layer resistance [Ohm.m2]"]
    outputs += [LEFT, THICKNESS] if "layer dissolution" in options else []
    cell = ssb_model.compile(ssb_model.SymmetricCell(options), given, outputs=outputs)
    return cell.solve({"Current function [A]": current}, times, rtol=1e-9, atol=1e-11)


def test_the_share_that_is_left_obeys_the_closed_form():
    """y + y0 ln (y - y1)/(1 - y1) = 1 - k t/h0, to the end and beyond it."""
    y = solved({RATE: H_0 / 360e3})[LEFT]
    np.testing.assert_allclose(progress(y), HOURS / 360e3, atol=1e-6)
    assert LAST < y[-1] < LAST + TAIL


@pytest.mark.parametrize("coating", ["zni2-0.5", "i2", "lizn"])
def test_its_resistance_follows_the_thickness_that_is_left(coating):
    found = solved({RATE: H_0 / 360e3}, coating=coating)
    R = found["Negative face layer resistance [Ohm.m2]"]
    np.testing.assert_allclose(R / R[0], found[THICKNESS] / H_0, rtol=1e-9)


def test_a_layer_that_does_not_dissolve_is_todays():
    still = solved({RATE: 0.0})
    plain = solved({}, options={"interface growth": "none"})
    np.testing.assert_allclose(still["Voltage [V]"], plain["Voltage [V]"], rtol=1e-10)


def test_warm_it_dissolves_by_arrhenius_factor():
    warm = {"Ambient temperature [K]": 333.15, RATE: H_0 / 3600e3, ENERGY: 60e3}
    found = solved(warm, times=np.array([0, 3600.0]))[LEFT][-1]
    factor = np.exp(-60e3 / paper.R * (1 / 333.15 - 1 / 298.15))
    assert progress(found) == pytest.approx(factor * 1e-3, rel=1e-5)


def test_what_is_left_of_a_dissolved_layer_is_a_clean_contact():
    """Without its layer the face has charge transfer alone."""
    end = solved({RATE: H_0 / 3600})["Voltage [V]"][-1]
    given = ssb_model.cell_parameters("symmetric")
    clean = paper.cell_resistance(given, layer=False)
    assert -end / 0.1 == pytest.approx(clean, rel=2e-4)
