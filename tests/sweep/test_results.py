"""A sweep's result prints, draws, becomes a data frame, and is what is on the disk."""

import json

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.sweep import front_of, load_sweep, map_of, read_sweep, run_sweep
from tests.sweep import files
from tests.sweep.arcs import Arcs

RESISTANCE, CURRENT = "interface resistance", "critical current density"
POLARISATION = "polarisation at 0.1 mA/cm2"
THICKNESS, CONDUCTIVITY = "layer thickness", "layer ionic conductivity"


def swept(folder, text):
    (folder / "sweep.toml").write_text(text)
    return run_sweep(read_sweep(folder / "sweep.toml", Arcs()), folder / "out", tell=lambda _: None)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Of 1000 candidates, a front and a map."""
    return swept(tmp_path_factory.mktemp("results"), files.text() + files.FIGURES)


def test_what_a_run_returns_is_what_is_loaded(result):
    loaded = load_sweep(result.folder)
    assert loaded.table.equals(result.table) and loaded.manifest == result.manifest
    assert repr(loaded) == repr(result)


def test_what_is_loaded_knows_the_plan_of_the_sweep_file(result):
    sweep = read_sweep(result.folder.parent / "sweep.toml", Arcs())
    plan = load_sweep(result.folder).plan
    assert plan.table == sweep.table and dict(plan.outputs) == dict(sweep.outputs)
    assert plan.variables == sweep.variables and plan.candidates == sweep.candidates


def test_a_scale_and_a_unit_that_the_file_leaves_open_are_kept(tmp_path):
    text = files.text().replace('range = ["50 nm", "900 nm"]\nscale = "log"\n', "", 1)
    result = swept(tmp_path, text)
    sweep = read_sweep(tmp_path / "sweep.toml", Arcs())
    assert load_sweep(result.folder).plan.variables == sweep.variables


def test_a_folder_that_keeps_no_scales_is_loaded_and_a_wide_range_is_logarithmic(tmp_path):
    """As ``sweep.json`` was before scales were kept."""
    text = files.text().replace('range = ["50 nm", "900 nm"]\nscale = "log"\n', "", 1)
    folder = swept(tmp_path, text).folder
    content = json.loads((folder / "sweep.json").read_text())
    del content["content"]["vary"][0]["scale"]
    (folder / "sweep.json").write_text(json.dumps(content))
    thickness = load_sweep(folder).plan.variable(THICKNESS)
    wide = thickness.upper > 10 * thickness.lower
    assert thickness.scale == ("log" if wide else "linear")


def test_a_column_is_found_with_and_without_its_unit_and_a_failed_candidate_is_nan(result):
    column = result[RESISTANCE]
    assert np.array_equal(column, result[f"{RESISTANCE} [ohm cm2]"], equal_nan=True)
    assert np.isnan(column).sum() == result.failed.total() > 0
    assert result["Layer thickness"].max() <= 900e-9
    assert result["candidate"].tolist() == list(range(1000)) and len(result) == 1000


def test_a_column_that_is_not_there_is_one_sentence(result):
    with pytest.raises(InputError, match=r"no column 'interface resistence'\. Did you mean"):
        result["interface resistence"]
    with pytest.raises(InputError, match=r"'contact fraction' is not varied\. Known"):
        result.plan.variable("contact fraction")


def test_a_data_frame_has_every_row_and_column(result):
    frame = result.to_dataframe()
    assert list(frame.columns) == result.table.column_names and len(frame) == 1000
    assert np.array_equal(frame[f"{CURRENT} [mA/cm2]"], result[CURRENT], equal_nan=True)


def test_it_prints_lowest_median_and_highest_of_each_column_and_why_candidates_failed(result):
    text = repr(result)
    assert text.startswith(f"Arcs: 1,000 candidates, {result.failed.total()} failed")
    assert f"{result.failed.total()} failed: layer too thick" in text
    summary = result.summary()
    row = summary.loc[f"{CURRENT} [mA/cm2]"]
    assert row["lowest"] == np.nanmin(result[CURRENT]) <= row["median"] <= row["highest"]
    assert row["missing"] == result.failed.total()
    assert f"{row['median']:.4g}" in text
    assert max(map(len, text.splitlines())) <= 100


def test_in_a_notebook_it_is_the_same_table(result, tmp_path):
    html = result._repr_html_()
    assert html.count("<tr") == 1 + len(result.summary()) and "layer too thick" in html
    named = swept(tmp_path, files.text(candidates=8).replace('"Arcs"', '"<b>"'))
    assert "&lt;b&gt;" in named._repr_html_()


def test_its_front_is_that_of_the_folder(result):
    columns = f"{POLARISATION} [mV]", f"{CURRENT} [mA/cm2]"
    expected = front_of(result.folder, *columns, ("low", "high"))
    found = result.front(POLARISATION, CURRENT, ("low", "high"))
    assert found["candidate"].tolist() == expected["candidate"].tolist()


def test_plot_draws_the_first_figure_of_the_file(result):
    front = result.front(POLARISATION, CURRENT, ("low", "high"))
    title = result.plot().axes[0].get_title(loc="left")
    assert title.startswith(f"{len(front['candidate'])} of ")
    again = result.plot_front(POLARISATION, CURRENT, ("low", "high"))
    assert again.axes[0].get_title(loc="left") == title


def test_without_figures_in_the_file_plot_draws_a_map(tmp_path):
    result = swept(tmp_path, files.text())
    (mesh,) = result.plot().axes[0].collections
    found = map_of(result.folder, result.plan, THICKNESS, CONDUCTIVITY, f"{RESISTANCE} [ohm cm2]")
    drawn = np.ma.filled(mesh.get_array(), np.nan)
    assert np.array_equal(drawn.reshape(found.medians.shape), found.medians, equal_nan=True)


def test_of_one_varied_quantity_plot_draws_the_curve(tmp_path):
    result = swept(tmp_path, "\n[[vary]]".join(files.text().split("\n[[vary]]")[:2]))
    axes = result.plot().axes[0]
    assert axes.get_xlabel() == "layer thickness [nm]" and axes.get_xscale() == "log"
    (line,) = axes.lines
    order = np.argsort(result[THICKNESS])
    assert np.allclose(line.get_xdata(), result[THICKNESS][order] * 1e9)
    assert np.array_equal(line.get_ydata(), result[RESISTANCE][order], equal_nan=True)


def test_its_figures_are_written_beside_it(result):
    assert [path.name for path in result.save_figures()] == ["front-1.png", "map-1.png"]
