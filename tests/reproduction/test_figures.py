"""Figures say what they show: units on every axis, what is stated, what is expected to short."""

import dataclasses
import inspect

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from ssb_model.errors import InputError
from ssb_model.plotting.style import BARE
from ssb_model.reproduction.figures import FIGURES, save_figures
from tests.marks import lines_of, texts
from tests.reproduction.conftest import CRITICAL_RATE
from tests.reproduction.made_up import RATES

NYQUIST = [stem for stem in FIGURES if "nyquist" in stem or "spectra" in stem]
DRAWN = {}


@pytest.fixture
def drawn(reproduction, stem):
    """The figure of this stem, drawn once."""
    return DRAWN.setdefault(stem, FIGURES[stem](reproduction))


@pytest.mark.parametrize("draw", FIGURES.values(), ids=list(FIGURES))
def test_a_figure_needs_nothing_but_the_reproduction(draw):
    assert list(inspect.signature(draw).parameters) == ["reproduction"]


@pytest.mark.parametrize("stem", FIGURES)
def test_every_axis_has_a_unit_and_the_foot_names_the_origin(drawn):
    assert isinstance(drawn, Figure)
    named = [axes.get_xlabel() for axes in drawn.axes] + [axes.get_ylabel() for axes in drawn.axes]
    assert any(axes.get_xlabel() for axes in drawn.axes)
    assert all("[" in name for name in named if name)
    for axes in (axes for axes in drawn.axes if axes.get_label() != "<colorbar>"):
        shared = axes.get_shared_x_axes().get_siblings(axes)
        assert any(other.get_xlabel().endswith("]") for other in shared)
    assert "Zhai et al. 2024" in drawn.get_supxlabel().replace("\n", " ")


@pytest.mark.parametrize("stem", FIGURES)
def test_no_text_is_below_ten_points_or_off_the_page(drawn):
    for _ in range(2):  # as a file is drawn: axes of one scale both ways move after the first
        drawn.draw_without_rendering()
    page = drawn.bbox.padded(2)
    for axes in drawn.axes:
        for text in [*axes.texts, axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]:
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert text.get_fontsize() >= 10
                assert page.x0 <= box.x0 and box.x1 <= page.x1, text.get_text()
                assert page.y0 <= box.y0 and box.y1 <= page.y1, text.get_text()


@pytest.mark.parametrize("stem", FIGURES)
def test_no_text_is_a_formula(drawn):
    """The house style shows texts as they are, so a `$` would be seen."""
    texts = [text.get_text() for text in drawn.findobj(Text)]
    assert texts and not [text for text in texts if "$" in text]


@pytest.mark.parametrize("stem", NYQUIST)
def test_ohms_are_as_long_across_as_up(drawn):
    assert all(axes.get_aspect() == 1 for axes in drawn.axes)


def test_warmer_spectra_are_smaller_and_each_is_named_with_its_own_end(reproduction):
    figure = FIGURES["figS9_thermal_spectra"](reproduction)
    for axes, cell in zip(figure.axes, ("bare", "coated"), strict=True):
        widths = [np.ptp(line.get_xdata()) for line in axes.lines]
        assert widths == sorted(widths, reverse=True)
        ends = reproduction.curves["thermal spectra"][cell].real[:, -1]
        for line, end in zip(axes.lines, ends, strict=True):
            assert line.get_label().endswith(f"ends at {end:.0f} Ω cm²")
    assert all(line.get_xdata()[-1] == pytest.approx(0) for line in axes.lines)


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


def test_every_judged_row_is_in_one_of_the_overviews(reproduction):
    shown = []
    for stem in ("residuals", "ratios"):
        labels = [label for a in FIGURES[stem](reproduction).axes for label in a.get_yticklabels()]
        shown += [label.get_text().split()[0] for label in labels]
    rows = [row for row in reproduction.rows if row.within is not None]
    judged = [row.id for row in rows if row.paper is not None or row.tolerance is not None]
    assert sorted(shown) == sorted(judged)


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

    def broken(self, file, **kwargs):
        file.write(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(Figure, "savefig", broken)
    with pytest.raises(InputError, match="disk full"):
        save_figures(reproduction, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [old.name]
    assert old.read_text() == "old"
