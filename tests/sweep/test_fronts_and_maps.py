"""Fronts are those of a comparison of all with all; maps are medians of what lies in each cell."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.sweep import (
    front_of,
    load_sweep,
    map_of,
    maps as maps_module,
    pareto,
    read_sweep,
    run_sweep,
)
from ssb_model.sweep.pareto import cloud_of
from tests.sweep import files
from tests.sweep.arcs import Arcs

POLARISATION = "polarisation at 0.1 mA/cm2 [mV]"
CURRENT = "critical current density [mA/cm2]"


def by_comparison(x, y, best):
    """The front by holding every candidate against every other."""
    x, y = (-v if b == "high" else v for v, b in zip((x, y), best, strict=True))
    known = np.isfinite(x) & np.isfinite(y)
    as_good = (x[:, None] <= x) & (y[:, None] <= y) & known[:, None]
    better = as_good & ((x[:, None] < x) | (y[:, None] < y))
    return set(np.flatnonzero(known & ~better.any(axis=0)))


@pytest.mark.parametrize("best", [(a, b) for a in ("low", "high") for b in ("low", "high")])
@pytest.mark.parametrize("levels", [3, 30, None])
def test_the_front_is_that_of_comparing_all_with_all(best, levels):
    random = np.random.default_rng(7)
    for _ in range(20):
        x, y = random.normal(size=(2, 200))
        if levels:  # many equal values, many equal candidates
            x, y = np.round(x * levels / 3), np.round(y * levels / 3)
        x[random.random(200) < 0.1] = np.nan
        assert set(pareto(x, y, best)) == by_comparison(x, y, best)


def test_the_front_of_nothing_of_one_and_of_equals():
    assert pareto([], []).size == 0
    assert pareto([np.nan, 1.0], [1.0, np.nan]).size == 0
    assert pareto([2.0], [3.0]).tolist() == [0]
    assert pareto([2.0, 2.0, 2.0], [3.0, 3.0, 4.0]).tolist() == [0, 1]


def test_a_front_is_given_by_rising_x():
    x, y = np.random.default_rng(1).random((2, 5000))
    front = pareto(x, y, ("high", "high"))
    assert (np.diff(x[front]) > 0).all() and (np.diff(y[front]) < 0).all()


@pytest.mark.parametrize("best", [("low",), ("low", "least"), "low"])
def test_a_front_without_two_directions_is_refused(best):
    with pytest.raises(InputError, match="write 'low' or 'high'"):
        pareto([1.0], [2.0], best)


def test_a_front_of_rows_of_two_lengths_is_refused():
    with pytest.raises(InputError, match="same length"):
        pareto([1.0, 2.0], [2.0])


@pytest.fixture(scope="module", params=["sobol", "grid"])
def finished(request, tmp_path_factory):
    """A sweep and its folder."""
    folder = tmp_path_factory.mktemp("fronts")
    text = files.text(candidates=3000) if request.param == "sobol" else files.grid_text((9, 8, 7))
    (folder / "sweep.toml").write_text(text + files.FIGURES)
    sweep = read_sweep(folder / "sweep.toml", Arcs())
    run_sweep(sweep, folder / "out", tell=lambda text: None)
    return sweep, folder / "out"


def test_the_front_of_a_folder_is_that_of_the_whole_table(finished):
    _, folder = finished
    table = load_sweep(folder).table
    x, y = (table[name].to_numpy() for name in (POLARISATION, CURRENT))
    expected = pareto(x, y, ("low", "high"))
    found = front_of(folder, POLARISATION, CURRENT, ("low", "high"))
    assert len(expected) > 3
    assert found["candidate"].tolist() == table["candidate"].to_numpy()[expected].tolist()


def medians_one_by_one(table, found, x, y, column):
    x, y, values = (table[name].to_numpy() for name in (x, y, column))
    expected = np.full(found.medians.shape, np.nan)
    for k in range(len(found.y) - 1):
        for m in range(len(found.x) - 1):
            inside = np.isfinite(values)
            for place, edges, n in ((x, found.x, m), (y, found.y, k)):
                inside &= (place >= edges[n]) & (place < edges[n + 1])
            if inside.any():
                expected[k, m] = np.median(values[inside])
    return expected


@pytest.mark.parametrize("at_once", [10**6, 500])
def test_a_map_is_the_median_of_each_cell_however_many_are_in_memory(
    finished, at_once, monkeypatch
):
    sweep, folder = finished
    monkeypatch.setattr(maps_module, "AT_ONCE", at_once)
    found = map_of(folder, sweep, "layer thickness", "layer ionic conductivity", CURRENT)
    names = ("Layer thickness [m]", "Layer ionic conductivity [S.m-1]", CURRENT)
    expected = medians_one_by_one(load_sweep(folder).table, found, *names)
    assert np.isfinite(found.medians).any()
    assert np.allclose(found.medians, expected, rtol=1e-12, equal_nan=True)


def test_the_cells_of_a_grid_s_map_are_around_its_points(finished):
    sweep, folder = finished
    found = map_of(folder, sweep, "layer thickness", "layer ionic conductivity", CURRENT)
    points = np.unique(load_sweep(folder)["Layer thickness [m]"])
    if sweep.table.design.kind == "grid":
        assert len(points) == len(found.x) - 1
        assert ((found.x[:-1] < points) & (points < found.x[1:])).all()


def test_every_candidate_with_both_outputs_is_in_the_cloud_once(finished):
    _, folder = finished
    values = load_sweep(folder)[CURRENT]
    assert cloud_of(folder, POLARISATION, CURRENT).candidates == np.isfinite(values).sum()
