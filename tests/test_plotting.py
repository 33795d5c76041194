"""Figures say what they show: units on every axis, what is stated, what is expected to short."""

import dataclasses

import numpy as np
import pytest
from matplotlib.figure import Figure

from ssb_model.library import load_experiment
from ssb_model.plotting import FIGURES, save_figures
from ssb_model.plotting.style import BARE, PAPER
from ssb_model.reproduction.results import Reproduction, RowResult
from ssb_model.reproduction.rows import load_rows

RATES = np.array([0.1, 0.2, 0.3, 0.5, 0.8, 1.0])
CRITICAL_RATE = 0.42
MODEL = {"31b": CRITICAL_RATE, "18c": 3.2, "18b": 0.9, "27n": 4.5}
ROLES = {"fit": "fitted", "predict": "predicted"}


def curves():
    """Made-up curves with the shapes and units of :mod:`ssb_model.reproduction.curves`."""
    f = np.logspace(7, -3, 41)
    hours = np.concatenate([[1e-3], np.linspace(1, 2000, 40)])
    current = np.array([0.1, 0.5, 1.0])
    growth = np.sqrt(hours / 200) * np.array([[3.2], [5.0], [7.3]])
    T, c, C, q = (
        np.linspace(290, 360, 8),
        np.linspace(0.05, 1.6, 20),
        np.linspace(0.1, 1, 19),
        np.linspace(0, 170, 30),
    )
    falling = 3.4 - 0.001 * q * np.ones((6, 1))
    falling[:, 20:] = np.nan
    return {
        "nyquist": {
            "frequency": f,
            "bare": 120 + 1173 / (1 + 1j * f / 3e4),
            "coated": 120 + 10 / (1 + 1j * f / 3e4),
        },
        "concentration": {
            "concentration": c,
            "lower95": 5 + c,
            "median": 8 + c,
            "upper95": 20 / c,
        },
        "arrhenius": {
            "temperature": T,
            "bare": np.exp(3600 / T - 5),
            "coated": np.exp(2300 / T - 5.4),
        },
        "polarisation": {
            "hours": hours,
            "current": current,
            "polarisation": current[:, None] * (130 + growth),
            "growth": growth,
            "lives": np.array([2000.0, 1600.0, 800.0]),
        },
        "rate": {"rate": C, "coated": 160 - 40 * C, "bare": 158 - 42 * C, "extra_resistance": 580},
        "fade": {"cycle": np.array([0.0, 200.0]), "capacity": np.array([150.0, 144.0])},
        "profiles": {
            "rate": RATES,
            "capacity": q * np.ones((6, 1)),
            "discharge": falling,
            "charge": falling + 0.1,
            "discharge_end": np.full(6, q[19] + 1),
            "charge_end": np.full(6, q[19] + 1),
        },
    }


def answered(row):
    """A row as if the model met the paper, with an interval of 10 % to either side."""
    modelled = row.role in ("fit", "predict", "bound", "implied")
    model = MODEL.get(row.id, row.paper or 50.0) if modelled else None
    wide = modelled and not row.rms_of
    return RowResult(
        id=row.id,
        quantity=row.quantity,
        unit=row.unit,
        paper=row.paper,
        bound=row.bound,
        model=model,
        lower95=0.9 * model if wide else None,
        upper95=1.1 * model if wide else None,
        noise=row.noise_at(model) if wide else None,
        tolerance=row.tolerance,
        role=ROLES.get(row.role, row.role),
        within=True if modelled else None,
        statement=row.statement,
        noise_reason=row.reason,
    )


@pytest.fixture(scope="module")
def reproduction():
    experiment = load_experiment("zhai2024")
    rows = tuple(answered(row) for row in load_rows(experiment))
    return Reproduction(experiment, rows, fit=None, curves=curves(), seconds={})


def texts(figure):
    """All words on a figure."""
    found = [text.get_text() for axes in figure.axes for text in axes.texts]
    found += [
        text.get_text()
        for axes in figure.axes
        if axes.get_legend()
        for text in axes.get_legend().get_texts()
    ]
    return " ".join([*found, figure.get_supxlabel()]).replace("\n", " ")


@pytest.mark.parametrize("stem", FIGURES)
def test_every_axis_has_a_unit_and_the_foot_names_the_origin(reproduction, stem):
    figure = FIGURES[stem](reproduction)
    assert isinstance(figure, Figure)
    for axes in figure.axes:
        assert axes.get_xlabel().endswith("]")
    assert any("[" in axes.get_ylabel() for axes in figure.axes) or stem == "residuals"
    assert "Zhai et al. 2024" in figure.get_supxlabel().replace("\n", " ")


