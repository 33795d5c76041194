"""What a garnet's electrons and grain boundaries make of the current that it bears."""

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.critical_current import (
    GarnetStrengths,
    founding_garnet,
    garnet_factor,
    published_strengths,
)
from ssb_model.library import field_cells, read_toml

STRENGTHS = GarnetStrengths(0.25, 0.2)


def test_the_founding_garnet_bears_what_it_bore():
    assert garnet_factor(*founding_garnet(), STRENGTHS) == pytest.approx(1, abs=1e-10)


def test_electrons_cost_and_the_strengths_are_powers():
    sigma, w = founding_garnet()
    assert garnet_factor(100 * sigma, w, STRENGTHS) == pytest.approx(100**-0.25)
    odds = 2 * w / (1 - w)  # grains half as large, by the brick-layer model
    assert garnet_factor(sigma, odds / (1 + odds), STRENGTHS) == pytest.approx(2**0.2)


def test_without_strengths_no_garnet_differs():
    sigma = np.array([1e-8, 1e-6, 1e-4])
    np.testing.assert_allclose(garnet_factor(sigma, 0.4, GarnetStrengths(0.0, 0.0)), 1)


def test_published_series_speak_against_electrons_and_leave_the_sign_of_boundaries_open():
    """One dopant of 18 (Co) conducts electrons far better, and bears the least but for Ga."""
    found = published_strengths()
    m, g = found["electronic"], found["grain"]
    assert 0.1 < m.mean < 0.4
    assert 0.1 < m.sd < 0.2
    assert abs(g.mean) < 1.96 * g.sd


def test_every_row_of_a_series_is_a_published_cell_of_its_lab():
    from ssb_model.critical_current.garnet import SERIES

    labs = {cell.name: cell.lab for cell in field_cells()}
    for series in read_toml(SERIES)["series"]:
        assert {labs[name] for name in series["cells"]} == {series["lab"]}


def test_a_series_of_made_up_strength_is_learnt(monkeypatch):
    """Ten cells that follow J = x^-0.5 exactly pull the strength from 0 to 0.5."""
    from types import SimpleNamespace

    from ssb_model.critical_current import garnet

    x = 10.0 ** np.arange(-5, 5)
    cells = [
        SimpleNamespace(name=f"{k}", J=SimpleNamespace(value=10 * one**-0.5, upper=None, sign=None))
        for k, one in enumerate(x)
    ]
    monkeypatch.setattr(garnet, "field_cells", lambda: cells)
    grid = np.linspace(-1.5, 1.5, garnet.GRID)
    log = garnet._likelihood({f"{k}": one for k, one in enumerate(x)}, grid)
    assert grid[np.argmax(log)] == pytest.approx(0.5, abs=0.01)
    sd = garnet._moments(grid, log).sd
    assert sd == pytest.approx(garnet.NOISE / np.sqrt(np.sum((np.log(x) - np.log(x).mean()) ** 2)))


@pytest.mark.parametrize(("sigma", "w"), [(0.0, 0.15), (-1e-6, 0.15), (1e-6, 1.5), (1e-6, 15.0)])
def test_a_garnet_that_cannot_be_is_refused_in_one_sentence(sigma, w):
    with pytest.raises(InputError) as refused:
        garnet_factor(sigma, w, STRENGTHS)
    assert "\n" not in str(refused.value)
