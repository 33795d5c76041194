"""Figures of a sweep show its front on all its candidates, and its medians in the user's units."""

import numpy as np
import pytest
from matplotlib.colors import LogNorm

from ssb_model.plotting.style import COATED
from ssb_model.sweep import front_of, load_sweep, map_of, read_sweep, run_sweep
from ssb_model.sweep.figures import front_figure, map_figure, save_sweep_figures
from tests.marks import symbols_of
from tests.sweep import files
from tests.sweep.arcs import Arcs

POLARISATION, CURRENT = "polarisation at 0.1 mA/cm2 [mV]", "critical current density [mA/cm2]"


@pytest.fixture(scope="module", params=["sobol", "grid"])
def finished(request, tmp_path_factory):
    """A sweep and its folder."""
    folder = tmp_path_factory.mktemp("figures")
    text = files.text(candidates=2000) if request.param == "sobol" else files.grid_text((9, 8, 7))
    (folder / "sweep.toml").write_text(text + files.FIGURES)
    sweep = read_sweep(folder / "sweep.toml", Arcs())
    run_sweep(sweep, folder / "out", tell=lambda text: None)
    return sweep, folder / "out"


def test_the_front_s_candidates_are_marked_and_all_are_counted(finished):
    sweep, folder = finished
    axes = front_figure(sweep, folder, sweep.table.front[0]).axes[0]
    front = front_of(folder, POLARISATION, CURRENT, ("low", "high"))
    marks = symbols_of(axes, COATED)
    assert marks[:, 0].tolist() == front[POLARISATION].tolist()
    assert marks[:, 1].tolist() == front[CURRENT].tolist()
    known = np.isfinite(load_sweep(folder)[CURRENT]).sum()
    assert axes.collections[0].get_array().sum() == known
    assert f"{len(marks):,} of {known:,}" in axes.get_title(loc="left")


def test_every_mark_of_a_front_lies_inside_its_axes(finished):
    sweep, folder = finished
    axes = front_figure(sweep, folder, sweep.table.front[0]).axes[0]
    marks = symbols_of(axes, COATED)
    for values, (low, high) in zip(marks.T, (axes.get_xlim(), axes.get_ylim()), strict=True):
        assert low < values.min() and values.max() < high


def test_a_map_is_in_the_units_of_the_sweep_file(finished):
    sweep, folder = finished
    axes = map_figure(sweep, folder, sweep.table.map[0]).axes[0]
    found = map_of(folder, sweep, "layer thickness", "layer ionic conductivity", CURRENT)
    assert axes.get_xlabel() == "layer thickness [nm]"
    assert axes.get_ylabel() == "layer ionic conductivity [S/cm]"
    (mesh,) = axes.collections
    corners = mesh.get_coordinates()
    assert np.allclose(corners[0, :, 0], found.x * 1e9, rtol=1e-12)
    assert np.allclose(corners[:, 0, 1], found.y * 1e-2, rtol=1e-12)
    drawn = np.ma.filled(mesh.get_array(), np.nan)
    assert np.array_equal(drawn.reshape(found.medians.shape), found.medians, equal_nan=True)
    wide = np.nanmax(found.medians) > 10 * np.nanmin(found.medians)
    assert isinstance(mesh.norm, LogNorm) == wide


def test_units_are_typeset_and_no_text_is_off_the_page(finished):
    sweep, folder = finished
    for draw, table in ((front_figure, sweep.table.front[0]), (map_figure, sweep.table.map[0])):
        figure = draw(sweep, folder, table)
        figure.draw_without_rendering()
        page = figure.bbox.padded(2)
        for axes in figure.axes:
            for text in (axes.xaxis.label, axes.yaxis.label, axes._left_title):
                box = text.get_window_extent()
                assert "cm2" not in text.get_text()
                assert page.x0 <= box.x0 and box.x1 <= page.x1 and box.y1 <= page.y1


def test_a_sweep_in_which_every_candidate_failed_is_drawn_and_says_so(tmp_path):
    text = files.text(candidates=100).replace('"50 nm", "900 nm"', '"850 nm", "900 nm"')
    (tmp_path / "sweep.toml").write_text(text + files.FIGURES)
    sweep = read_sweep(tmp_path / "sweep.toml", Arcs())
    run_sweep(sweep, tmp_path / "out", tell=lambda text: None)
    figure = front_figure(sweep, tmp_path / "out", sweep.table.front[0])
    assert "No candidate has both" in figure.axes[0].get_title(loc="left")
    assert len(save_sweep_figures(sweep, tmp_path / "out")) == 2


def test_an_output_held_against_itself_has_a_front_of_one(finished):
    sweep, folder = finished
    front = sweep.table.front[0]
    same = front.model_copy(update={"y": front.x})
    assert front_figure(sweep, folder, same).axes[0].get_title(loc="left").startswith("1 of")


def test_figures_are_named_by_their_place_in_the_sweep_file(finished):
    sweep, folder = finished
    paths = save_sweep_figures(sweep, folder)
    assert [path.name for path in paths] == ["front-1.png", "map-1.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)
    assert not list(folder.glob(".*.part"))