@pytest.mark.parametrize("stem", FIGURES)
def test_no_text_is_below_ten_points_or_off_the_page(reproduction, stem):
    figure = FIGURES[stem](reproduction)
    figure.draw_without_rendering()
    page = figure.bbox.padded(2)
    for axes in figure.axes:
        for text in [*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label]:
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert text.get_fontsize() >= 10
                assert page.x0 <= box.x0 and box.x1 <= page.x1, text.get_text()
                assert page.y0 <= box.y0 and box.y1 <= page.y1, text.get_text()


def lines_of(figure, colour):
    return [line for axes in figure.axes for line in axes.lines if line.get_color() == colour]


def test_the_bare_cell_is_dashed_only_beyond_its_critical_rate(reproduction):
    lines = lines_of(FIGURES["fig5b_rate"](reproduction), BARE)
    solid, dashed = (
        next(line for line in lines if line.get_linestyle() == style) for style in ("-", "--")
    )
    assert max(solid.get_xdata()) == min(dashed.get_xdata()) == pytest.approx(CRITICAL_RATE)
    assert "short expected" in dashed.get_label()


@pytest.mark.parametrize("critical", [0.05, 13.0])
def test_a_critical_rate_outside_the_tested_ones_leaves_one_style(reproduction, critical):
    rows = tuple(
        dataclasses.replace(row, model=critical) if row.id == "31b" else row
        for row in reproduction.rows
    )
    figure = FIGURES["fig5b_rate"](dataclasses.replace(reproduction, rows=rows))
    lines = [line for line in lines_of(figure, BARE) if np.ptp(line.get_xdata()) > 0]
    assert {line.get_linestyle() for line in lines} == {"--" if critical < 0.1 else "-"}
    assert all(min(x) >= 0.1 and max(x) <= 1 for x in (line.get_xdata() for line in lines))


def test_one_concentration_alone_is_stated(reproduction):
    figure = FIGURES["fig2e_concentration"](reproduction)
    (point,) = lines_of(figure, PAPER)
    assert point.get_xydata().tolist() == [[0.5, 10.3]]
    assert "prior band, not a fit" in texts(figure)


def test_conductance_intervals_turn_round_with_the_resistance(reproduction):
    axes = FIGURES["fig2f_arrhenius"](reproduction).axes[0]
    row = reproduction.row("13c")
    ends = [path for bars in axes.collections for path in bars.get_segments()]
    assert any(np.allclose(sorted(e[:, 1]), [1 / row.upper95, 1 / row.lower95]) for e in ends)


def test_linear_growth_is_drawn_and_marked_excluded(reproduction):
    figure = FIGURES["fig4c_growth"](reproduction)
    linear = next(line for line in figure.axes[0].lines if line.get_linestyle() == "--")
    assert linear.get_ydata()[-1] == pytest.approx(32)  # 3.2 mV at 0.1 mA/cm2
    assert "excluded" in texts(figure) and "presumed" in texts(figure)


def test_profiles_end_at_the_cut_off_without_their_empty_tails(reproduction):
    discharge, charge = FIGURES["fig5d_profiles"](reproduction).axes
    for axes, edge in ((discharge, 2.5), (charge, 4.1)):
        for line in axes.lines[: len(RATES)]:
            assert np.isfinite(line.get_xydata()).all()
            assert line.get_ydata()[-1] == edge


def test_every_judged_row_is_in_the_overview(reproduction):
    figure = FIGURES["residuals"](reproduction)
    shown = {label.get_text().split()[0] for a in figure.axes for label in a.get_yticklabels()}
    judged = {row.id for row in reproduction.rows if row.within is not None and row.paper}
    assert judged - {"18c"} <= shown  # 18c is implied: shown with the growth, not judged


def test_files_are_whole_and_nothing_else_is_left(reproduction, tmp_path):
    folder = tmp_path / "new" / "figures"
    paths = save_figures(reproduction, folder)
    assert [path.stem for path in paths] == list(FIGURES)
    assert sorted(folder.iterdir()) == sorted(paths)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_a_figure_that_cannot_be_written_leaves_the_old_file_alone(
    reproduction, tmp_path, monkeypatch
):
    old = tmp_path / "fig2c_nyquist.png"
    old.write_text("old")

    def broken(self, path, **kwargs):
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", broken)
    with pytest.raises(OSError, match="disk full"):
        save_figures(reproduction, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    assert old.read_text() == "old"
